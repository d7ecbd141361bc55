"""The resident's mark, and what follows on a low one."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations.actions import ask_to_call_back
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform import audit, live

from .. import rules
from ..models import Satisfaction


def record_satisfaction(*, conversation: Conversation, score: int, reason: str) -> Satisfaction:
    """Keep the resident's mark; a second one replaces the first. A low one asks for a call, once."""
    with transaction.atomic():
        satisfaction, _ = Satisfaction.objects.update_or_create(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            defaults={"score": score, "reason": reason, "at": timezone.now()},
        )
        audit.record("conversation.rated", conversation, score=score)
        _call_back(satisfaction)
        live.publish(conversation)
    return satisfaction


def _call_back(satisfaction: Satisfaction) -> None:
    limit = rules_of(satisfaction.organisation_id).call_back_to
    if satisfaction.score > limit or satisfaction.call_back_id is not None:
        return
    about = satisfaction.conversation
    satisfaction.call_back = ask_to_call_back(
        conversation=about,
        subject=f"Terugbellen: cijfer {satisfaction.score} voor gesprek {about.number}",
        why=rules.call_back_words(about.number, satisfaction.score, satisfaction.reason),
    )
    satisfaction.save(update_fields=["call_back"])

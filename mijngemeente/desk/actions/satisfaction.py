"""The resident's mark."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.platform import audit, live

from ..models import Satisfaction


def record_satisfaction(*, conversation: Conversation, score: int, reason: str) -> Satisfaction:
    """Keep the resident's mark; a second one replaces the first."""
    with transaction.atomic():
        satisfaction, _ = Satisfaction.objects.update_or_create(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            defaults={"score": score, "reason": reason, "at": timezone.now()},
        )
        audit.record("conversation.rated", conversation, score=score)
        live.publish(conversation)
    return satisfaction

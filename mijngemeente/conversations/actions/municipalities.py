"""Asking the resident which municipality it is about."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mijngemeente.platform import audit, jobs, live

from ..models import Conversation, Reading
from .clocks import keep_clock
from .replies import send_automatic


def ask_municipality(*, conversation: Conversation, text: str) -> bool:
    """Ask it in one sentence, once; then the resident has the turn."""
    now = timezone.now()
    with transaction.atomic():
        asked = _reading(conversation).filter(asked_at=None).update(asked_at=now) == 1
        if asked and send_automatic(conversation=conversation, text=text) is not None:
            waits = {"status": Conversation.Status.WAITING_RESIDENT, "waiting_since": None}
            _same(conversation).update(**waits)
            keep_clock(conversation)
            audit.record("conversation.municipality_asked", conversation)
            jobs.later(
                "conversations.stop_waiting",
                organisation_id=conversation.organisation_id,
                at=now + timedelta(hours=settings.ASKED_HOURS),
                id=conversation.id,
            )
    return asked


def stop_waiting(*, conversation: Conversation) -> bool:
    """Nobody said which municipality it is: a person looks; False if it was said, or somebody is on it.

    The question stands as it was asked, so a late answer still settles it.
    """
    asking = _reading(conversation).filter(asked_at__isnull=False, settled_at=None)
    waiting = _same(conversation).filter(status=Conversation.Status.WAITING_RESIDENT, assignee=None)
    with transaction.atomic():
        if not asking.exists():
            return False
        now_ours = {"status": Conversation.Status.OPEN, "waiting_since": timezone.now()}
        stopped = waiting.update(**now_ours) == 1
        if stopped:
            keep_clock(conversation)
            audit.record("conversation.municipality_unanswered", conversation)
            live.publish(conversation)
    return stopped


def settle_municipality(*, conversation: Conversation, code: str) -> bool:
    """The resident said which one; False if that was said before, or never asked.

    The turn is ours again: passing it on is what the caller does next.
    """
    now = timezone.now()
    asking = _reading(conversation).filter(asked_at__isnull=False, settled_at=None)
    with transaction.atomic():
        settled = asking.update(settled_at=now) == 1
        if settled:
            waiting = _same(conversation).filter(status=Conversation.Status.WAITING_RESIDENT)
            waiting.update(status=Conversation.Status.OPEN, waiting_since=now)
            keep_clock(conversation)
            audit.record("conversation.municipality_settled", conversation, to=code)
            live.publish(conversation)
    return settled


def _reading(conversation: Conversation) -> QuerySet[Reading]:
    return Reading.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)


def _same(conversation: Conversation) -> QuerySet[Conversation]:
    return Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)

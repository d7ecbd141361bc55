"""Not now: a conversation that is put off comes back by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, jobs, live, rows

from ..errors import AlreadyClosed
from ..models import Conversation, Notification
from .clocks import keep_clock
from .notifications import notify


def snooze(*, conversation: Conversation, until: datetime, by: Member) -> bool:
    """Put the conversation off until then; False if it already was. The resident's clock goes on.

    Raises AlreadyClosed.
    """
    with transaction.atomic():
        locked = Conversation.objects.select_for_update(of=("self",))
        current = locked.get(organisation_id=conversation.organisation_id, id=conversation.id)
        if current.is_closed:
            raise AlreadyClosed("Dit gesprek is al gesloten. Open het weer om het uit te stellen.")
        if current.status == Conversation.Status.SNOOZED and current.snoozed_until == until:
            return False
        current.status, current.snoozed_until = Conversation.Status.SNOOZED, until
        current.save(update_fields=["status", "snoozed_until"])
        keep_clock(current)
        audit.record("conversation.snoozed", current, by=by, until=until.isoformat())
        wake_later(conversation=current, by=by)
        live.publish(current)
    return True


def wake_later(*, conversation: Conversation, by: Member) -> None:
    """Let it come back at its time, or now if that is over; asked twice it wakes once."""
    jobs.later(
        "conversations.wake",
        organisation_id=conversation.organisation_id,
        at=conversation.snoozed_until,
        id=conversation.id,
        by=by.id,
    )


def wake(*, conversation: Conversation, tell: Member | None) -> bool:
    """Its time has come: the turn is ours, and `tell` is told.

    False if it was put off further, or somebody was before us.
    """
    # The database's clock, as the queue's: with ours, a few seconds behind, it would sleep for ever.
    same = Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)
    due = same.filter(status=Conversation.Status.SNOOZED, snoozed_until__lte=Now())
    with transaction.atomic():
        woken = (
            due.update(
                status=Conversation.Status.OPEN,
                snoozed_until=None,
                waiting_since=Coalesce("waiting_since", Value(timezone.now())),
            )
            == 1
        )
        if woken:
            keep_clock(conversation)
            line = audit.line("conversation.woken", conversation)
            rows.add(line)
            if tell is not None:
                notify(conversation=conversation, to=tell, kind=Notification.Kind.WOKEN, about=line.id)
            live.publish(conversation)
    return woken

"""The clock of a conversation: what is due next is stored by whoever changes its state."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import audit, jobs, live

from .. import queries, rules
from ..models import Conversation, Notification
from ..queries import Norms
from .notifications import notify, tell_team

#: What this file alone writes.
CLOCK_FIELDS = [
    "due_norm",
    "due_at",
    "amber_at",
    "tell_at",
    "paused_since",
    "paused_minutes",
    "turn_paused_minutes",
]


def keep_clock(conversation: Conversation) -> None:
    """Store what is due next, by the row as it stands in this transaction. After every change of state."""
    rows = Conversation.objects.filter(organisation_id=conversation.organisation_id)
    current = rows.get(id=conversation.id)
    set_clock(current, at=timezone.now(), norms=Norms())
    current.save(update_fields=CLOCK_FIELDS)


def set_clock(conversation: Conversation, *, at: datetime, norms: Norms) -> bool:
    """Change the given row, which the caller saves; True if what is due moved."""
    before = (conversation.due_norm, conversation.due_at, conversation.amber_at)
    is_paused = queries.is_paused(conversation, norms)
    _count_pause(conversation, is_paused=is_paused, at=at, norms=norms)
    runs = not (is_paused or conversation.is_closed)
    due = queries.due_for(conversation, norms) if runs else None
    _set_due(conversation, due)
    moved = (conversation.due_norm, conversation.due_at, conversation.amber_at) != before
    if moved:
        conversation.tell_at = conversation.amber_at
    return moved


def _count_pause(conversation: Conversation, *, is_paused: bool, at: datetime, norms: Norms) -> None:
    since, waiting_since = conversation.paused_since, conversation.waiting_since
    if waiting_since is None and not conversation.is_closed:
        conversation.turn_paused_minutes = 0
    if is_paused:
        conversation.paused_since = since or at
        return
    if since is not None:
        hours = norms.hours_for(conversation)
        conversation.paused_minutes += _minutes(hours.between(since, at))
        turn_since = max(since, waiting_since or at)
        conversation.turn_paused_minutes += _minutes(hours.between(turn_since, at))
    conversation.paused_since = None


def minutes_shut(closed: Conversation, at: datetime) -> int:
    """The working time since it was closed."""
    return _minutes(Norms().hours_for(closed).between(closed.closed_at or at, at))


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _set_due(conversation: Conversation, due: rules.Due | None) -> None:
    conversation.due_norm = due.norm if due else ""
    conversation.due_at = due.at if due else None
    conversation.amber_at = due.amber_at if due else None


def tell_of_clock(*, conversation: Conversation, at: datetime) -> bool:
    """Say once that it turned amber, and once that it is too late.

    False if somebody was before us, or answered since it was found.
    """
    is_late = conversation.due_at is not None and conversation.due_at <= at
    same = Conversation.objects.filter(
        organisation_id=conversation.organisation_id, id=conversation.id, tell_at=conversation.tell_at
    )
    if same.filter(tell_at__lte=at).update(tell_at=None if is_late else conversation.due_at) == 0:
        return False
    verb = "conversation.overdue" if is_late else "conversation.nearly_due"
    audit.record(verb, conversation, norm=conversation.due_norm)
    if conversation.assignee is None and not is_late:
        tell_team(conversation)
    elif conversation.assignee is not None:
        about = f"{conversation.due_at:%Y%m%dT%H%M%S%f} {conversation.due_norm} {is_late:d}"
        notify(conversation=conversation, to=conversation.assignee, kind=Notification.Kind.DUE, about=about)
    live.publish(conversation)
    return True


def recompute(*, organisation: Organisation, because: str, after: UUID | None, moved: int) -> None:
    """Set the clocks of the next rows by the norms of now; the last round writes down how many moved.

    `because` is what asked for it: "change" or "night". A night in which nothing moved leaves no line.
    """
    some = queries.unfinished(organisation.id, after)
    moved += _recompute(some)
    if len(some) == queries.RECOMPUTED_AT_ONCE:
        jobs.later(
            "conversations.recompute",
            organisation_id=organisation.id,
            in_turn=f"recompute {organisation.id}",
            because=because,
            after=some[-1].id,
            moved=moved,
        )
    elif moved or because == "change":
        audit.record("levels.recomputed", organisation, moved=moved, because=because)


def _recompute(conversations: list[Conversation]) -> int:
    norms, now = Norms(), timezone.now()
    moved = [each for each in conversations if set_clock(each, at=now, norms=norms)]
    Conversation.objects.bulk_update(moved, CLOCK_FIELDS)
    for each in moved:
        live.publish(each)
    return len(moved)

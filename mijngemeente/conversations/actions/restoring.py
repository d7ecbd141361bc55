"""How a conversation stands, kept so that it can stand like that again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.dateparse import parse_datetime

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live

from ..models import Closure, Conversation
from .clocks import keep_clock
from .snoozes import wake_later

#: What acts on many conversations change.
FIELDS = (
    "assignee_id",
    "topic_id",
    "priority",
    "kind",
    "status",
    "waiting_since",
    "snoozed_until",
    "closed_at",
    "reopened_at",
    "paused_minutes",
)

#: Those that tell that somebody went on; the others follow from these.
TELLING = frozenset({"assignee_id", "topic_id", "priority", "status", "snoozed_until", "closed_at"})

#: Field → its value, as JSON holds it.
State = Mapping[str, str | int | None]


def state_of(conversation: Conversation) -> dict[str, str | int | None]:
    """How the given row stands."""
    return {name: _plain(getattr(conversation, name)) for name in FIELDS}


def _plain(value: datetime | UUID | str | int | None) -> str | int | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def locked(organisation_id: int, conversation_id: UUID) -> Conversation:
    """The conversation, and nobody else changes it before the end of the transaction."""
    rows = Conversation.objects.select_for_update(of=("self",))
    return rows.get(organisation_id=organisation_id, id=conversation_id)


def restore(*, conversation: Conversation, to: State, since: State, by: Member) -> bool:
    """Make what went from `to` to `since` as it was; False, and nothing changed, if it went on from there."""
    with transaction.atomic():
        current = locked(conversation.organisation_id, conversation.id)
        now = state_of(current)
        if any(now[name] != value for name, value in since.items() if name in TELLING):
            return False
        was_closed = current.is_closed
        for name, value in to.items():
            setattr(current, name, _read(current, name, value))
        current.save(update_fields=[_field(name) for name in to])
        if was_closed and not current.is_closed:
            # It never was closed: figures must not count it as opened again.
            Closure.objects.filter(
                organisation_id=current.organisation_id, conversation=current, reopened_at=None
            ).delete()
        if current.status == Conversation.Status.SNOOZED:
            # While it was something else its time may have come, and gone by unseen.
            wake_later(conversation=current, by=by)
        keep_clock(current)
        audit.record("conversation.restored", current, by=by)
        live.publish(current)
    return True


def _read(row: Model, name: str, value: str | int | None) -> object:
    field = row._meta.get_field(_field(name))
    is_moment = field.get_internal_type() == "DateTimeField"
    return parse_datetime(str(value)) if is_moment and value is not None else value


def _field(name: str) -> str:
    return name.removesuffix("_id")

"""The norms that hold for conversations, and whose clock turns now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mijngemeente.organisations.queries import hours_of, levels_of
from mijngemeente.organisations.rules.hours import OpeningHours
from mijngemeente.organisations.rules.levels import Case, Level, level_for

from .. import rules
from ..models import Conversation

#: More at once wait for the next minute.
TOLD_AT_ONCE = 2000
#: They stay locked until they are stored: nobody may wait for that longer than a blink.
RECOMPUTED_AT_ONCE = 200
#: Somebody waits for the answer.
LOOKED_AHEAD = 1000


class Norms:
    """Hours and service levels, each read when it is first asked for."""

    def __init__(self, levels: dict[int, list[Level]] | None = None) -> None:
        self._hours: dict[int, OpeningHours] = {}
        #: Organisation id → its levels; given to see what others would do.
        self._levels = levels or {}

    def hours_for(self, conversation: Conversation) -> OpeningHours:
        """The opening hours of the team that answers."""
        team = conversation.covered_by_id
        if team not in self._hours:
            self._hours[team] = hours_of(team)
        return self._hours[team]

    def level_for(self, conversation: Conversation) -> Level:
        """The service level of the organisation whose resident asks."""
        owner = conversation.organisation_id
        if owner not in self._levels:
            self._levels[owner] = levels_of(owner)
        return level_for(self._levels[owner], case_of(conversation))


def case_of(conversation: Conversation) -> Case:
    """What decides which service level holds."""
    return Case(conversation.kind, conversation.channel, conversation.priority, conversation.topic_id or "")


def is_paused(conversation: Conversation, norms: Norms) -> bool:
    """Always while the resident has the turn; while a department has it, if the norm says so."""
    if conversation.status == Conversation.Status.WAITING_DEPARTMENT:
        return norms.level_for(conversation).pauses_for_department
    return conversation.status == Conversation.Status.WAITING_RESIDENT


def due_for(conversation: Conversation, norms: Norms) -> rules.Due | None:
    """What is due next by these norms, in a conversation whose clock runs."""
    clock = rules.Clock(
        began_at=conversation.reopened_at or conversation.created_at,
        waiting_since=conversation.waiting_since,
        has_answer=conversation.first_replied_at is not None,
        paused=timedelta(minutes=conversation.paused_minutes),
        turn_paused=timedelta(minutes=conversation.turn_paused_minutes),
    )
    return rules.due_of(clock, norms.level_for(conversation), norms.hours_for(conversation))


@dataclass(frozen=True)
class Shift:
    """What other norms would do."""

    moved: int
    #: Not everything was looked at: at least so many.
    is_more: bool


def shift_by(organisation_id: int, levels: list[Level]) -> Shift:
    """How many open conversations would be due at another moment if these were the levels."""
    norms = Norms({organisation_id: levels})
    rows = Conversation.objects.filter(organisation_id=organisation_id, status__in=_UNFINISHED)
    running = list(rows.exclude(status=Conversation.Status.WAITING_RESIDENT).order_by("-id")[:LOOKED_AHEAD])
    moved = sum(_would_move(each, norms) for each in running)
    return Shift(moved, len(running) == LOOKED_AHEAD)


def _would_move(conversation: Conversation, norms: Norms) -> bool:
    due = None if is_paused(conversation, norms) else due_for(conversation, norms)
    return (due.at if due else None) != conversation.due_at


def turning(now: datetime) -> list[tuple[int, UUID]]:
    """Organisation and id of conversations that turn amber or red and were not told of: one index."""
    rows = Conversation.objects.filter(tell_at__lte=now).order_by("tell_at")
    return list(rows.values_list("organisation_id", "id")[:TOLD_AT_ONCE])


def unfinished(organisation_id: int, after: UUID | None) -> list[Conversation]:
    """The next conversations that are not closed, in order of id, locked for who sets their clocks."""
    rows = Conversation.objects.select_for_update(of=("self",)).filter(
        organisation_id=organisation_id, status__in=_UNFINISHED
    )
    later = rows.filter(id__gt=after) if after else rows
    return list(later.order_by("id")[:RECOMPUTED_AT_ONCE])


_UNFINISHED = [status for status in Conversation.Status if status != Conversation.Status.CLOSED]

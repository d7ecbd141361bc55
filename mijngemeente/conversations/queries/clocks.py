"""The norms that hold for conversations, and whose clock turns now."""

from datetime import datetime
from uuid import UUID

from mijngemeente.organisations.queries import hours_of, levels_of
from mijngemeente.organisations.rules.hours import OpeningHours
from mijngemeente.organisations.rules.levels import Case, Level, level_for

from ..models import Conversation

#: More at once wait for the next minute.
TOLD_AT_ONCE = 2000
#: They stay locked until they are stored: nobody may wait for that longer than a blink.
RECOMPUTED_AT_ONCE = 200


class Norms:
    """Hours and service levels, each read when it is first asked for."""

    def __init__(self) -> None:
        self._hours: dict[int, OpeningHours] = {}
        self._levels: dict[int, list[Level]] = {}

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

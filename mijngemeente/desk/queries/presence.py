"""Who else is looking at what stands on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Person
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.live import hub
from mijngemeente.platform.presence import State

from .. import rules
from .choices import Workplace


@dataclass(frozen=True)
class Present:
    """Who else is at one conversation."""

    id: UUID
    #: Empty when nobody is.
    words: str


def present_at(asked: Iterable[UUID], workplace: Workplace, reader: Person) -> list[Present]:
    """For each of these conversations that the reader may see, who else is there and may be."""
    rows = Conversation.objects.filter(organisation_id__in=workplace.ids, id__in=list(asked))
    return [
        Present(number, _words(organisation_id, team_id, hub.board.present(number), reader))
        for number, organisation_id, team_id in rows.values_list("id", "organisation_id", "covered_by_id")
    ]


def _words(organisation_id: int, team_id: int, states: dict[UUID, State], reader: Person) -> str:
    if not states.keys() - {reader.id}:
        return ""
    others = Person.objects.filter(id__in=states.keys() - {reader.id}, is_active=True).order_by("name")
    here = [each for each in others if _may_read(each, organisation_id, team_id)]
    writing = [each.name for each in here if states[each.id] is State.WRITING]
    looking = [each.name for each in here if states[each.id] is State.LOOKING]
    return rules.presence_words(writing, looking)


def _may_read(person: Person, organisation_id: int, team_id: int) -> bool:
    covered = coverage_of(person).get(organisation_id)
    return covered is not None and Right.READ in covered.rights and covered.reaches(team_id)

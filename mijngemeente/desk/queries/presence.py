"""Who else is looking at what stands on a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Person
from mijngemeente.organisations.queries import coverages_of
from mijngemeente.organisations.rules import Coverage, Right
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
    places = list(rows.values_list("id", "organisation_id", "covered_by_id"))
    names = _names_at([number for number, *_ in places], reader)
    covered = coverages_of(names)
    shown = []
    for number, organisation_id, team_id in places:
        here = {
            each: name
            for each, name in names.items()
            if _may_read(covered[each].get(organisation_id), team_id)
        }
        shown.append(Present(number, _words(here, hub.board.present(number))))
    return shown


def _names_at(conversation_ids: Iterable[UUID], reader: Person) -> dict[UUID, str]:
    """Everybody else at one of these, by name."""
    there = {person for each in conversation_ids for person in hub.board.present(each)} - {reader.id}
    rows = Person.objects.filter(id__in=there, is_active=True).order_by("name")
    return dict(rows.values_list("id", "name"))


def _may_read(covered: Coverage | None, team_id: int) -> bool:
    return covered is not None and Right.READ in covered.rights and covered.reaches(team_id)


def _words(names: Mapping[UUID, str], states: Mapping[UUID, State]) -> str:
    writing = [name for each, name in names.items() if states.get(each) is State.WRITING]
    looking = [name for each, name in names.items() if states.get(each) is State.LOOKING]
    return rules.presence_words(writing, looking)

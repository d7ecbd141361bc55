"""Who else has a sheet open."""

from mijngemeente.course.models import Course
from mijngemeente.organisations.models import Person
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.live import hub
from mijngemeente.platform.presence import State


def others_at(course: Course, reader: Person) -> list[tuple[str, bool]]:
    """Name and whether they write, of everybody else who is there and may be."""
    states = hub.board.present(course.id)
    others = Person.objects.filter(id__in=states.keys() - {reader.id}, is_active=True).order_by("name")
    here = [each for each in others if _may_read(each, course.organisation_id)]
    return [(each.name, states[each.id] is State.WRITING) for each in here]


def _may_read(person: Person, organisation_id: int) -> bool:
    covered = coverage_of(person).get(organisation_id)
    return covered is not None and Right.ANALYSE in covered.rights

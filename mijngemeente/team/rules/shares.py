"""Whose hours go to which role."""

from collections import defaultdict

from .library import Library
from .plot import Part, Person

# Where nobody tells hours, a main role counts twice a side role (our own completion).
_WEIGHTS = {Part.MAIN: 2, Part.SIDE: 1, Part.BACKUP: 0}


def hours_by_role(person: Person, library: Library) -> dict[str, float]:
    """Hours a week that this person gives to each claimed role; a backup gives none.

    What stands at the claim counts. Otherwise the hours of the tasks that belong to the role; a task of two
    claimed roles is divided. Without either, what is left of the week is divided, main twice side.
    """
    told = {each.role: each.hours for each in person.claims if each.hours is not None}
    told = {role: hours for role, hours in told.items() if _part(person, role) is not Part.BACKUP}
    open_claims = [each for each in person.claims if each.hours is None and each.part is not Part.BACKUP]
    by_task = _hours_of_tasks(person, library, {each.role for each in open_claims})
    without = [each for each in open_claims if not by_task.get(each.role)]
    left = max(0.0, person.hours - sum(told.values()) - sum(by_task.values()))
    weights = sum(_WEIGHTS[each.part] for each in without)
    divided = {each.role: left * _WEIGHTS[each.part] / weights for each in without}
    return told | divided | by_task


def _part(person: Person, role: str) -> Part:
    return next(each.part for each in person.claims if each.role == role)


def _hours_of_tasks(person: Person, library: Library, claimed: set[str]) -> dict[str, float]:
    hours: dict[str, float] = defaultdict(float)
    for duty in person.duties:
        roles = [each for each in library.tasks[duty.task].roles if each in claimed]
        for role in roles:
            hours[role] += duty.hours / len(roles)
    return {role: amount for role, amount in hours.items() if amount}


def proposed_roles(person: Person, library: Library) -> list[str]:
    """Roles that the person's tasks point at, most tasks first; the person confirms them."""
    points: dict[str, float] = defaultdict(float)
    for duty in person.duties:
        for role in library.tasks[duty.task].roles:
            points[role] += 1 + duty.hours / 100
    return sorted(points, key=lambda role: (-points[role], role))

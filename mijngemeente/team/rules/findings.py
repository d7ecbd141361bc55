"""Everything that a plot shows, put together."""

from collections import Counter
from datetime import date

from .library import Library
from .plot import Part, Person, Plot, Want
from .result import (
    CompetencyResult,
    FteResult,
    PeopleResult,
    Result,
    RoleResult,
    TaskResult,
)
from .roles import crucial_result, required_levels, role_results, wish_for
from .verdicts import level_verdicts, people_verdicts, task_verdicts

_CROWDED_OVER = 3
_STACKED_OVER = 3
_ENDING_MONTHS = 6


def result_of(plot: Plot, library: Library) -> Result:
    """The whole result; `library` is the national one, the plot brings its own roles and tasks."""
    whole = library.extended(plot.own_roles, plot.own_tasks)
    roles = role_results(plot, whole)
    competencies, tasks, people = _competencies(plot, whole, roles), _tasks(plot, whole, roles), _people(plot)
    return Result(
        roles=tuple(roles),
        crucial=crucial_result(roles, whole),
        competencies=tuple(competencies),
        tasks=tasks,
        people=people,
        fte=_fte(plot, roles),
        verdicts=tuple(
            [
                *task_verdicts(tasks, plot, whole),
                *people_verdicts(people, plot),
                *level_verdicts(competencies, plot),
            ]
        ),
    )


def _competencies(plot: Plot, library: Library, roles: list[RoleResult]) -> list[CompetencyResult]:
    required: dict[str, int] = {}
    for role in roles:
        wish = wish_for(role.code, plot)
        if wish.want is Want.YES:
            for code, level in required_levels(role.code, wish, library).items():
                required[code] = max(level, required.get(code, 0))
    return [
        _competency(code, required[code], plot, library) for code in library.competencies if code in required
    ]


def _competency(code: str, required: int, plot: Plot, library: Library) -> CompetencyResult:
    levels = [each.levels.get(code, 0) for each in plot.people]
    best = max(levels, default=0)
    return CompetencyResult(
        code=code,
        name=library.competencies[code].name,
        required=required,
        best=best,
        gap=max(0, required - best),
        at_level=sum(level >= required for level in levels),
    )


def _tasks(plot: Plot, library: Library, roles: list[RoleResult]) -> TaskResult:
    wanted = {each.code for each in roles if wish_for(each.code, plot).want is Want.YES}
    own = {each.code for each in plot.own_tasks}
    duties = [duty for person in plot.people for duty in person.duties]
    doers = Counter(duty.task for duty in duties)
    covered = {
        duty.task for person in plot.people for duty in person.duties if duty.backup not in ("", person.id)
    }
    owned = {duty.task for duty in duties if duty.is_owner}
    asked = [code for code, task in library.tasks.items() if code in own or wanted.intersection(task.roles)]
    return TaskResult(
        orphans=tuple(code for code in asked if not doers[code]),
        single=tuple(c for c in library.tasks if doers[c] == 1 and c not in covered),
        crowded=tuple(c for c in library.tasks if doers[c] > _CROWDED_OVER and c not in owned),
    )


def _people(plot: Plot) -> PeopleResult:
    until = _months_later(plot.on, _ENDING_MONTHS)
    return PeopleResult(
        stacking=tuple(each.id for each in plot.people if _main_roles(each) > _STACKED_OVER),
        ending=tuple(each.id for each in plot.people if each.ends is not None and each.ends <= until),
    )


def _main_roles(person: Person) -> int:
    return sum(claim.part is Part.MAIN for claim in person.claims)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _fte(plot: Plot, roles: list[RoleResult]) -> FteResult:
    """Too much in one role does not fill another, so the gap is the sum of what each is short of."""
    short = {each.code: max(0.0, (each.want_fte or 0.0) - each.have_fte) for each in roles}
    return FteResult(
        have=round(sum(each.have_fte for each in roles), 2),
        want=round(sum(each.want_fte or 0.0 for each in roles), 2),
        gap=round(sum(short.values()), 2),
        euros=_euros(short, plot),
    )


def _euros(short: dict[str, float], plot: Plot) -> int | None:
    costs = [
        (amount, plot.salaries.get(code, plot.salaries.get(""))) for code, amount in short.items() if amount
    ]
    if any(salary is None for _, salary in costs):
        return None
    return round(sum(amount * (salary or 0.0) for amount, salary in costs))

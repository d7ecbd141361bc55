"""What stands out beside the roles, each with the rule that made it and what the team says of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mijngemeente.reference.rules.calendar import day_words

from .library import LEVEL_NAMES, Library
from .plot import Choice, Part, Plot, Said
from .result import CompetencyResult, PeopleResult, Rule, TaskResult, Verdict

CHOICE_WORDS = {
    Choice.OPEN: "",
    Choice.CHOSEN: "Wij kiezen dit",
    Choice.CHANGING: "Wij veranderen dit",
}


def task_verdicts(tasks: TaskResult, plot: Plot, library: Library) -> Iterator[Verdict]:
    """Tasks that nobody does, that hang on one person, or that many do without an owner."""
    doers: dict[str, list[str]] = defaultdict(list)
    for person in plot.people:
        for duty in person.duties:
            doers[duty.task].append(person.name)
    for code in tasks.orphans:
        roles = [library.roles[each].name for each in library.tasks[code].roles if each in library.roles]
        belongs = f" De taak hoort bij {_or(roles)}." if roles else ""
        yield _of_task(Rule.ORPHAN, code, f"Niemand doet dit.{belongs}", plot, library)
    for code in tasks.single:
        because = f"Alleen {doers[code][0]} doet dit, en er is geen achtervang."
        yield _of_task(Rule.SINGLE, code, because, plot, library)
    for code in tasks.crowded:
        because = f"{len(doers[code])} mensen doen dit, en niemand gaat erover."
        yield _of_task(Rule.CROWDED, code, because, plot, library)


def _of_task(rule: Rule, code: str, because: str, plot: Plot, library: Library) -> Verdict:
    return _verdict(f"task-{code}", rule, library.tasks[code].name, because, plot)


def _verdict(about: str, rule: Rule, name: str, because: str, plot: Plot) -> Verdict:
    said = plot.said.get(about) or Said()
    return Verdict(about, rule, name, because, said.choice, said.note)


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} of {names[-1]}"


def people_verdicts(people: PeopleResult, plot: Plot) -> Iterator[Verdict]:
    """People with too many main roles, and contracts that end soon."""
    known = {each.id: each for each in plot.people}
    for id in people.stacking:
        person = known[id]
        count = sum(claim.part is Part.MAIN for claim in person.claims)
        because = f"{count} hoofdrollen. Meer dan drie is te veel voor één mens."
        yield _verdict(f"stacking-{id}", Rule.STACKING, person.name, because, plot)
    for id in people.ending:
        person = known[id]
        assert person.ends is not None, "only who has an end can end"
        because = f"Het contract loopt tot en met {day_words(person.ends)}: dat is binnen zes maanden."
        yield _verdict(f"ending-{id}", Rule.ENDING, person.name, because, plot)


def level_verdicts(competencies: Iterable[CompetencyResult], plot: Plot) -> Iterator[Verdict]:
    """What nobody can do well enough yet; nothing where nobody told what people can do."""
    if not any(each.levels for each in plot.people):
        return
    for each in competencies:
        if each.gap:
            asked, best = LEVEL_NAMES[each.required], LEVEL_NAMES[each.best]
            because = f"Gevraagd is {asked}, het hoogste in het team is {best}."
            yield _verdict(f"competency-{each.code}", Rule.LEVEL, each.name, because, plot)

"""Who does which task: nobody, one alone, or too many without an owner."""

from dataclasses import dataclass

from .library import Library
from .plot import Duty, Person, Plot
from .result import Result, Rule

#: Marks of people beside one task; the rest is a number.
_MOST_MARKS = 14
_LEFT, _TOP = 520.0, 130.0
_STEP, _MARK = 32.0, 34.0
TASKS_AT_ONCE = 24

RULE_WORDS = {
    Rule.ORPHAN: "niemand doet dit",
    Rule.SINGLE: "één iemand, geen achtervang",
    Rule.CROWDED: "meer dan drie, geen eigenaar",
    Rule.STACKING: "te veel hoofdrollen",
    Rule.ENDING: "contract eindigt",
    Rule.LEVEL: "niveau niet gehaald",
}


@dataclass(frozen=True)
class Doing:
    """One task, and who does it."""

    code: str
    name: str
    #: Numbers of people in the plot, as in the rings.
    doers: tuple[int, ...]
    owners: tuple[int, ...]
    names: tuple[str, ...]
    owner_names: tuple[str, ...]
    backup_names: tuple[str, ...]
    rule: Rule | None

    @property
    def words(self) -> str:
        """What stands out, or ""."""
        return RULE_WORDS[self.rule] if self.rule else ""


def doings(plot: Plot, result: Result, library: Library) -> list[Doing]:
    """Every task that somebody does or should do; what hangs on one first, what nobody does last."""
    rules = {code: Rule.ORPHAN for code in result.tasks.orphans}
    rules |= {code: Rule.SINGLE for code in result.tasks.single}
    rules |= {code: Rule.CROWDED for code in result.tasks.crowded}
    found = [_doing(code, plot, library, rules.get(code)) for code in library.tasks]
    shown = [each for each in found if each.doers or each.rule]
    order = [Rule.SINGLE, Rule.CROWDED, None, Rule.ORPHAN]
    return sorted(shown, key=lambda each: order.index(each.rule))


def _doing(code: str, plot: Plot, library: Library, rule: Rule | None) -> Doing:
    names = {each.id: each.name for each in plot.people}
    rows = [
        (number, person, duty)
        for number, person in enumerate(plot.people, start=1)
        if (duty := _duty(person, code))
    ]
    backups = dict.fromkeys(duty.backup for _, person, duty in rows if duty.backup not in ("", person.id))
    return Doing(
        code=code,
        name=library.tasks[code].name,
        doers=tuple(number for number, _, _ in rows),
        owners=tuple(number for number, _, duty in rows if duty.is_owner),
        names=tuple(person.name for _, person, _ in rows),
        owner_names=tuple(person.name for _, person, duty in rows if duty.is_owner),
        backup_names=tuple(names[each] for each in backups if each in names),
        rule=rule,
    )


def _duty(person: Person, code: str) -> Duty | None:
    return next((each for each in person.duties if each.task == code), None)


@dataclass(frozen=True)
class Mark:
    """One person who does a task; or what is left over, as "+4"."""

    words: str
    x: float
    is_owner: bool


@dataclass(frozen=True)
class Row:
    """One task to draw."""

    doing: Doing
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Duties:
    """Everything to draw; `sentence` says the picture in words."""

    sentence: str
    rows: tuple[Row, ...]
    left: float
    height: float


def duty_pictures(found: list[Doing]) -> list[Duties]:
    """A picture for each so many tasks."""
    told = duty_sentence(found)
    return [
        _picture(found[start : start + TASKS_AT_ONCE], told) for start in range(0, len(found), TASKS_AT_ONCE)
    ]


def _picture(found: list[Doing], told: str) -> Duties:
    rows = tuple(Row(each, _TOP + _STEP * place, _marks(each)) for place, each in enumerate(found))
    return Duties(told, rows, _LEFT, _TOP + _STEP * len(rows) + 60)


def _marks(doing: Doing) -> tuple[Mark, ...]:
    shown = doing.doers[:_MOST_MARKS]
    marks = [Mark(str(each), _LEFT + _MARK * place, each in doing.owners) for place, each in enumerate(shown)]
    if len(doing.doers) > _MOST_MARKS:
        left = f"+{len(doing.doers) - _MOST_MARKS}"
        marks.append(Mark(left, _LEFT + _MARK * _MOST_MARKS, is_owner=False))
    return tuple(marks)


def duty_sentence(found: list[Doing]) -> str:
    """What the pictures show, as one would say it."""
    counts = {rule: sum(each.rule is rule for each in found) for rule in RULE_WORDS}
    told = [f"{count} keer {RULE_WORDS[rule]}" for rule, count in counts.items() if count]
    start = f"{len(found)} taken horen bij dit team."
    return f"{start} Wat opvalt: {', '.join(told)}." if told else f"{start} Er valt niets op."

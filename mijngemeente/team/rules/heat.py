"""Who fills which role, and for how much of the week. Places only; `heat.svg` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import amount
from .library import Library
from .plot import PART_WORDS, Part, Person, Plot
from .result import Result, RoleResult
from .shares import hours_by_role

#: More people have more pictures, so that each fits on paper.
PEOPLE_AT_ONCE = 28
_LEFT, _TOP = 380.0, 290.0
_NARROW, _WIDE, _ROW = 54.0, 96.0, 30.0
_LEAST_WIDTH = 1414.0
_SHADES = (0.0, 0.1, 0.25, 0.5)
_NAME_CHARACTERS = 34


@dataclass(frozen=True)
class Cell:
    """One role of one person."""

    x: float
    y: float
    part: Part
    #: Hours a week, or "" for who stands in.
    words: str
    #: 0 to 4: how much of a full week it is.
    shade: int
    told: str


@dataclass(frozen=True)
class Label:
    """A person beside a row, or a role above a column."""

    words: str
    x: float
    y: float
    #: Under a role: the hours of all together.
    total: str = ""


@dataclass(frozen=True)
class Heat:
    """Everything to draw; `sentence` says the picture in words."""

    sentence: str
    people: tuple[Label, ...]
    roles: tuple[Label, ...]
    cells: tuple[Cell, ...]
    width: float
    height: float


def heats(plot: Plot, result: Result, library: Library) -> list[Heat]:
    """A picture for each so many people; none for a plot in which nobody has a role."""
    roles = [each for each in result.roles if each.people or each.backups]
    numbered = list(enumerate(plot.people, start=1))
    return [
        _heat(numbered[start : start + PEOPLE_AT_ONCE], roles, plot, library)
        for start in range(0, len(numbered) if roles else 0, PEOPLE_AT_ONCE)
    ]


def _heat(
    people: Sequence[tuple[int, Person]], roles: Sequence[RoleResult], plot: Plot, library: Library
) -> Heat:
    column = min(_WIDE, max(_NARROW, (_LEAST_WIDTH - _LEFT - 160) / len(roles)))
    columns = {each.code: _LEFT + column * place for place, each in enumerate(roles)}
    bottom = _TOP + _ROW * len(people)
    cells = [
        cell
        for place, (_, person) in enumerate(people)
        for cell in _cells(person, _TOP + _ROW * place, columns, plot, library)
    ]
    return Heat(
        sentence=heat_sentence(plot),
        people=tuple(
            Label(_short(f"{number}  {person.name}"), _LEFT - 16, _TOP + _ROW * place)
            for place, (number, person) in enumerate(people)
        ),
        roles=tuple(Label(each.name, columns[each.code], bottom, amount(each.have_fte)) for each in roles),
        cells=tuple(cells),
        width=max(_LEAST_WIDTH, _LEFT + column * len(roles) + 160),
        height=bottom + 130,
    )


def _cells(person: Person, y: float, columns: dict[str, float], plot: Plot, library: Library) -> list[Cell]:
    hours = hours_by_role(person, library)
    return [
        Cell(
            columns[each.role],
            y,
            each.part,
            "" if each.part is Part.BACKUP else amount(round(hours.get(each.role, 0.0), 1)),
            _shade(hours.get(each.role, 0.0) / plot.week_hours),
            f"{person.name}: {library.roles[each.role].name}, {PART_WORDS[each.part]}",
        )
        for each in person.claims
        if each.role in columns
    ]


def _shade(share: float) -> int:
    return sum(share > edge for edge in _SHADES)


def _short(name: str) -> str:
    return name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1]}…"


def heat_sentence(plot: Plot) -> str:
    """What the picture shows, as one would say it."""
    with_role = [each for each in plot.people if each.claims]
    several = sum(len(each.claims) > 1 for each in with_role)
    return f"{len(with_role)} van de {len(plot.people)} mensen hebben een rol, {several} meer dan één."


@dataclass(frozen=True)
class Filling:
    """What one person does, in words."""

    name: str
    #: "contentregisseur (hoofdrol, 12 uur)".
    roles: tuple[str, ...]
    hours: float


def fillings(plot: Plot, library: Library) -> list[Filling]:
    """The same as the pictures, for a table."""
    return [_filling(each, library) for each in plot.people]


def _filling(person: Person, library: Library) -> Filling:
    hours = hours_by_role(person, library)
    told = []
    for each in person.claims:
        size = "" if each.part is Part.BACKUP else f", {amount(round(hours.get(each.role, 0.0), 1))} uur"
        told.append(f"{library.roles[each.role].name} ({PART_WORDS[each.part]}{size})")
    return Filling(person.name, tuple(told), person.hours)

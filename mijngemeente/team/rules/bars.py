"""Beside what is wanted: hours of each role, and what the team can do. Places only; `bars.svg` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import amount, euros
from .library import LEVEL_NAMES
from .plot import Plot
from .result import CompetencyResult, Result, RoleResult

WIDTH = 1414
_BAR_FROM, _BAR_TO = 366.0, 930.0
_TOP, _STEP = 150.0, 36.0
_FOOT = 60.0


@dataclass(frozen=True)
class Tick:
    """A line down, with what it stands for above it."""

    x: float
    words: str


@dataclass(frozen=True)
class Bar:
    """One thing: what there is, what is wanted, and both in words."""

    name: str
    y: float
    have: float
    #: Where the wanted mark stands; None where nobody said what is wanted.
    want: float | None
    #: How far it falls short, from the end of the bar on.
    short: float
    words: str


@dataclass(frozen=True)
class Bars:
    """Everything to draw; `sentence` says the picture in words."""

    title: str
    sentence: str
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    height: float
    left: float = _BAR_FROM


@dataclass(frozen=True)
class Capacity:
    """One role in fte, and what it falls short in euros a year."""

    code: str
    name: str
    have: float
    #: None: nobody said, and nothing is usual.
    want: float | None
    gap: float
    #: None: nobody told what this role costs.
    euros: int | None


def capacities(plot: Plot, result: Result) -> list[Capacity]:
    """Every role with hours here or wanted here, the largest shortage first."""
    found = [_capacity(each, plot) for each in result.roles]
    return sorted((each for each in found if each.have or each.want != 0), key=lambda each: -each.gap)


def _capacity(role: RoleResult, plot: Plot) -> Capacity:
    gap = round(max(0.0, (role.want_fte or 0.0) - role.have_fte), 2)
    salary = plot.salaries.get(role.code, plot.salaries.get(""))
    euros = None if salary is None else round(gap * salary)
    return Capacity(role.code, role.name, role.have_fte, role.want_fte, gap, euros)


def capacity_bars(plot: Plot, result: Result) -> Bars:
    """Fte that there is, that is wanted, and what is missing."""
    rows = capacities(plot, result)
    most = max([1.0, *(max(each.have, each.want or 0.0) for each in rows)])
    whole = int(most) + (most > int(most))
    scale = (_BAR_TO - _BAR_FROM) / whole
    step = 0.5 if whole <= 2 else max(1, whole // 6)
    return Bars(
        title="Uren en geld per rol",
        sentence=capacity_sentence(result),
        ticks=tuple(
            Tick(_BAR_FROM + scale * step * number, f"{amount(step * number)} fte")
            for number in range(int(whole / step) + 1)
        ),
        bars=tuple(_capacity_bar(each, place, scale) for place, each in enumerate(rows)),
        height=_height(rows),
    )


def _capacity_bar(row: Capacity, place: int, scale: float) -> Bar:
    return Bar(
        row.name,
        _TOP + _STEP * place,
        round(row.have * scale, 1),
        None if row.want is None else round(_BAR_FROM + row.want * scale, 1),
        round(row.gap * scale, 1),
        capacity_words(row),
    )


def capacity_sentence(result: Result) -> str:
    """What the bars show, as one would say it."""
    fte = result.fte
    if not fte.gap:
        return f"Er is {amount(fte.have)} fte. Geen enkele rol komt uren tekort."
    costs = f" Dat kost {euros(fte.euros)} per jaar." if fte.euros else ""
    told = f"Er is {amount(fte.have)} fte, gewenst is {amount(fte.want)} fte."
    return f"{told} De rollen samen komen {amount(fte.gap)} fte tekort.{costs}"


def capacity_words(row: Capacity) -> str:
    """ "0,4 van 1 fte, tekort 0,6, € 51.000 per jaar"."""
    size = f"{amount(row.have)} fte" if row.want is None else f"{amount(row.have)} van {amount(row.want)} fte"
    if not row.gap:
        return size
    costs = f", {euros(row.euros)} per jaar" if row.euros is not None else ""
    return f"{size}, tekort {amount(row.gap)}{costs}"


def level_bars(competencies: Sequence[CompetencyResult]) -> Bars:
    """The best level of the team beside what the wanted roles ask; never of one person by name."""
    scale = (_BAR_TO - _BAR_FROM) / 4
    rows = sorted(competencies, key=lambda each: -each.gap)
    return Bars(
        title="Wat het team kan",
        sentence=level_sentence(competencies),
        ticks=tuple(Tick(_BAR_FROM + scale * level, name) for level, name in enumerate(LEVEL_NAMES)),
        bars=tuple(
            Bar(
                each.name,
                _TOP + _STEP * place,
                scale * each.best,
                _BAR_FROM + scale * each.required,
                scale * each.gap,
                level_words(each),
            )
            for place, each in enumerate(rows)
        ),
        height=_height(rows),
    )


def level_sentence(competencies: Sequence[CompetencyResult]) -> str:
    """What the bars show, as one would say it."""
    short = sum(each.gap > 0 for each in competencies)
    if not short:
        return f"De rollen vragen {len(competencies)} competenties. Het team haalt ze allemaal."
    return f"De rollen vragen {len(competencies)} competenties. Bij {short} daarvan haalt niemand het niveau."


def level_words(row: CompetencyResult) -> str:
    """ "gevorderd gevraagd, 2 mensen halen dat"."""
    people = {0: "niemand haalt dat", 1: "1 persoon haalt dat"}.get(
        row.at_level, f"{row.at_level} mensen halen dat"
    )
    return f"{LEVEL_NAMES[row.required]} gevraagd, {people}"


def _height(rows: Sequence[object]) -> float:
    return _TOP + _STEP * len(rows) + _FOOT

"""Beside others: what an organisation shares, and how it stands beside the middle of the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from .library import Library
from .plot import Plot
from .result import Result

#: Of fewer others no figure is told; the database holds to the same number.
FEWEST = 5
TOTAL, CRUCIAL = "_total", "_crucial"

Figures = Mapping[str, float]


def figures_of(result: Result, library: Library) -> dict[str, float]:
    """What is shared: every national role, at 0 where nobody has it, so that none stands out."""
    have = {each.code: each.have_fte for each in result.roles}
    told = {code: have.get(code, 0.0) for code in library.roles}
    return told | {TOTAL: result.fte.have, CRUCIAL: float(result.crucial.score)}


def why_not_shared(plot: Plot, *, is_municipality: bool, is_what_if: bool) -> str:
    """Why the figures of this plot do not count along; "" if they do."""
    if not is_municipality:
        return "Alleen een gemeente telt mee. Zo vergelijken wij gemeenten met gemeenten."
    if is_what_if:
        return "Een proef telt niet mee. Deel de plot van jullie echte team."
    if plot.inhabitants is None or not plot.people:
        return "Vul eerst het aantal inwoners en de mensen in."
    return ""


@dataclass(frozen=True)
class Standing:
    """One line: ours, and the middle of the others."""

    name: str
    ours: float
    median: float


def standings(ours: Figures, medians: Figures, library: Library) -> list[Standing]:
    """The total, the crucial roles, and each role that we or most others have; none without medians."""
    if not medians:
        return []
    names = {TOTAL: "Fte van alle rollen samen", CRUCIAL: "Cruciale rollen ingevuld, van vijf"}
    names |= {code: role.name for code, role in library.roles.items()}
    rows = [Standing(name, ours.get(code, 0.0), medians.get(code, 0.0)) for code, name in names.items()]
    return [each for each in rows if each.ours or each.median]


@dataclass(frozen=True)
class Point:
    """The middle of a municipality, in degrees."""

    latitude: float
    longitude: float


_EARTH_KM = 6371.0


def kilometres(one: Point, other: Point) -> int:
    """As the crow flies."""
    up = radians(other.latitude - one.latitude) / 2
    along = radians(other.longitude - one.longitude) / 2
    part = sin(up) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(along) ** 2
    return round(2 * _EARTH_KM * asin(sqrt(part)))

"""The plot as a picture: roles in rings around the resident, people as marks on the roles they fill.

Only places and shapes; `plot.svg` draws them. The paper is A4 or A3 lying down, in units of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from .library import Library
from .plot import Part, Plot
from .result import Result, RoleResult, Status

WIDTH, HEIGHT = 1414, 1000
CENTRE_X, CENTRE_Y = 707.0, 508.0
RESIDENT = 84.0
#: Inner and outer edge of each ring.
CRUCIAL, OTHERS = (104.0, 284.0), (298.0, 384.0)
_GAP_DEGREES = 1.6
#: A ring of two roles would be two half circles.
_WIDEST_DEGREES = 60.0
#: A name of two lines fits between two others.
_LABEL_STEP = 34.0
_LABEL_CHARACTERS = 26
_LABELS_FROM, _LABELS_TO = 140.0, 890.0
_MOST_MARKS = {CRUCIAL: 6, OTHERS: 3}
#: A word longer than this is drawn smaller.
_LONG_WORD = 14


#: From and to: degrees of a piece, or the edges of a ring.
Arc = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One person on one role."""

    #: Place in the list of people, from 1; or what is left over, as "+4".
    words: str
    part: Part
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A line of words."""

    words: str
    x: float
    y: float


#: The lines of a name, how they are anchored, and what leads to them ("" for nothing).
Label = tuple[tuple[Line, ...], str, str]


@dataclass(frozen=True)
class Segment:
    """One role, as a piece of a ring."""

    code: str
    name: str
    status: Status
    #: SVG paths of the whole piece, of how far it is filled ("" for nothing), and of the crack.
    shape: str
    filled: str
    crack: str
    #: The name: in the piece for a crucial role, beside the rings for another.
    lines: tuple[Line, ...]
    is_small: bool
    anchor: str
    #: From the piece to its name.
    leader: str
    marks: tuple[Mark, ...]
    #: What the piece says, for who points at it.
    words: str


@dataclass(frozen=True)
class Rings:
    """Everything to draw."""

    segments: tuple[Segment, ...]
    #: The whole picture in a sentence.
    sentence: str


def rings(plot: Plot, result: Result, library: Library) -> Rings:
    """The picture of a result."""
    crucial = [each for each in result.roles if library.roles[each.code].family]
    others = [each for each in result.roles if each not in crucial]
    numbers = {person.id: number for number, person in enumerate(plot.people, start=1)}
    drawn = _segments(crucial, CRUCIAL, plot, numbers) + _segments(others, OTHERS, plot, numbers)
    return Rings(tuple(drawn), sentence(result))


def sentence(result: Result) -> str:
    """What the picture shows, as one would say it."""
    counts = {status: sum(each.status is status for each in result.roles) for status in Status}
    told = [f"{counts[status]} {words}" for status, words in STATUS_WORDS.items() if counts[status]]
    crucial = result.crucial
    filled = f"{crucial.score} van de {crucial.of} cruciale rollen zijn ingevuld."
    return f"{filled} Van alle rollen: {', '.join(told)}." if told else filled


STATUS_WORDS = {
    Status.MISSING: "ontbreekt",
    Status.FRAGILE: "kwetsbaar",
    Status.PARTIAL: "gedeeltelijk",
    Status.FILLED: "ingevuld",
    Status.ELSEWHERE: "elders belegd",
}


def _segments(roles: Sequence[RoleResult], ring: Arc, plot: Plot, numbers: dict[str, int]) -> list[Segment]:
    step = 360 / max(len(roles), 1)
    middles = [step * (place + 0.5) for place in range(len(roles))]
    half = (min(step, _WIDEST_DEGREES) - _GAP_DEGREES) / 2
    arcs = [(middle - half, middle + half) for middle in middles]
    if ring is OTHERS:
        labels = [beside.told(role.name) for beside, role in zip(_beside(middles), roles, strict=True)]
    else:
        labels = [_inside(role.name, middle) for role, middle in zip(roles, middles, strict=True)]
    return [
        _segment(role, arc, ring, label, _told_on(role, plot, numbers, _MOST_MARKS[ring]))
        for role, arc, label in zip(roles, arcs, labels, strict=True)
    ]


def _segment(role: RoleResult, arc: Arc, ring: Arc, label: Label, people: list[tuple[str, Part]]) -> Segment:
    lines, anchor, leader = label
    start, end = arc
    return Segment(
        code=role.code,
        name=role.name,
        status=role.status,
        shape=_piece(arc, ring),
        filled=_filled(role, arc, ring),
        crack=_crack(start + (end - start) * 0.16, ring) if role.status is Status.FRAGILE else "",
        lines=lines,
        is_small=ring is CRUCIAL and max(map(len, _parts(role.name))) > _LONG_WORD,
        anchor=anchor,
        leader=leader,
        marks=_marks(people, arc, ring),
        words=f"{role.name}: {STATUS_WORDS[role.status]}. {role.because}",
    )


def _point(degrees: float, radius: float) -> tuple[float, float]:
    """Degrees from the top, clockwise."""
    turn = math.radians(degrees - 90)
    return round(CENTRE_X + radius * math.cos(turn), 1), round(CENTRE_Y + radius * math.sin(turn), 1)


def _piece(arc: Arc, ring: Arc) -> str:
    (start, end), (inner, outer) = arc, ring
    big = int(end - start > 180)
    points = [_point(start, outer), _point(end, outer), _point(end, inner), _point(start, inner)]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return (
        f"M{ax} {ay}A{outer:g} {outer:g} 0 {big} 1 {bx} {by}"
        f"L{cx} {cy}A{inner:g} {inner:g} 0 {big} 0 {dx} {dy}Z"
    )


def _filled(role: RoleResult, arc: Arc, ring: Arc) -> str:
    """From the inside outwards: what there is of what is wanted."""
    if role.status in (Status.MISSING, Status.ELSEWHERE):
        return ""
    share = min(1.0, role.have_fte / role.want_fte) if role.want_fte else 1.0
    inner, outer = ring
    return _piece(arc, (inner, inner + (outer - inner) * max(share, 0.06)))


def _crack(place: float, ring: Arc) -> str:
    """A jagged line right through, as in a plate that will break."""
    inner, outer = ring
    steps = 6
    points = [
        _point(
            place + (0, 1.5, -1.2, 1.8, -1.5, 1, 0)[step] * 240 / outer,
            inner + (outer - inner) * step / steps,
        )
        for step in range(steps + 1)
    ]
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _inside(name: str, middle: float) -> Label:
    words = _parts(name)
    # A long word begins further in than a short one; further out it stays off the marks, and off the edge.
    share = 0.64 if max(map(len, words)) > _LONG_WORD else 0.62
    x, y = _point(middle, CRUCIAL[0] + (CRUCIAL[1] - CRUCIAL[0]) * share)
    top = y - (len(words) - 1) * 9
    return tuple(Line(word, x, round(top + 18 * place, 1)) for place, word in enumerate(words)), "middle", ""


def _parts(name: str) -> list[str]:
    """The name in lines that stay inside a part of the ring: at its spaces, and at its hyphens."""
    return name.replace("-", "- ").split()


@dataclass(frozen=True)
class _Beside:
    """Where the name of a role of the outer ring stands."""

    middle: float
    y: float

    def told(self, name: str) -> Label:
        is_right = self.middle < 180
        edge = CENTRE_X + (OTHERS[1] + 36) * (1 if is_right else -1)
        from_x, from_y = _point(self.middle, OTHERS[1] + 4)
        bend_x, bend_y = _point(self.middle, OTHERS[1] + 18)
        leader = f"M{from_x} {from_y}L{bend_x} {bend_y}L{edge} {self.y}"
        words = wrap(name, _LABEL_CHARACTERS, break_long_words=False)
        top = self.y + 6 - (len(words) - 1) * 10
        x = edge + (8 if is_right else -8)
        lines = tuple(Line(line, x, round(top + 20 * place, 1)) for place, line in enumerate(words))
        return lines, "start" if is_right else "end", leader


def _beside(middles: list[float]) -> list[_Beside]:
    """Names on both sides, from top to bottom, never over each other."""
    sides = [each for each in middles if each < 180], [each for each in middles if each >= 180][::-1]
    found = {
        middle: _Beside(middle, y) for side in sides for middle, y in zip(side, _spread(side), strict=True)
    }
    return [found[each] for each in middles]


def _spread(side: list[float]) -> list[float]:
    wanted = [_point(each, OTHERS[1] + 24)[1] for each in side]
    for place in range(1, len(wanted)):
        wanted[place] = max(wanted[place], wanted[place - 1] + _LABEL_STEP)
    lowest = _LABELS_TO
    for place in range(len(wanted) - 1, -1, -1):
        wanted[place] = max(min(wanted[place], lowest), _LABELS_FROM)
        lowest = wanted[place] - _LABEL_STEP
    return [round(each, 1) for each in wanted]


def _told_on(role: RoleResult, plot: Plot, numbers: dict[str, int], most: int) -> list[tuple[str, Part]]:
    """What stands on each mark, and how that person fills the role; what does not fit is told as a number."""
    parts = {
        person.id: claim.part for person in plot.people for claim in person.claims if claim.role == role.code
    }
    people = [*role.people, *role.backups]
    shown = people if len(people) <= most else people[: most - 1]
    left = len(people) - len(shown)
    told = [(str(numbers[each]), parts[each]) for each in shown]
    return [*told, (f"+{left}", Part.MAIN)] if left else told


def _marks(told: list[tuple[str, Part]], arc: Arc, ring: Arc) -> tuple[Mark, ...]:
    stands = _stands(len(told), arc, ring)
    return tuple(Mark(*each, *_point(*stand)) for each, stand in zip(told, stands, strict=True))


def _stands(count: int, arc: Arc, ring: Arc) -> list[tuple[float, float]]:
    """Places next to each other; where a piece is narrow, in more rows, each with at least one."""
    (start, end), (inner, outer) = arc, ring
    radius = inner + (outer - inner) * (0.17 if ring is CRUCIAL else 0.5)
    if math.radians(end - start) * radius < count * 27:
        radius = inner + 15
    stands: list[tuple[float, float]] = []
    while len(stands) < count:
        fitting = max(1, int(math.radians(end - start) * radius / 27))
        stands += _row_of(min(fitting, count - len(stands)), (start + end) / 2, radius)
        radius += 26
    return stands


def _row_of(count: int, middle: float, radius: float) -> list[tuple[float, float]]:
    step = 27 / radius * 180 / math.pi
    first = middle - step * (count - 1) / 2
    return [(first + step * place, radius) for place in range(count)]

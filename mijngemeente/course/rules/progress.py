"""How far the goal is: measuring moments, the way to the target, and a line to look at."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mijngemeente.reference.rules.calendar import day_words

from .figures import NAMES, Figure

#: Figures with a number that can be a goal.
INDICATORS = ("mark", "net", "in_norm", "at_once")
#: Field → how it is called.
TARGET_FIELDS: Mapping[str, str] = {
    "indicator": "Welk cijfer",
    "start": "Waar jullie begonnen",
    "start_on": "Gemeten op",
    "target": "Het doel in een getal",
    "target_on": "Gehaald op",
}
#: Nearer to the way than this part of it counts as on the way.
_CLOSE = 0.05
_NUMBER = re.compile(r"-?\d{1,7}([.,]\d{1,3})?")


@dataclass(frozen=True)
class Point:
    """What was measured on a day."""

    on: date
    value: float
    #: Where it comes from, as read.
    source: str = ""


@dataclass(frozen=True)
class Goal:
    """From where to where."""

    name: str
    start: Point
    target: Point

    def planned(self, on: date) -> float:
        """What it would be on that day, if it went evenly."""
        days = (self.target.on - self.start.on).days
        part = min(1.0, max(0.0, (on - self.start.on).days / days))
        return self.start.value + part * (self.target.value - self.start.value)


def number_in(text: str) -> float | None:
    """A number as one types it in Dutch; None for anything else."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def day_in(text: str) -> date | None:
    """A day as a form sends it; None for anything else, and for another age than ours."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def goal_of(fields: Mapping[str, str]) -> Goal | None:
    """What was filled in, when it is whole and goes forward in time."""
    start, target = number_in(fields.get("start", "")), number_in(fields.get("target", ""))
    begins, ends = day_in(fields.get("start_on", "")), day_in(fields.get("target_on", ""))
    if start is None or target is None or begins is None or ends is None or begins >= ends:
        return None
    name = NAMES.get(fields.get("indicator", ""), "Eigen meting")
    return Goal(name, Point(begins, start, "begin"), Point(ends, target, "doel"))


def goal_problem(fields: Mapping[str, str]) -> str:
    """Why there is no line yet; empty for what was not begun."""
    if not any(fields.get(name) for name in ("start", "start_on", "target", "target_on")):
        return ""
    for name in ("start", "target"):
        if number_in(fields.get(name, "")) is None:
            return f"“{TARGET_FIELDS[name]}” is nog geen getal, zoals 6,4."
    begins, ends = day_in(fields.get("start_on", "")), day_in(fields.get("target_on", ""))
    if begins is None or ends is None:
        return "Vul beide dagen in."
    return "" if begins < ends else "De dag van het doel moet na het begin liggen."


def live_points(fields: Mapping[str, str], kept: Iterable[Sequence[Figure]]) -> list[Point]:
    """The chosen figure as each version kept it, and as it is now; the last of a day counts."""
    key = fields.get("indicator", "")
    found = {
        each.on: Point(date.fromisoformat(each.on), each.number, "uit het systeem")
        for figures in kept
        for each in figures
        if each.key == key and each.number is not None
    }
    return sorted(found.values(), key=lambda point: point.on)


def together(typed: Iterable[Point], live: Iterable[Point]) -> list[Point]:
    """Every measuring moment, oldest first; what a person typed goes before what the system says."""
    found = {each.on: each for each in live} | {each.on: each for each in typed}
    return [found[on] for on in sorted(found)]


def verdict(goal: Goal, points: Sequence[Point]) -> str:
    """Where it stands, in a sentence."""
    if not points:
        return f"Van {shown(goal.start.value)} naar {shown(goal.target.value)}. Nog niets gemeten."
    last = points[-1]
    planned, whole = goal.planned(last.on), goal.target.value - goal.start.value
    ahead = (last.value - planned) * (1 if whole >= 0 else -1)
    told = f"Op {day_words(last.on)}: {shown(last.value)}. Volgens plan was het dan {shown(planned)}."
    if (goal.target.value - last.value) * (1 if whole >= 0 else -1) <= 0:
        return f"{told} Het doel is gehaald."
    if abs(ahead) <= _CLOSE * abs(whole):
        return f"{told} Jullie liggen op koers."
    return f"{told} Jullie liggen {'voor' if ahead > 0 else 'achter'}."


def shown(value: float) -> str:
    """With one decimal at most, as one reads it in Dutch."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


WIDTH, HEIGHT = 900, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 860.0, 40.0, 300.0


@dataclass(frozen=True)
class Dot:
    """A point where it is drawn."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Line:
    """Everything to draw."""

    start: Dot
    target: Dot
    dots: tuple[Dot, ...]
    #: SVG path through what was measured.
    path: str
    sentence: str


def line(goal: Goal, points: Sequence[Point]) -> Line:
    """Time from left to right, the target as the end of a straight way."""
    every = [goal.start, goal.target, *points]
    first, last = min(each.on for each in every), max(each.on for each in every)
    low, high = min(each.value for each in every), max(each.value for each in every)
    room = (high - low) * 0.1 or 1.0

    def dot(point: Point) -> Dot:
        x = _LEFT + (_RIGHT - _LEFT) * (point.on - first).days / (last - first).days
        y = _BOTTOM - (_BOTTOM - _TOP) * (point.value - low + room) / (high - low + 2 * room)
        return Dot(round(x, 1), round(y, 1), shown(point.value))

    dots = tuple(map(dot, points))
    path = "M" + "L".join(f"{each.x} {each.y}" for each in dots) if dots else ""
    return Line(dot(goal.start), dot(goal.target), dots, path, verdict(goal, points))

"""Whether the sheet fits on one A4, and where it can be cut.

The paper itself is measured, after it was laid out: how much fits cannot be told from characters.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: From one line of text on the paper to the next (course.typ: 10.5 points and its leading).
LINE_POINTS = 12.8
#: A sheet that is this full gets a word of warning.
_NEARLY_FULL = 2
_MOST_TOLD = 4


@dataclass(frozen=True)
class Room:
    """How much of the paper one part takes."""

    label: str
    lines: int


@dataclass(frozen=True)
class Fit:
    """What the layout said."""

    pages: int
    #: Lines too many; below zero: lines still free.
    over: int
    #: The largest parts first.
    rooms: tuple[Room, ...]

    @property
    def fits(self) -> bool:
        """A promise to who says yes: one sheet."""
        return self.pages == 1

    @property
    def words(self) -> str:
        """In a sentence."""
        if not self.fits:
            return f"Het is {_lines(max(1, self.over))} te lang voor één blad."
        free = -self.over
        if free <= _NEARLY_FULL:
            return "Het past net op één blad."
        return f"Het past op één blad. Er is nog plaats voor {_lines(free)}."

    @property
    def advice(self) -> str:
        """Where to cut; empty for what fits."""
        if self.fits:
            return ""
        told = ", ".join(f"{each.label} ({_lines(each.lines)})" for each in self.rooms[:_MOST_TOLD])
        return f"De meeste ruimte gaat naar: {told}."


def _lines(count: int) -> str:
    return f"{count} {'regel' if count == 1 else 'regels'}"


@dataclass(frozen=True)
class Measured:
    """Where one part begins and ends on the paper, in points from the top of the first page's text."""

    label: str
    begin: float
    end: float


def fit_of(pages: int, height: float, end: float, parts: Sequence[Measured]) -> Fit:
    """`height` is what one page holds, `end` where the text ends, both in points."""
    rooms = [Room(each.label, math.ceil((each.end - each.begin) / LINE_POINTS)) for each in parts]
    told = sorted((each for each in rooms if each.lines > 0), key=lambda room: -room.lines)
    left = (end - height) / LINE_POINTS
    return Fit(pages, math.ceil(left) if left > 0 else -math.floor(-left), tuple(told))

"""The maturity of a team as a picture: for each theme a stair of five steps, filled as far as it is so."""

from collections.abc import Sequence
from dataclasses import dataclass

from .judging import Standing
from .model import THEMES

WIDTH, HEIGHT = 960, 380
_LEFT, _TOP = 20.0, 60.0
_STAIR, _GAP = 300.0, 10.0
_STEP_WIDTH, _LOWEST, _RISE = 58.0, 56.0, 40.0
_GROUND = 300.0


@dataclass(frozen=True)
class Block:
    """One step of a stair."""

    number: int
    x: float
    y: float
    width: float
    height: float
    #: From the ground up: the part of its statements that is so.
    filled_y: float
    filled_height: float
    is_reached: bool


@dataclass(frozen=True)
class Stair:
    """One theme."""

    name: str
    x: float
    words: str
    blocks: tuple[Block, ...]
    #: Where the flag stands: above the level that is reached; None below the first.
    flag_x: float | None
    flag_y: float


@dataclass(frozen=True)
class Stairs:
    """Everything to draw."""

    stairs: tuple[Stair, ...]
    sentence: str


def stairs(standings: Sequence[Standing], names: Sequence[str]) -> Stairs:
    """The picture; `names` are those of the five levels."""
    drawn = tuple(_stair(place, each, names) for place, each in enumerate(standings))
    return Stairs(drawn, " ".join(f"{each.name}: {each.words}." for each in drawn))


def _stair(place: int, standing: Standing, names: Sequence[str]) -> Stair:
    x = _LEFT + place * (_STAIR + _GAP)
    blocks = tuple(_block(x, number, standing) for number in range(len(names)))
    top = blocks[standing.level - 1] if standing.level else None
    words = f"niveau {standing.level}, {names[standing.level - 1].lower()}" if top else "nog geen niveau 1"
    flag_x = top.x + top.width / 2 if top else None
    return Stair(THEMES[standing.theme], x, words, blocks, flag_x, top.y if top else _GROUND)


def _block(x: float, number: int, standing: Standing) -> Block:
    height = _LOWEST + number * _RISE
    filled = round(height * standing.shares[number], 1)
    left = x + number * _STEP_WIDTH
    return Block(
        number=number + 1,
        x=left,
        y=_GROUND - height,
        width=_STEP_WIDTH - 4,
        height=height,
        filled_y=round(_GROUND - filled, 1),
        filled_height=filled,
        is_reached=number < standing.level,
    )


DOTS_WIDTH, ROW = 760, 30


@dataclass(frozen=True)
class Dots:
    """One success factor: five dots, filled up to its score."""

    name: str
    y: int
    #: Where each stands, and whether it is filled.
    dots: tuple[tuple[int, bool], ...]


def dots(scores: Sequence[tuple[str, int]]) -> tuple[Dots, ...]:
    """Names with their scores; 0 where nobody scored."""
    return tuple(
        Dots(name, number * ROW, tuple((590 + 34 * place, place < score) for place in range(5)))
        for number, (name, score) in enumerate(scores)
    )

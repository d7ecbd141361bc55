"""What changed between two texts: paragraph by paragraph, then word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one fate."""

    change: Change
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The pieces in reading order: what was removed stands before what took its place."""
    return list(_joined(_pieces(_tokens(old), _tokens(new))))


def _tokens(text: str) -> list[str]:
    """Words, what stands between them, and white space, each by itself: a comma more is only a comma."""
    return re.findall(r"\w+|[^\w\s]+|\s+", text)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            yield Piece(Change.SAME, "".join(new[new_from:new_to]))
            continue
        if old_from < old_to:
            yield Piece(Change.REMOVED, "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield Piece(Change.ADDED, "".join(new[new_from:new_to]))


# One small word between two changes is noise to who listens to it.
_SMALL = 3


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """One short word left between two changes is read as part of the change."""
    waiting: list[Piece] = []
    for piece in pieces:
        if piece.change is Change.SAME and (len(piece.text.strip()) > _SMALL or not waiting):
            yield from _as_change(waiting)
            yield piece
            waiting = []
        else:
            waiting.append(piece)
    yield from _as_change(waiting)


def _as_change(run: Sequence[Piece]) -> Iterator[Piece]:
    trailing = []
    if run and run[-1].change is Change.SAME:
        *run, last = run
        trailing = [last]
    removed = "".join(each.text for each in run if each.change is not Change.ADDED)
    added = "".join(each.text for each in run if each.change is not Change.REMOVED)
    if removed:
        yield Piece(Change.REMOVED, removed)
    if added:
        yield Piece(Change.ADDED, added)
    yield from trailing

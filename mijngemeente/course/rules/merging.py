"""What two people typed at once, field by field: nothing of it is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from .sheet import ACTION_PARTS, KEPT_CHARACTERS, LISTS, MOST_ACTIONS, action_field

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Clash:
    """One field that two people gave another text."""

    field: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """What to write down, and what only a person can decide."""

    changed: dict[str, str]
    clashes: tuple[Clash, ...]


def merged(base: Texts, theirs: Texts, mine: Texts) -> Merged:
    """`base` is what I began with, `theirs` what stands there now, `mine` what I typed.

    Fields that I did not send are as I began with them.
    """
    typed = _moved_to_free_rows(base, theirs, {**base, **mine})
    changed: dict[str, str] = {}
    clashes = []
    for field, text in typed.items():
        here, began = theirs.get(field, ""), base.get(field, "")
        if text in (began, here):
            continue
        together = text if here == began else _together(field, began, here, text)
        if together is None:
            clashes.append(Clash(field, here, text))
        elif together != here:
            changed[field] = together
    return Merged(changed, tuple(clashes))


def _together(field: str, base: str, theirs: str, mine: str) -> str | None:
    if field not in LISTS:
        return None
    lines = lines_together(base.splitlines(), theirs.splitlines(), mine.splitlines())
    text = None if lines is None else "\n".join(lines)
    return text if text is not None and len(text) <= KEPT_CHARACTERS else None


def lines_together(base: list[str], theirs: list[str], mine: list[str]) -> list[str] | None:
    """Both changes to one list; None where they touch the same line."""
    edits = [*_edits(base, theirs), *_edits(base, mine)]
    edits.sort(key=lambda edit: (edit[0], edit[1]))
    for (_, end, _), (begin, _, _) in pairwise(edits):
        if begin < end:
            return None
    found, place = [], 0
    for begin, end, lines in edits:
        found += [*base[place:begin], *lines]
        place = end
    return [*found, *base[place:]]


def _edits(base: list[str], changed: list[str]) -> list[tuple[int, int, list[str]]]:
    """From and up to which line of `base` stands what instead."""
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [(begin, end, changed[low:high]) for kind, begin, end, low, high in codes if kind != "equal"]


def _moved_to_free_rows(base: Texts, theirs: Texts, mine: Texts) -> dict[str, str]:
    """An action that I typed in a row where somebody else just began one goes to the next free row."""
    moved = dict(mine)
    for place in range(MOST_ACTIONS):
        if _row(base, place) or not _row(theirs, place) or not _row(moved, place):
            continue
        free = [row for row in range(MOST_ACTIONS) if not _row(theirs, row) and not _row(moved, row)]
        if _row(moved, place) != _row(theirs, place) and free:
            for part in ACTION_PARTS:
                moved[action_field(free[0], part)] = moved.get(action_field(place, part), "")
                moved[action_field(place, part)] = theirs.get(action_field(place, part), "")
    return moved


def _row(texts: Texts, place: int) -> tuple[str, ...]:
    """The parts of an action; empty when nothing is typed there."""
    parts = tuple(texts.get(action_field(place, part), "").strip() for part in ACTION_PARTS)
    return parts if any(parts) else ()

"""Names that are almost written right."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .gazetteer import Name

SHORTEST = 5
#: From this length two letters may be wrong.
LONG = 8


class Spelling:
    """Finds a name by leaving out one letter of both; made when first needed."""

    def __init__(self, names: "Mapping[str, Name]", lookalikes: frozenset[str]) -> None:
        self._given = names
        self._lookalikes = lookalikes

    @cached_property
    def _names(self) -> "dict[str, Name]":
        return {
            plain.replace(" ", ""): name
            for plain, name in self._given.items()
            if len(plain) >= SHORTEST and name.kind in ("municipality", "place", "former", "district")
        }

    @cached_property
    def _without_one(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for plain in self._names:
            for shorter in {plain, *_leaving_out_one(plain)}:
                index.setdefault(shorter, []).append(plain)
        return index

    def nearly(self, word: str, *, mistakes: int = 1) -> "tuple[str, Name] | None":
        """The one name that the word (without spaces) nearly is; None when it is a word or could be two."""
        if len(word) < SHORTEST or word in self._lookalikes:
            return None
        best = self._nearest(word, mistakes if len(word) >= LONG else 1)
        if len(best) == 1:
            return best[0], self._names[best[0]]
        kinds = {self._names[each].codes for each in best}
        return (best[0], self._names[best[0]]) if len(kinds) == 1 else None

    def is_near(self, word: str) -> bool:
        """Whether a name is one letter away, another first letter aside."""
        return bool(self._nearest(word, 1))

    def _nearest(self, word: str, mistakes: int) -> list[str]:
        index = self._without_one
        near = {name for shorter in (word, *_leaving_out_one(word)) for name in index.get(shorter, ())}
        if not near and mistakes > 1:
            twice = {each for once in _leaving_out_one(word) for each in _leaving_out_one(once)}
            near = {name for shorter in twice for name in index.get(shorter, ())}
        ranked = sorted((distance(word, name), name) for name in near if name[0] == word[0])
        if not ranked or ranked[0][0] > mistakes:
            return []
        return [name for cost, name in ranked if cost == ranked[0][0]]


def _leaving_out_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def distance(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour."""
    if one == other:
        return 0
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            line.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, line
    return last[-1]

"""Names that are almost written right."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .gazetteer import Name

SHORTEST = 5
#: From this length two letters may be wrong.
LONG = 8
#: The same for words taken together, which are a name less often.
LONG_TOGETHER = 12
LONGEST = 30
#: Half of all sentences hold one of these; what begins with them must be spelt right.
TOO_COMMON = frozenset(
    [
        "de",
        "het",
        "een",
        "t",
        "s",
        "huis",
        "nieuwe",
        "nieuw",
        "tweede",
        "hoek",
        "hoog",
        "hoge",
        "oud",
        "oude",
        "midden",
        "tussen",
        "boven",
    ]
)
#: "Kapelle ad ijsel".
_ABBREVIATED = re.compile(r" a ?/?d(?:en?)? ")
#: Words that are no name and need not be looked at again.
REMEMBERED = 100_000
#: What is written in more ways.
SOUNDS = (
    ("sch", "sk"), ("ij", "y"), ("ei", "y"), ("cht", "gt"), ("ch", "g"), ("ck", "k"), ("dt", "t"),
    ("th", "t"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("ou", "au"), ("uw", "w"), ("ph", "f"),
    ("x", "ks"), ("ae", "aa"), ("ue", "uu"), ("oe", "u"), ("ey", "y"), ("gs", "ks"),
)  # fmt: skip


class Spelling:
    """Finds a name by leaving out one letter of both, or by how it sounds."""

    def __init__(self, names: "Mapping[str, Name]", lookalikes: frozenset[str]) -> None:
        spelt = {plain: name for plain, name in names.items() if len(plain) >= SHORTEST}
        self._lookalikes = lookalikes
        self._idle: set[str] = set()
        self._names = {plain.replace(" ", ""): name for plain, name in spelt.items()}
        #: Those of more words, and how many their first word can lead to.
        self._whole = frozenset(plain.replace(" ", "") for plain in spelt if " " in plain)
        self._lengths: dict[str, set[int]] = {}
        for plain in spelt:
            if " " in plain and plain.split()[0] not in TOO_COMMON:
                words = plain.count(" ") + 1
                self._lengths.setdefault(plain.split()[0], set()).update(range(max(words - 1, 2), words + 1))
        self._without_one: dict[str, list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        for plain in self._names:
            self._sounds.setdefault(_sound(plain), []).append(plain)
            for shorter in {plain, *_leaving_out_one(plain)}:
                self._without_one.setdefault(shorter, []).append(plain)

    def doubtful(self, words: Iterable[str]) -> set[str]:
        """The words that may be a misspelt name, or begin one. Remembers those that never are."""
        return {word for word in set(words) - self._idle if not self._is_idle(word)}

    def _is_idle(self, word: str) -> bool:
        leads = word in self._lengths or self.nearly(word, mistakes=2, is_name=True) is not None
        if not leads and len(self._idle) < REMEMBERED:
            self._idle.add(word)
        return not leads

    def lengths(self, first: str) -> Iterator[int]:
        """How many words a name that begins with this word can have, the longest first."""
        return iter(sorted(self._lengths.get(first, ()), reverse=True))

    def nearly(self, written: str, *, mistakes: int = 1, is_name: bool = False) -> "Name | None":
        """The one name that it nearly is; None when it could be two, or is a word and not surely a name."""
        word = _ABBREVIATED.sub(" aan den ", written).replace(" ", "")
        if not SHORTEST <= len(word) <= LONGEST or (word in self._lookalikes and not is_name):
            return None
        near = self._nearest(
            word, mistakes if len(word) >= (LONG_TOGETHER if " " in written else LONG) else 1
        )
        if " " in written:
            near = [name for name in near if name in self._whole]
        return self._one([self._names[each] for each in near])

    def _one(self, near: "list[Name]") -> "Name | None":
        """The only one, or the only municipality among villages."""
        for among in (near, [name for name in near if name.kind == "municipality"]):
            if len({name.codes for name in among}) == 1:
                return among[0]
        return None

    def is_near(self, word: str) -> bool:
        """Whether a name is one letter away, another first letter aside."""
        return bool(self._nearest(word, 1))

    def _nearest(self, word: str, mistakes: int) -> list[str]:
        index = self._without_one
        near = {name for shorter in (word, *_leaving_out_one(word)) for name in index.get(shorter, ())}
        alike = self._sounds.get(_sound(word), []) if len(word) > SHORTEST else []
        if not near and alike:
            return alike
        if not near and mistakes > 1:
            twice = {each for once in _leaving_out_one(word) for each in _leaving_out_one(once)}
            near = {name for shorter in twice for name in index.get(shorter, ())}
        ranked = sorted((distance(word, name), name) for name in near if name[0] == word[0])
        if not ranked or ranked[0][0] > mistakes:
            return alike
        return [name for cost, name in ranked if cost == ranked[0][0]]


def _sound(word: str) -> str:
    """The same for what is said the same: Zwijndregt, Nijmeegen, Eindhofen."""
    word = word.replace("aanden", "aande").replace("opden", "opde")
    for written, said in SOUNDS:
        word = word.replace(written, said)
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


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

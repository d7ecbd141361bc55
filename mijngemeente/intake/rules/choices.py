"""Which of some municipalities somebody means."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Choice:
    """One municipality to choose."""

    code: str
    #: As a resident knows it; with its province if another one has the same name.
    label: str
    #: Words that tell it from the others, in small letters.
    words: frozenset[str]


def named(rows: Iterable[tuple[str, str, str]]) -> list[Choice]:
    """The choices by (code, name, province)."""
    found = list(rows)
    plain = [_plain(name) for _, name, _ in found]
    times = Counter(plain)
    labels = [
        f"{name} ({province})" if times[name] > 1 else name
        for name, (_, _, province) in zip(plain, found, strict=True)
    ]
    words = [frozenset(_words(label)) for label in labels]
    return [
        Choice(code, label, own.difference(*(other for other in words if other is not own)))
        for (code, _, _), label, own in zip(found, labels, words, strict=True)
    ]


def _plain(name: str) -> str:
    """Without the province between brackets: "Bergen (L.)" is called Bergen there."""
    return name.split(" (", maxsplit=1)[0]


def chosen_in(text: str, choices: Sequence[Choice]) -> str:
    """The code of the only one whose own words stand in a short answer; empty if none or more do."""
    said = set(_words(text[:ANSWER_CHARACTERS]))
    found = [each.code for each in choices if each.words & said]
    return found[0] if len(found) == 1 else ""


#: A longer answer is a story, and may name another one in passing.
ANSWER_CHARACTERS = 300


def _words(text: str) -> list[str]:
    found = _WORD.findall(text.lower())
    return [word for word in found if len(word) > 1 and word not in _LITTLE]


#: They stand in names as in any sentence: "op het strand" is not Bergen op Zoom.
_LITTLE = frozenset(("aan", "bij", "de", "den", "der", "en", "het", "in", "op", "te", "ten", "ter", "van"))

"""Phrases with room in them: `<ik> ~ niet meer (leven|verder)` finds "ik wil echt niet meer leven".

A phrase is a row of words. `vermoord-` is a word that begins so, `-boom` one that ends so, `-brand-` one that
has it inside. `(a|b c)` is one of these, `[a]` may be absent, `<name>` is one of a named set, `~` is room for
four words, `*` for ten, `$` the end of the sentence; room ends there as well.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from .words import Words, without_marks

#: Words kept with the phrases that they may be part of; who sends new ones only makes us forget.
REMEMBERED = 50_000
#: How far around its key word a phrase may reach, in characters.
REACH = 160
#: How often we look at most, so that 20,000 characters of nothing but danger stay quick.
MOST_LOOKS = 400
#: Before the label of a phrase that takes back another of that label.
NOT = "not "

PART = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S+")
ROOM = {"~": r"(?: [^ |]+){0,4}?", "*": r"(?: [^ |]+){0,10}?", "$": r"(?: \||\Z)"}
#: Words that say nothing by themselves: never the key of a phrase.
EMPTY_WORDS = (
    "ik je jij jullie u me mij mijn mn we wij ons onze hij zij ze hem haar het de een er dat die dit is ben "
    "zijn was wordt word niet nie geen meer en of in op aan van voor met naar uit te om bij al maar nog heb "
    "heeft hebben kan wil ga zal moet i you my the a to not no it am be and"
)
EMPTY = frozenset(EMPTY_WORDS.split())


class Hit(NamedTuple):
    """A phrase that was found; `start` and `end` count words."""

    label: str
    start: int
    end: int


class Phrase:
    """One phrase; its expression is made when its key word first occurs."""

    __slots__ = ("_pattern", "expression", "keys", "label")

    def __init__(self, label: str, line: str, sets: Mapping[str, str]) -> None:
        parts = PART.findall(filled(line, sets).strip(" ~*"))
        self.label = label
        self.keys = key_words(parts)
        self.expression = None if is_bare(parts) else expression(parts)
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Raises TypeError for a phrase of one word: that one needs none."""
        if self._pattern is None:
            self._pattern = re.compile(str(self.expression))
        return self._pattern


def filled(line: str, sets: Mapping[str, str]) -> str:
    """The line without accents and with its named sets written out, also sets in sets."""
    line = re.sub(r"(?<!\S)(<\w+>)(?!\S)", r"(\1)", line.lower())
    while "<" in line:
        line = re.sub(r"<(\w+)>", lambda found: sets[found[1]].strip(), line)
    return without_marks(line)


def is_bare(parts: list[str]) -> bool:
    """Whether it is one word, or one of some, so that seeing it is having found it."""
    return len(parts) == 1 and not any(room in parts[0] for room in (" ", *ROOM))


def alternatives(part: str) -> list[str]:
    return part.strip("()[]").split("|")


def key_words(parts: list[str]) -> tuple[str, ...]:
    """Of the part that says most, one word of each alternative: no message without one has the phrase."""
    chosen = [
        tuple(max(each.split(), key=weight) for each in alternatives(part))
        for part in parts
        if part[0] not in "[~*$"
    ]
    return max(chosen, key=lambda words: min(map(weight, words)))


def weight(word: str) -> int:
    return 0 if word in EMPTY or word in ROOM else len(word.strip("-"))


def expression(parts: list[str]) -> str:
    """Over folded words, each with one space before it."""
    return "".join(map(expression_of, parts)) + r"(?= |\Z)"


def expression_of(part: str) -> str:
    written = "|".join("".join(map(piece, each.split())) for each in alternatives(part))
    return f"(?:{written})" + ("?" if part[0] == "[" else "")


def piece(word: str) -> str:
    """A word, or room between words."""
    if word in ROOM:
        return ROOM[word]
    before, after = word.startswith("-"), word.endswith("-") and len(word) > 1
    return " " + "[^ |]*" * before + re.escape(word.strip("-")) + "[^ |]*" * after


class Phrasebook:
    """Phrases under labels, looked up all at once."""

    def __init__(self, lines: Iterable[tuple[str, str]], sets: Mapping[str, str]) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._starts: dict[str, list[Phrase]] = defaultdict(list)
        self._ends: dict[str, list[Phrase]] = defaultdict(list)
        self._parts: dict[str, list[Phrase]] = defaultdict(list)
        self._known: dict[str, tuple[tuple[str, ...], tuple[Phrase, ...]]] = {}
        for label, line in lines:
            phrase = Phrase(label, line, sets)
            for key in phrase.keys:
                self._shelf(key)[key.strip("-")].append(phrase)

    def _shelf(self, key: str) -> dict[str, list[Phrase]]:
        before, after = key.startswith("-"), key.endswith("-")
        if before and after:
            return self._parts
        return self._ends if before else self._starts if after else self._exact

    def find(self, words: Words) -> list[Hit]:
        """Every phrase of the text, a phrase at most once for each of its key words."""
        row = list(map(self._phrases, words.folded))
        hits = [Hit(label, index, index + 1) for index, (labels, _) in enumerate(row) for label in labels]
        if any(phrases for _, phrases in row):
            text, starts = line_of(words)
            places = ((phrase, index) for index, (_, phrases) in enumerate(row) for phrase in phrases)
            found = (look(phrase, index, text, starts) for phrase, index in islice(places, MOST_LOOKS))
            hits += [hit for hit in found if hit]
        return settled(hits)

    def _phrases(self, word: str) -> tuple[tuple[str, ...], tuple[Phrase, ...]]:
        """The labels that the word alone has, and the phrases to look for around it."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = tuple(dict.fromkeys(self._search(word)))
            alone = tuple(dict.fromkeys(phrase.label for phrase in found if phrase.expression is None))
            known = self._known[word] = alone, tuple(phrase for phrase in found if phrase.expression)
        return known

    def _search(self, word: str) -> Iterable[Phrase]:
        yield from self._exact.get(word, ())
        for end in range(2, len(word) + 1):
            yield from self._starts.get(word[:end], ())
            yield from self._ends.get(word[-end:], ())
            for start in range(len(word) - end + 1):
                yield from self._parts.get(word[start : start + end], ())


def line_of(words: Words) -> tuple[str, list[int]]:
    """The folded words with a space before each, and where each of those spaces stands."""
    starts = list(accumulate((len(word) + 1 for word in words.folded), initial=0))
    return "".join(f" {word}" for word in words.folded), starts


def look(phrase: Phrase, index: int, text: str, starts: list[int]) -> Hit | None:
    place = starts[index]
    found = phrase.pattern.search(text, max(0, place - REACH), place + REACH)
    if found is None:
        return None
    first = bisect_right(starts, found.start()) - 1
    return Hit(phrase.label, first, bisect_right(starts, found.end() - 1))


def settled(hits: list[Hit]) -> list[Hit]:
    """Without what a harmless phrase takes back: with "ik lach me dood" nobody dies."""
    harmless = [hit for hit in hits if hit.label.startswith(NOT)]
    if not harmless:
        return hits
    return [
        hit
        for hit in hits
        if not any(
            each.label == NOT + hit.label and each.start < hit.end and hit.start < each.end
            for each in harmless
        )
    ]

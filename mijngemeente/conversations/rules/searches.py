"""What somebody types to find what was said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from mijngemeente.reference.rules.lexemes import Token, quoted, tokens_of, words_of

TYPED_CHARACTERS = 300
TERMS = 25
# Shorter beginnings would read half the index.
PREFIX_CHARACTERS = 3

_TERM = re.compile(
    r"""
    (?P<without>(?:(?<=\s)|^)-(?=["\w]))?
    (?:
        (?P<person>(?i:van):)(?:"(?P<name>[^"]*)"?|(?P<bare_name>[^\s"]+))
        | "(?P<phrase>[^"]*)"?
        | \#(?P<number>\d{1,9})\b
        | (?P<text>(?:(?!\s-["\w]|(?<!\S)(?i:van):|(?<!\S)\#\d|")[\s\S])+)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """One thing that must, or must not, be there."""

    #: As PostgreSQL's `tsquery` has it.
    query: str
    is_without: bool = False
    #: What is marked in the text.
    lexemes: tuple[str, ...] = ()
    #: The word is perhaps not finished: all words with this beginning.
    beginning: str = ""
    #: `query` as it would be if it is finished.
    whole: str = ""
    #: Folded words that must stand side by side.
    phrase: tuple[str, ...] = ()
    #: As typed, for "Bedoelde je …?"; empty where a guess would be of no use.
    word: str = ""


@dataclass(frozen=True)
class Asked:
    """What somebody searches for."""

    terms: tuple[Term, ...]

    @property
    def query(self) -> str:
        """The whole as `tsquery`; empty if there is nothing to search for."""
        if all(each.is_without for each in self.terms):
            return ""
        return " & ".join(f"!({each.query})" if each.is_without else f"({each.query})" for each in self.terms)

    @property
    def whole(self) -> "Asked":
        """The same, taking each word for finished."""
        return Asked(tuple(replace(each, query=each.whole or each.query) for each in self.terms))

    @property
    def lexemes(self) -> frozenset[str]:
        """Everything that is marked."""
        return frozenset(lexeme for term in self._wanted for lexeme in term.lexemes)

    @property
    def beginnings(self) -> tuple[str, ...]:
        """With what a word begins that is marked."""
        return tuple(term.beginning for term in self._wanted if term.beginning)

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Sentences that must be there to the letter: the index knows only that their words are."""
        return tuple(term.phrase for term in self._wanted if term.phrase)

    @property
    def _wanted(self) -> Iterator[Term]:
        return (term for term in self.terms if not term.is_without)

    def with_word(self, place: int, lexeme: str) -> "Asked":
        """The same, with another word in one place."""
        changed = list(self.terms)
        changed[place] = replace(
            changed[place], query=quoted(lexeme), lexemes=(lexeme,), beginning="", whole="", word=""
        )
        return Asked(tuple(changed))


def read_search(typed: str) -> Asked:
    """What was typed; `"exact zin"`, `-zonder`, `van:naam` and `#123` have a meaning, nothing is an error."""
    typed = typed[:TYPED_CHARACTERS].replace("\x00", " ")
    terms: list[Term] = []
    for match in _TERM.finditer(typed):
        terms += _read(match, is_last=match.end() == len(typed))
    return Asked(tuple(terms[:TERMS]))


def _read(match: re.Match[str], *, is_last: bool) -> Iterator[Term]:
    is_without = match["without"] is not None
    if match["number"]:
        yield Term(quoted(f"n:{int(match['number'])}"), is_without)
    elif match["phrase"] is not None:
        yield from _phrase(match["phrase"], is_without)
    elif match["person"]:
        name = match["name"] or match["bare_name"] or ""
        yield from _words(name, is_without, weight="B", is_last=is_last)
    elif is_without:
        yield from _negated(match["text"], is_last=is_last)
    else:
        yield from _words(match["text"] or "", is_without, is_last=is_last)


def _negated(text: str, *, is_last: bool) -> Iterator[Term]:
    """The minus goes for the first word only."""
    first, *others = text.split(maxsplit=1)
    yield from _words(first, True)
    if others:
        yield from _words(others[0], False, is_last=is_last)


def _words(text: str, is_without: bool, *, weight: str = "", is_last: bool = False) -> Iterator[Term]:
    tokens = [token for token in tokens_of(text) if token.lexemes]
    for token in tokens:
        is_unfinished = is_last and token.end == len(text) and len(token.word) >= PREFIX_CHARACTERS
        beginning = _beginning(token) if is_unfinished else ""
        yield Term(
            _query(token, weight, beginning),
            is_without,
            lexemes=token.lexemes[:1] + token.parts,
            beginning=beginning,
            whole=_query(token, weight, "") if beginning else "",
            word=token.word if token.word.isalpha() else "",
        )


def _beginning(token: Token) -> str:
    return token.word if token.word.isalnum() else token.lexemes[0]


def _query(token: Token, weight: str, beginning: str) -> str:
    """The whole, or all its parts, or what begins like it."""
    weighted = f":{weight}" if weight else ""
    ways = [quoted(token.lexemes[0]) + weighted]
    if len(token.parts) > 1:
        ways.append("(" + " & ".join(quoted(each) + weighted for each in token.parts) + ")")
    if beginning:
        ways.append(f"{quoted(beginning)}:*{weight}")
    return " | ".join(ways)


def _phrase(text: str, is_without: bool) -> Iterator[Term]:
    """Words side by side, with the gaps that silent words leave."""
    tokens = list(tokens_of(text))
    places = [(place, token) for place, token in enumerate(tokens) if token.lexemes]
    if not places:
        return
    query = quoted(places[0][1].lexemes[0])
    for (before, _), (place, token) in pairwise(places):
        query += f" <{place - before}> {quoted(token.lexemes[0])}"
    lexemes = tuple(token.lexemes[0] for _, token in places)
    yield Term(query, is_without, lexemes=lexemes, phrase=tuple(token.word for token in tokens))


def holds(phrase: Iterable[str], text: str) -> bool:
    """Whether the text has these words side by side, to the letter but for case and accents."""
    wanted = tuple(phrase)
    words = words_of(text)
    return any(tuple(words[at : at + len(wanted)]) == wanted for at in range(len(words)))


@dataclass(frozen=True)
class Fragment:
    """A part of a text, perhaps one that was searched for."""

    text: str
    is_marked: bool = False


def marked(text: str, asked: Asked, *, characters: int) -> list[Fragment]:
    """The place in the text where most was found, in pieces; empty if nothing was."""
    hits = [(token.start, token.end) for token in tokens_of(text) if _is_hit(token, asked)]
    if not hits:
        return []
    start = _best_start(hits, characters)
    begin = 0 if start < characters // 3 else text.rfind(" ", 0, start - characters // 5) + 1
    end = len(text) if len(text) <= begin + characters else text.rfind(" ", begin + 1, begin + characters)
    return list(_fragments(text, [hit for hit in hits if hit[0] >= begin], begin, max(end, begin + 1)))


def _is_hit(token: Token, asked: Asked) -> bool:
    return not asked.lexemes.isdisjoint(token.lexemes) or any(
        token.word.startswith(each) or any(lexeme.startswith(each) for lexeme in token.lexemes)
        for each in asked.beginnings
    )


def _best_start(hits: list[tuple[int, int]], characters: int) -> int:
    """From which hit on most others stand within so many characters; the first of these."""

    def others(start: int) -> int:
        return sum(start <= each < start + characters * 4 // 5 for each, _ in hits)

    return max((start for start, _ in hits[:200]), key=lambda start: (others(start), -start))


def _fragments(text: str, hits: list[tuple[int, int]], begin: int, end: int) -> Iterator[Fragment]:
    if begin:
        yield Fragment("… ")
    at = begin
    for start, stop in hits:
        if start >= end:
            break
        yield Fragment(text[at:start])
        yield Fragment(text[start:stop], is_marked=True)
        at = stop
    yield Fragment(text[at : max(at, end)])
    if end < len(text):
        yield Fragment(" …")


#: What sounds alike, or stands beside it on paper, in Dutch.
SOUNDS = (
    ("ei", "ij"), ("au", "ou"), ("d", "t"), ("dt", "t"), ("c", "k"), ("g", "ch"), ("s", "z"), ("f", "v"),
    ("i", "ie"), ("k", "q"), ("x", "ks"), ("y", "i"), ("ph", "f"), ("sch", "s"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A shorter word is one letter away from too many others.
GUESSED_LETTERS = 4


def spellings_of(word: str) -> Iterator[str]:
    """What somebody may have meant: one letter more, less, other or changed places, or two other sounds."""
    if len(word) < GUESSED_LETTERS or len(word) > 30 or not word.isalpha():
        return
    seen = {word}
    once = set(_sounding(word))
    for each in (*once, *(again for sound in once for again in _sounding(sound)), *_one_letter_away(word)):
        if each not in seen:
            seen.add(each)
            yield each


def _sounding(word: str) -> Iterator[str]:
    for pair in SOUNDS:
        for heard, written in (pair, pair[::-1]):
            for match in re.finditer(heard, word):
                yield word[: match.start()] + written + word[match.end() :]


def _one_letter_away(word: str) -> Iterator[str]:
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    yield from (left + right[1:] for left, right in halves if right)
    yield from (left + each + right for left, right in halves for each in _LETTERS)
    yield from (left + each + right[1:] for left, right in halves if right for each in _LETTERS)

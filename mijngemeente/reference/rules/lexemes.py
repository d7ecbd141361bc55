"""From text to what is kept in the index of words, and back to where it stands in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .words import deed_of, fold, lexeme_of, parts_of

#: Changes when other lexemes come of the same text; rows of an older version are made anew by
#: `mijngemeente search rebuild`.
VERSION = 1
# Of longer texts the rest is not kept; PostgreSQL keeps no position past 16,383 (manual, 12.11).
TOKENS = 12_000
LEXEME_CHARACTERS = 60
# A name in an address that says nothing: www, nl, com.
TELLING_LETTERS = 3
#: In every text, so they find nothing. "Geen" and "niet" are not among them.
_SILENT = """
    de het een en van in op te dat die is voor met zijn aan er om dan als bij of uit ook naar door
    over we ik u je wij hij ze zij mijn uw onze ons was wat deze dit maar hebben heeft heb worden
    wordt kan kunnen zou tot nog al wel
"""
SILENT = frozenset(_SILENT.split())

_TOKEN = re.compile(
    r"""
    (?P<address>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<postcode>\b[1-9]\d{3}[ \u00a0]?[A-Za-z]{2}\b)
    | (?P<phone>(?<!\w)(?:\+\d{2}|0)[\d\-/ .()\u00a0]{7,16}\d\b)
    | (?P<code>\b(?=[\w./-]*\d)\w+(?:[-/.]\w+)+)
    | (?P<word>[^\W_]+(?:['’]s\b)?)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A word of a text, or something that counts as one: a telephone number, a mail address."""

    start: int
    end: int
    #: What stands there, folded.
    word: str
    #: What it is kept under, the first for the whole.
    lexemes: tuple[str, ...]
    #: Lexemes that together mean the same as the whole.
    parts: tuple[str, ...] = ()


def tokens_of(text: str) -> Iterator[Token]:
    """Every token, in order, silent words included; those have no lexemes."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        found = match[0]
        lexemes = tuple(dict.fromkeys(each[:LEXEME_CHARACTERS] for each in _READERS[kind](found) if each))
        parts = lexemes[1:] if kind == "code" else parts_of(fold(found)) if kind == "word" else ()
        yield Token(match.start(), match.end(), fold(found), lexemes, parts)


def words_of(text: str) -> list[str]:
    """What stands in a text word by word, folded, without looking for what it is kept under."""
    return [fold(match[0]) for match in _TOKEN.finditer(text)]


def _word(found: str) -> Iterator[str]:
    word = re.sub("['’]s$", "", fold(found))
    if word in SILENT:
        return
    yield lexeme_of(word)
    yield from parts_of(word)
    yield deed_of(word)


def _address(found: str) -> Iterator[str]:
    """Whole, and each telling part."""
    whole = fold(found).strip(".-")
    yield whole
    yield from _telling(whole)


def _telling(whole: str) -> Iterator[str]:
    for part in re.split(r"[\W_]+", whole):
        if len(part) >= TELLING_LETTERS:
            yield lexeme_of(part) if part.isalpha() else part


def _squeezed(found: str) -> Iterator[str]:
    yield re.sub(r"[\W_]", "", fold(found))


def _postcode(found: str) -> Iterator[str]:
    yield from _squeezed(found)
    yield found[:4]


def _phone(found: str) -> Iterator[str]:
    """As it is dialled inside the country: +31 6 and 06 are one number."""
    digits = re.sub(r"\D", "", found)
    yield "0" + digits.removeprefix("31").lstrip("0") if found.startswith("+31") else digits


def _code(found: str) -> Iterator[str]:
    """A number of a case, a plate or a date: whole without its dashes, and its parts."""
    yield from _squeezed(found)
    for part in re.split(r"[\W_]+", fold(found)):
        if len(part) >= TELLING_LETTERS:
            yield lexeme_of(part) if part.isalpha() else part


_READERS = {
    "address": _address,
    "postcode": _postcode,
    "phone": _phone,
    "code": _code,
    "word": _word,
}


@dataclass(frozen=True)
class Vector:
    """What is kept of one message."""

    #: A `tsvector` as PostgreSQL reads it.
    text: str
    #: The text was longer than we keep.
    is_cut: bool


def vector_of(marks: list[str], parts: list[tuple[str, str]]) -> Vector:
    """`parts` are (weight, text), one after another; `marks` stand beside them without a place.

    A mark holds a colon, which no word does: nobody who types can reach one.
    """
    places: dict[str, list[str]] = {}
    position = count = 0
    for weight, text in parts:
        for token in tokens_of(text):
            position += 1
            count += 1
            if count > TOKENS:
                return Vector(_literal(marks, places), is_cut=True)
            for lexeme in token.lexemes:
                places.setdefault(lexeme, []).append(f"{position}{weight}")
        # No exact sentence runs from a subject on into a text.
        position += 1
    return Vector(_literal(marks, places), is_cut=False)


def _literal(marks: list[str], places: dict[str, list[str]]) -> str:
    words = (f"{quoted(lexeme)}:{','.join(found[:250])}" for lexeme, found in places.items())
    return " ".join((*map(quoted, marks), *words))


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in a `tsvector` or `tsquery`."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"

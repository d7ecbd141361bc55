"""A text as words: what everything else reads."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Beyond this we do not read.
LIMIT_CHARACTERS = 20_000
#: A word longer than this is no word; the rest of it says nothing.
LONGEST_WORD = 40

#: Zero-width and soft characters, and marks of Latin and Arabic letters: inside a word they divide nothing.
INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+"
TOKEN = re.compile(rf"{ADDRESS}|[\w'’`´{INVISIBLE}{MARKS}]+|[.!?\n;]|[^\w\s\x00-\x7f]")
BESIDES = re.compile(rf"[{INVISIBLE}{MARKS}]|['’`´]+$|^['’`´]+")
#: Cyrillic and Greek letters that look Latin, for a word that is Latin otherwise.
LOOKALIKES = str.maketrans("аеіјорсухѕԁһκονυτіԛԝ", "aeijopcyxsdhkovutiqw")
LATIN = re.compile(r"[a-z]")
#: What an address on the web or of mail is as a word.
LINK, MAIL = "weblink", "mailadres"
#: What the end of a sentence is as a word.
END = "|"
ENDS = frozenset(".!?\n;")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as written and as folded, side by side."""

    written: tuple[str, ...]
    folded: tuple[str, ...]
    is_cut: bool = False

    def part(self, start: int, end: int) -> str:
        """Those words as the resident wrote them."""
        return " ".join(self.written[start:end])


def words_of(text: str) -> Words:
    """Each word, sign and emoji; an accent or quotation mark by itself is none. Long texts are cut."""
    found = [(written, folded_word(written)) for written in TOKEN.findall(text[:LIMIT_CHARACTERS])]
    kept = [(written, folded) for written, folded in found if folded]
    written, folded = zip(*kept, strict=True) if kept else ((), ())
    return Words(written, folded, is_cut=len(text) > LIMIT_CHARACTERS)


@lru_cache(maxsize=50_000)
def folded_word(word: str) -> str:
    """Lower case without accents, invisible characters and lookalikes: `Café` and `саfé` are `cafe`."""
    lowered = word[:LONGEST_WORD].lower()
    if lowered.isascii() and lowered.isalnum():
        return lowered
    if word in ENDS:
        return END
    if "@" in word:
        return MAIL
    if "/" in word or lowered.startswith("www."):
        return LINK
    return bare(lowered)


def bare(lowered: str) -> str:
    # Signs such as ´ and ﷺ come apart in spaces and letters.
    kept = without_marks(lowered).replace(" ", "")
    return kept.translate(LOOKALIKES) if LATIN.search(kept) else kept


def without_marks(text: str) -> str:
    """Letters without their accents, words without the quotation marks around them."""
    return BESIDES.sub("", unicodedata.normalize("NFKD", text))

"""Dutch words: the one form we look for all its forms under, and the parts of a compound."""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

PARTS_FILE = Path(__file__).resolve().parents[3] / "data" / "compound_parts.txt"
# The list holds three words this short; the others have four letters, as gemeente is not gem and ente.
PART_LETTERS = 3
LINKS = ("", "s", "e", "en", "n")
REMEMBERED = 50_000
#: Words that turn a sentence around; nothing else may be kept under them.
KEPT = frozenset({"geen", "niet"})
IRREGULAR = frozenset({"is", "was", "waren", "bent", "ben", "best", "beste"})
# "ring" and "ding" come of no verb.
DEED_LETTERS = 5
# As many as letters of the longest real compounds; anything longer was not typed by a person.
COMPOUND_LETTERS = 40


def fold(text: str) -> str:
    """Lower case without accents; the result may have another length."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in spread if not unicodedata.combining(each))


@lru_cache(maxsize=REMEMBERED)
def lexeme_of(word: str) -> str:
    """The form under which all forms of a folded word are kept: "huizen" under "huis"."""
    known = _lemma(word)
    if known is not None:
        return known
    parts = _split(word)
    if parts is not None:
        return word.removesuffix(parts[-1]) + (_lemma(parts[-1]) or parts[-1])
    return _stem(word)


@lru_cache(maxsize=REMEMBERED)
def parts_of(word: str) -> tuple[str, ...]:
    """The lexemes of the parts of a compound; empty for any other word."""
    parts = _split(lexeme_of(word)) or _split(word) or ()
    return tuple(dict.fromkeys(_lemma(each) or each for each in parts))


@lru_cache(maxsize=REMEMBERED)
def deed_of(word: str) -> str:
    """What is done in a noun like "verhuizing"; empty for any other word."""
    lexeme = lexeme_of(word)
    verb = lexeme.removesuffix("ing") + "en"
    return _lemma(verb) or "" if lexeme.endswith("ing") and len(lexeme) > DEED_LETTERS else ""


def is_known(word: str) -> bool:
    """Whether a folded word is in the dictionary."""
    return _lemma(word) is not None


def _lemma(word: str) -> str | None:
    """What the dictionary leads to: a participle to its verb, the verb perhaps to its noun.

    Some lead to each other, as "lopen" and "loop": then the shortest stands for both.
    """
    if word not in _dictionary():
        return None
    seen = [word]
    while (following := _following(seen[-1])) not in seen:
        seen.append(following)
    return fold(min(seen[seen.index(following) :], key=lambda each: (len(each), each)))


def _following(word: str) -> str:
    lemma = _dictionary().get(word)
    return lemma if lemma and _is_form(word, lemma) else word


def _is_form(word: str, lemma: str) -> bool:
    """Not what the dictionary holds a word's other half for: beer is no varken, nor noot niet."""
    if lemma in KEPT or "_" in lemma:
        return lemma == word
    begins_alike = lemma[0] == word[0] or (word.startswith("ge") and lemma[0] == word[2:3])
    return begins_alike or word in IRREGULAR


@cache
def _dictionary() -> Mapping[str, str]:
    """370,000 Dutch forms in 5 MB; read at the first word, as most processes never need it."""
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    dictionary: Mapping[str, str] = StreamDictionaryFactory().get_dictionary("nl")
    return dictionary


@cache
def _parts() -> frozenset[str]:
    """Words of which many compounds are made (data/README.md)."""
    return frozenset(PARTS_FILE.read_text(encoding="utf-8").split())


def _split(word: str) -> tuple[str, ...] | None:
    """The parts of a compound, the last one perhaps a plural; None if it is none."""
    if len(word) > COMPOUND_LETTERS:
        return None
    for end in range(PART_LETTERS, len(word) - PART_LETTERS + 1):
        last = word[end:]
        if not _is_part(last):
            continue
        before = _before(word[:end])
        if before is not None:
            return (*before, last)
    return None


def _before(start: str) -> tuple[str, ...] | None:
    """What stands before the last part: a part, or a compound of its own."""
    for link in LINKS:
        word = start.removesuffix(link) if link else start
        if start.endswith(link) and len(word) >= PART_LETTERS and word in _parts():
            return (word,)
    return _split(start) or (_split(start[:-1]) if start.endswith("s") else None)


def _is_part(word: str) -> bool:
    return word in _parts() or (_dictionary().get(word) or "") in _parts()


# For words of no dictionary, names above all: what Dutch puts behind them.
ENDINGS = ("heden", "jes", "tje", "je", "en", "'s", "s", "e")
SHORTEST_STEM = 4


def _stem(word: str) -> str:
    participle = _participle(word)
    if participle is not None:
        return participle
    if not word.isalpha():
        return word
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            return _spelled(stem) if ending in ("en", "e") else stem
    return word


def _spelled(stem: str) -> str:
    """As Dutch spells an end: one consonant, and no v or z."""
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        return stem[:-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _participle(word: str) -> str | None:
    """ "gekapt" to what "kappen" leads to."""
    if not (word.startswith("ge") and word.endswith(("t", "d")) and len(word) > SHORTEST_STEM + 1):
        return None
    stem = word[2:-1]
    verbs = (f"{stem}{stem[-1]}en", f"{stem}en", f"{stem[:-2]}{stem[-1]}en")
    return next((lemma for lemma in map(_lemma, verbs) if lemma is not None), None)

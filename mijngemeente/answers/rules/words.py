"""Which words of a text say what it is about, and under which form they are compared."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 3

#: Say nothing about a subject; Dutch, English and Frisian, and what stands in every letter.
_STOP_WORDS = frozenset(
    """
    aan alle alleen als altijd beste bij binnen daar dag dan dank dat deze die dit doen door een eens
    even gaan gaat geachte geef geen goed graag groet groeten haar had hallo hebben hebt heb heeft hem
    het hier hij hoe hoeveel iets ik ja je jou jouw jullie kan kon kunnen kunt laat maar me meer met mij
    mijn moet moeten mogen mag mvg naar niet nog nu of om omdat onder ons onze ook op over per sinds te
    tegen ten ter toch tot uit uw van vanaf veel via voor vraag vragen vriendelijke waar wanneer want
    waren was wat we weer wel welke werd wie wij wil wilt willen worden wordt zal ze zeer zich zij zijn
    zo zou zullen zonder krijg krijgt krijgen weten weet nodig gemeente
    and are can dear does for from have hello how need not please que that the there this want what when where
    which will with you your
    bin bist binne dat dizze foar fan hawwe hoe ik jo jim kin mei moat net oer oft wat wer wêr wurdt út
    """.split()  # noqa: SIM905 - a paragraph of words is read more easily than a list
)


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """Each telling word as it is compared, with how it was written."""
    for word in _WORD.findall(text):
        plain = _plain(word)
        if len(plain) >= SHORTEST and plain not in _STOP_PLAIN and not plain.isdecimal():
            yield stem(plain), word


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


_STOP_PLAIN = frozenset(map(_plain, _STOP_WORDS))


def stem(word: str) -> str:
    """A Dutch word without its plural and its diminutive: huizen and huis, tassen and tas become one."""
    for ending in _ENDINGS:
        # An s makes a plural of longer words only: huis and fiets are none.
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST + 2 * (ending == "s"):
            word = word[: -len(ending)]
            break
    return _ends_alike(word)


_ENDINGS = ("heden", "etjes", "tjes", "etje", "tje", "jes", "je", "en", "es", "s", "e")


def _ends_alike(word: str) -> str:
    """Spelling at the end: no double letter, no voiced v or z, and no doubled vowel before it."""
    if len(word) > SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    word = word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])
    return re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", word)

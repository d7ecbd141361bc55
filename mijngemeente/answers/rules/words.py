"""Which words of a text say what it is about, and under which form they are compared."""

from collections.abc import Iterator

from mijngemeente.reference.rules.lexemes import tokens_of
from mijngemeente.reference.rules.words import fold

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
    ben doe doet komen komt maak maken naam staan staat
    and are can dear does for from have hello how need not please que that the there this want what when where
    which will with you your
    bin bist binne dat dizze foar fan hawwe hoe ik jo jim kin mei moat net oer oft wat wer wêr wurdt út
    """.split()  # noqa: SIM905 - a paragraph of words is read more easily than a list
)


_STOP_FOLDED = frozenset(map(fold, _STOP_WORDS))


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """Each telling lexeme, as search knows it, with the word it comes from as it was written."""
    for token in tokens_of(text):
        if len(token.word) >= SHORTEST and token.word not in _STOP_FOLDED and not token.word.isdecimal():
            written = text[token.start : token.end]
            for lexeme in token.lexemes:
                yield lexeme, written

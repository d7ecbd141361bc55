"""What the weights know a text by: the pieces of its words, and marks that phrases leave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, pairwise

from .phrases import Hit
from .words import END, Words

#: Lengths of the pieces of a word; the spaces around it count.
SHORTEST, LONGEST = 2, 5
#: Words of a long text that are looked at: what somebody wants stands in the first page.
MOST_WORDS = 600
DIGITS = str.maketrans("123456789", "000000000")
#: Before the name of a mark, so that it is never a piece of a word; and between the two of a pair.
MARK, WITH = "§", "&"
#: After the mark of a phrase when more than one says so.
AGAIN = "+"
#: Labels of words that mean something only together: a child, and water.
CONCEPT = "concept:"
#: What a mark counts for; there are many of concepts.
PHRASE_COUNTS, CONCEPT_COUNTS = 1.0, 0.2
#: More words than this make a long text.
LONG = 60


def terms(words: Words) -> tuple[str, ...]:
    """Each word once, digits made alike, and each two that stand together."""
    row = [word.translate(DIGITS) for word in words.folded[:MOST_WORDS]]
    pairs = (f"{one} {other}" for one, other in pairwise(row) if END not in (one, other))
    return tuple(dict.fromkeys(chain((word for word in row if word != END), pairs)))


def whole(word: str) -> str:
    """The piece that is the whole word."""
    return f" {word} "


def is_pair(word: str) -> bool:
    """Two words that stand together: "niet meer"."""
    return " " in word


def pieces(word: str) -> Iterator[str]:
    """The whole word, and every short piece of it; of two words only the whole."""
    padded = whole(word)
    if is_pair(word):
        yield padded
        return
    if len(padded) > LONGEST:
        yield padded
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def marks(words: Words, hits: Iterable[Hit]) -> tuple[str, ...]:
    """What is seen at a glance: phrases, question marks, much text, and which concepts meet."""
    ends: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        ends[hit.label].add(hit.end)
    concepts = sorted(label.removeprefix(CONCEPT) for label in ends if label.startswith(CONCEPT))
    phrases = [label for label in ends if not label.startswith(CONCEPT)]
    found = [
        *phrases,
        *(label + AGAIN for label in phrases if len(ends[label]) > 1),
        *(sign for sign in "?!" if sign in words.written),
        *(["long"] if len(words.written) > LONG else []),
        *(CONCEPT + each for each in concepts),
        *(CONCEPT + one + WITH + other for one, other in combinations(concepts, 2)),
    ]
    return tuple(MARK + each for each in found)


def counts_for(mark: str) -> float:
    """What a mark adds when it is there."""
    return CONCEPT_COUNTS if mark.startswith(MARK + CONCEPT) else PHRASE_COUNTS

"""How a text feels: a weak sign, from words and emoji."""

from collections.abc import Mapping

from .chances import guesses
from .outcome import Guess
from .words import END, Words

#: Words that turn the next ones round, and how far that reaches.
TURNING = frozenset(
    ("niet", "geen", "nooit", "nie", "niks", "not", "no", "never", "nicht", "kein", "net", "gjin")
)
REACH = 3
#: Scores of a text without a feeling; the rest is neutral.
NEUTRAL, STRENGTH = 0.6, 2.5


def sentiment(words: Words, polarities: Mapping[str, float]) -> Guess:
    """neg, neu or pos."""
    total = feeling(words, polarities)
    return guesses({"neu": NEUTRAL, "neg": -STRENGTH * total, "pos": STRENGTH * total}, 1)[0]


def feeling(words: Words, polarities: Mapping[str, float]) -> float:
    """The polarities of the words together, of those after a "niet" the other way round."""
    total, turned = 0.0, 0
    for word in words.folded:
        turned = REACH if word in TURNING else 0 if word == END else turned - 1
        polarity = polarities.get(word, 0.0)
        total += -polarity / 2 if turned > 0 else polarity
    return total

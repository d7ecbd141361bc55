"""Topic, kind, sentiment and signs by trained weights; phrases say why."""

from .about import SIGNS, About
from .chances import chance, guesses
from .features import is_pair, marks, terms
from .outcome import Sign
from .phrases import NOT, Hit
from .plain import MOST_REASONS, reasons
from .reasons import FILLERS
from .scorer import Floats, Scorer
from .words import Words

#: From which probability a sign is given. Lower finds more, and calls more ordinary messages an emergency: at
#: 0.03 that was one in five, and then nobody looks any more. Measured in docs/understanding.md.
GIVEN_FROM = {"urgent": 0.05, "threat": 0.05, "abuse": 0.08, "distress": 0.06}
#: A word of fewer letters is no reason that helps anybody.
SHORTEST_REASON = 4
#: And from which when no phrase says it, and only the words together do.
WITHOUT_PHRASE = {"urgent": 0.1, "threat": 0.08, "abuse": 0.15, "distress": 0.12}
#: And from which when no word that weighs means anything by itself: "nog een keer", "what have I been".
#: Haste and threats are said in such words too: "in de sloot ligt iemand".
BY_FILLERS = {"urgent": 0.12, "threat": 0.2, "abuse": 0.5, "distress": 0.5}
#: And from which when a harmless phrase stands in the text, and none that is not.
DESPITE_HARMLESS = 0.5


def about(words: Words, hits: list[Hit], scorer: Scorer) -> About:
    """Everything from one row of scores."""
    distinct = terms(words)
    scores = scorer.scores(distinct, marks(words, hits))
    signs = {name: sign(name, words, hits, scores, scorer) for name in SIGNS}
    return About(
        topics=guesses(scorer.of("topic", scores), 3),
        kind=guesses(scorer.of("kind", scores), 1)[0],
        sentiment=guesses(scorer.of("sentiment", scores), 1)[0],
        **signs,
    )


def sign(name: str, words: Words, hits: list[Hit], scores: Floats, scorer: Scorer) -> Sign:
    """The words that decided are those of a phrase, or else the words that weigh most."""
    probability = chance(scorer.of(name, scores)[name])
    because = reasons(hits, words, SIGNS[name])
    is_harmless = not because and any(hit.label.removeprefix(NOT) in SIGNS[name] for hit in hits)
    needed = GIVEN_FROM[name] if because else WITHOUT_PHRASE[name]
    if probability < (DESPITE_HARMLESS if is_harmless else needed):
        return Sign(False, probability, ())
    weighing = () if because else weightiest(name, words, scorer)
    understood = tuple(word for word in weighing if word.lower() not in FILLERS)
    if weighing and not understood and probability < BY_FILLERS[name]:
        return Sign(False, probability, ())
    return Sign(True, probability, because or understood[:MOST_REASONS])


def weightiest(name: str, words: Words, scorer: Scorer) -> tuple[str, ...]:
    """The words that speak for it as written, the most telling first."""
    written = dict(zip(words.folded, words.written, strict=True))
    long = tuple(word for word in terms(words) if len(word) >= SHORTEST_REASON and not is_pair(word))
    return tuple(written.get(word, word) for word in scorer.telling(name, long))

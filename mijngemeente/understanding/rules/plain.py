"""Topic, kind and signs from phrases alone: what is left when there are no trained weights."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .about import SIGNS, About
from .chances import guesses
from .outcome import Guess, Sign
from .phrases import Hit
from .sentiment import sentiment
from .words import Words

#: What a phrase counts for; each further word of it adds half.
PHRASE = 1.5
#: How probable a sign is when a phrase says it, and each further phrase.
SAID, MORE, UNSAID = 0.8, 0.05, 0.02
MOST_REASONS = 3
UNKNOWN_TOPIC = "overig"
#: What speaks for a topic that no phrase named.
SOMETHING_ELSE = 1.0


def about(words: Words, hits: list[Hit], polarities: Mapping[str, float]) -> About:
    """Everything, from the phrases that were found."""
    signs = {name: sign(hits, words, labels) for name, labels in SIGNS.items()}
    return About(
        topics=topics(hits),
        kind=kind(hits, words, [name for name, seen in signs.items() if seen.value]),
        sentiment=sentiment(words, polarities),
        **signs,
    )


def topics(hits: Iterable[Hit]) -> tuple[Guess, ...]:
    """The three that most phrases speak for; with no phrase it is something else."""
    found = scores(hits, "topic:")
    return guesses({UNKNOWN_TOPIC: SOMETHING_ELSE} | found, 3)


def scores(hits: Iterable[Hit], prefix: str) -> dict[str, float]:
    """What speaks for each label of a family; the same words count once."""
    found: dict[str, float] = defaultdict(float)
    for label, start, end in {hit for hit in hits if hit.label.startswith(prefix)}:
        found[label.removeprefix(prefix)] += PHRASE * (1 + (end - start - 1) / 2)
    return found


def kind(hits: list[Hit], words: Words, signs: Iterable[str]) -> Guess:
    """Question, report …: from phrases, a question mark, and signs that outrank both."""
    found = scores(hits, "kind:")
    found["question"] = found.get("question", 0.0) + 2.0 * ("?" in words.written)
    found["report"] = found.get("report", 0.0) + 1.0
    for sign in signs:
        found[OUTRANKS[sign]] = found.get(OUTRANKS[sign], 0.0) + 4.0
    return guesses(found, 1)[0]


#: Sign → the kind of message it makes.
OUTRANKS = {
    "distress": "crisis",
    "danger": "report",
    "threat": "attack",
    "abuse": "attack",
    "term": "question",
}


def sign(hits: Iterable[Hit], words: Words, labels: frozenset[str]) -> Sign:
    """Whether a phrase under one of these labels stands in the text, and which words those are."""
    because = reasons(hits, words, labels)
    probability = min(0.98, SAID + MORE * (len(because) - 1)) if because else UNSAID
    return Sign(bool(because), probability, because)


def reasons(hits: Iterable[Hit], words: Words, labels: frozenset[str]) -> tuple[str, ...]:
    """The words of the text that say so, the longest first."""
    found = sorted((hit for hit in hits if hit.label in labels), key=lambda hit: hit.start - hit.end)
    return tuple(dict.fromkeys(words.part(hit.start, hit.end) for hit in found))[:MOST_REASONS]

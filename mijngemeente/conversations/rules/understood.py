"""What becomes of a message that was understood."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mijngemeente.understanding.rules.outcome import Evidence, Sign, Understanding


@dataclass(frozen=True)
class Understood:
    """What a message says, and what follows from it for its conversation."""

    understanding: Understanding
    #: None when no topic is probable enough.
    topic_slug: str | None
    language: str
    #: A value of `Conversation.Priority`.
    priority: int
    #: A value of `Conversation.Alarm`; empty when nobody is in danger.
    alarm: str
    #: Town or village that it is about; empty if unknown.
    place: str
    #: Why, in Dutch sentences.
    because: tuple[str, ...]
    model_version: str


def kept(understood: Understood) -> dict[str, Any]:
    """As it is stored: the columns of a reading."""
    said = understood.understanding
    return {
        "decision": said.where.decision.value,
        "candidates": [
            [each.code, each.name, round(each.probability, 3), words_of(each.evidence)]
            for each in said.where.candidates[:CANDIDATES]
        ],
        "topics": [[each.value, round(each.probability, 3)] for each in said.topics],
        "kind": KINDS.get(said.kind.value, said.kind.value),
        "kind_probability": said.kind.probability,
        "language": said.language.value[:3],
        "language_probability": said.language.probability,
        "signs": {name: _sign(getattr(said, name)) for name in ("urgent", "threat", "abuse", "distress")},
        "sentiment": said.sentiment.value,
        "sentiment_probability": said.sentiment.probability,
        "priority": understood.priority,
        "because": list(understood.because),
        "model_version": understood.model_version,
    }


#: What it is called here → what it is called on a conversation, where these differ.
KINDS = {"crisis": "crisis_signal"}
#: More is no answer to "which municipality?".
CANDIDATES = 5
WORDS = 5
WORD_CHARACTERS = 60


def words_of(evidence: Iterable[Evidence]) -> list[str]:
    """The words that told it, each once."""
    found = dict.fromkeys(each.text[:WORD_CHARACTERS] for each in evidence if each.text)
    return list(found)[:WORDS]


def _sign(sign: Sign) -> list[object]:
    words = [each[:WORD_CHARACTERS] for each in sign.because[:WORDS]]
    return [sign.value, round(sign.probability, 3), words]

"""Reading a message: one call for everything that it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .rules import plain
from .rules.languages import Languages
from .rules.outcome import Decision, Understanding, Where
from .rules.phrases import Phrasebook
from .rules.sentiment import sentiment
from .rules.words import words_of

#: Text, the account written to, the channel and the codes of earlier conversations → where.
Locate = Callable[[str, str, str, tuple[str, ...]], Where]
#: Sign → the labels of phrases that say so.
SIGNS = {
    "urgent": frozenset(("danger", "term", "distress")),
    "threat": frozenset(("threat",)),
    "abuse": frozenset(("abuse",)),
    "distress": frozenset(("distress",)),
}


def nowhere(_text: str, _to: str, _channel: str, _history: tuple[str, ...]) -> Where:
    """For who only wants to know what it is about."""
    return Where(Decision.UNKNOWN, ())


@dataclass(frozen=True)
class Reader:
    """What we read with; loading takes a moment, so a process keeps one."""

    phrases: Phrasebook
    languages: Languages
    polarities: Mapping[str, float]
    locate: Locate = field(default=nowhere)
    #: Which weights it reads with; without any it reads by its rules.
    version: str = "rules"


def read(
    text: str, *, to: str = "", channel: str = "", history: tuple[str, ...] = (), reader: Reader
) -> Understanding:
    """What a message says. Of a long one the first 20,000 characters are read.

    `to` is the account or address written to, `history` the codes of the resident's earlier conversations.
    """
    words = words_of(text)
    hits = reader.phrases.find(words)
    signs = {name: plain.sign(hits, words, labels) for name, labels in SIGNS.items()}
    return Understanding(
        where=reader.locate(text, to, channel, history),
        topics=plain.topics(hits),
        kind=plain.kind(
            hits, words, [name for name in plain.OUTRANKS if name in signs and signs[name].value]
        ),
        language=reader.languages.guess(words),
        **signs,
        sentiment=sentiment(words, reader.polarities),
        is_cut=words.is_cut,
    )

"""Reading a message: one call for everything that it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .rules import learned, plain
from .rules.languages import Languages
from .rules.outcome import Decision, Understanding, Where
from .rules.phrases import Phrasebook
from .rules.scorer import Scorer
from .rules.words import words_of

#: Text, the account written to, the channel and the codes of earlier conversations → where.
Locate = Callable[[str, str, str, tuple[str, ...]], Where]


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
    #: Without trained weights it reads by its phrases alone.
    scorer: Scorer | None = None

    @property
    def version(self) -> str:
        """Which weights it reads with."""
        return self.scorer.weights.version if self.scorer else "rules"


def read(
    text: str, *, to: str = "", channel: str = "", history: tuple[str, ...] = (), reader: Reader
) -> Understanding:
    """What a message says. Of a long one the first 20,000 characters are read.

    `to` is the account or address written to, `history` the codes of the resident's earlier conversations.
    """
    words = words_of(text)
    hits = reader.phrases.find(words)
    about = (
        learned.about(words, hits, reader.scorer)
        if reader.scorer
        else plain.about(words, hits, reader.polarities)
    )
    return Understanding(
        where=reader.locate(text, to, channel, history),
        topics=about.topics,
        kind=about.kind,
        language=reader.languages.guess(words),
        urgent=about.urgent,
        threat=about.threat,
        abuse=about.abuse,
        distress=about.distress,
        sentiment=about.sentiment,
        is_cut=words.is_cut,
    )

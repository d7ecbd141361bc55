"""What comes out of understanding a message. Probabilities are calibrated, between 0 and 1."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Decision(StrEnum):
    """How sure we are of the municipality."""

    CERTAIN = "certain"
    #: The candidates are worth offering: two to five.
    ASK = "ask"
    #: No place and no account, or only a place abroad.
    UNKNOWN = "unknown"


class Evidence(NamedTuple):
    """A piece of the text that tells something; `start` and `end` count characters as in str."""

    #: place, municipality, district, street, postcode, account, hashtag, phone, domain, former, nickname,
    #: history …
    kind: str
    text: str
    #: -1 for both when it stands outside the text, as the account that was written to.
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A municipality it may concern."""

    #: CBS code, as GM0855.
    code: str
    name: str
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Which municipality; a message about two is certain with both at 0.5 or more."""

    decision: Decision
    #: The most probable first.
    candidates: tuple[Candidate, ...]


class Guess(NamedTuple):
    """One value of a closed list, as a topic, a kind or a language."""

    value: str
    probability: float


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether something is so, and the words that say it."""

    value: bool
    probability: float
    #: In Dutch, for an agent: the words of the text that decided.
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything that one message says."""

    where: Where
    #: The three most probable topics of data/topics.csv.
    topics: tuple[Guess, ...]
    #: question, report, complaint, compliment, opinion, attack, crisis, formal or spam.
    kind: Guess
    #: ISO 639-1: nl, fy, en, de, fr, pl, tr, ar, uk …
    language: Guess
    urgent: Sign
    threat: Sign
    abuse: Sign
    distress: Sign
    #: neg, neu or pos: a weak sign.
    sentiment: Guess
    #: The text was longer than we read.
    is_cut: bool = False

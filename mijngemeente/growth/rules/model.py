"""The maturity model and the success factors, as they stand in data/team/."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """The three themes of the blueprint."""

    MONITORING = "monitoring"
    WEBCARE = "webcare"
    REPUTATION = "reputation"


THEMES: Mapping[Theme, str] = {
    Theme.MONITORING: "Monitoring en analyse",
    Theme.WEBCARE: "Webcare en online dienstverlening",
    Theme.REPUTATION: "Online woordvoering en reputatie",
}
LEVELS = range(1, 6)


class Kind(StrEnum):
    """What a step leads to."""

    ROLE = "role"
    #: Something for the list of this year's actions.
    ACTION = "action"
    #: A story of a municipality that did it.
    PRACTICE = "practice"


@dataclass(frozen=True)
class Statement:
    """Something that is so or not."""

    code: str
    theme: Theme
    level: int
    words: str
    basis: str


@dataclass(frozen=True)
class Step:
    """The one thing to do first on the way to a level."""

    theme: Theme
    level: int
    words: str
    kind: Kind
    #: Code of a role, name of a municipality, or the action in words.
    target: str
    basis: str


@dataclass(frozen=True)
class Level:
    """One of the five."""

    number: int
    name: str
    meaning: str
    basis: str


@dataclass(frozen=True)
class Model:
    """Everything that a team can judge itself by."""

    statements: tuple[Statement, ...]
    steps: Mapping[tuple[Theme, int], Step]
    levels: tuple[Level, ...]
    #: Codes of the success factors, in their order.
    factors: tuple[str, ...]

    def of(self, theme: Theme, level: int) -> tuple[Statement, ...]:
        """The statements of one cell."""
        return tuple(each for each in self.statements if (each.theme, each.level) == (theme, level))

    @property
    def codes(self) -> frozenset[str]:
        """Everything that can be judged."""
        return frozenset(self.factors) | {each.code for each in self.statements}

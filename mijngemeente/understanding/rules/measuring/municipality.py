"""How often the municipality is right, and whether it knows when it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..outcome import Decision, Where

UNKNOWN, AMBIGUOUS = "unknown", "ambiguous"
BINS = 10


class Answer(NamedTuple):
    """One labelled text and what was made of it."""

    id: str
    kind: str
    #: Codes, or nothing for unknown and ambiguous.
    expected: frozenset[str]
    #: certain, ask or unknown: what the label asks for.
    wanted: Decision
    #: Of an ambiguous text, if the label tells: the municipalities worth offering.
    worth_offering: frozenset[str]
    where: Where

    @property
    def given(self) -> frozenset[str]:
        """The municipalities it was certain of."""
        return frozenset(each.code for each in self.where.candidates if each.probability >= 0.5)

    @property
    def is_exact(self) -> bool:
        """The right decision with exactly the right municipalities; of a question, those worth offering."""
        if self.where.decision is not self.wanted:
            return False
        if self.wanted is Decision.ASK:
            return self.worth_offering <= {each.code for each in self.where.candidates}
        return self.wanted is Decision.UNKNOWN or self.given == self.expected

    @property
    def is_wrong_and_certain(self) -> bool:
        """The costly one: delivered to the wrong desk."""
        return self.where.decision is Decision.CERTAIN and not self.is_exact


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares between 0 and 1."""

    count: int
    exact: float
    wrong_and_certain: float
    asked: float
    #: Decided without a person.
    coverage: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The candidates with a probability in one tenth."""

    low: float
    high: float
    count: int
    #: What we said on average, and how often it was so.
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well probabilities hold."""

    bins: tuple[Bin, ...]
    #: The average distance between said and true, by candidates.
    error: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `evaluate municipality` prints."""

    overall: Tally
    kinds: Mapping[str, Tally]
    calibration: Calibration
    answers: tuple[Answer, ...]


def answer(row: Mapping[str, str], where: Where) -> Answer:
    """A row of a labelled file beside what was made of its text."""
    expected = row["expected"].strip()
    wanted = {UNKNOWN: Decision.UNKNOWN, AMBIGUOUS: Decision.ASK}.get(expected, Decision.CERTAIN)
    return Answer(
        id=row["id"],
        kind=row.get("kind") or "",
        expected=_codes(expected) if wanted is Decision.CERTAIN else frozenset(),
        wanted=wanted,
        worth_offering=_codes(row.get("candidates") or ""),
        where=where,
    )


def report(answers: Iterable[Answer]) -> Report:
    """Per kind, over all, and the calibration."""
    every = tuple(answers)
    kinds = {
        kind: tally([each for each in every if each.kind == kind]) for kind in sorted({a.kind for a in every})
    }
    return Report(tally(every), kinds, calibration(every), every)


def tally(answers: Iterable[Answer]) -> Tally:
    every = list(answers)
    count = max(len(every), 1)
    return Tally(
        len(every),
        exact=sum(each.is_exact for each in every) / count,
        wrong_and_certain=sum(each.is_wrong_and_certain for each in every) / count,
        asked=sum(each.where.decision is Decision.ASK for each in every) / count,
        coverage=sum(each.where.decision is Decision.CERTAIN for each in every) / count,
    )


def calibration(answers: Iterable[Answer]) -> Calibration:
    """Over each candidate that was told, also in a question; of namesakes each is right in its share."""
    pairs = [pair for each in answers for pair in _told(each)]
    bins = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [(said, true) for said, true in pairs if low <= said < high or (said == high == 1.0)]
        if inside:
            said, true = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            bins.append(Bin(low, high, len(inside), said, true))
    error = sum(each.count * abs(each.said - each.true) for each in bins) / max(len(pairs), 1)
    return Calibration(tuple(bins), error)


def _told(answer: Answer) -> list[tuple[float, float]]:
    offered = [each.code for each in answer.where.candidates]
    right = answer.expected
    share = 1.0
    if answer.wanted is Decision.ASK:
        right = answer.worth_offering or frozenset(offered)
        share = 1 / max(len(right), 1)
    return [(each.probability, share if each.code in right else 0.0) for each in answer.where.candidates]


def _codes(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split(";") if each.strip())

"""How often the topic is right: at once, and among three."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class TopicAnswer(NamedTuple):
    """One labelled text: the topics that are right with the best first, and what was guessed, best first."""

    id: str
    expected: tuple[str, ...]
    guessed: tuple[str, ...]
    #: Of the first guess.
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class TopicReport:
    """Shares between 0 and 1."""

    count: int
    top_1: float
    top_3: float
    #: The mean over topics of how well each is found and how often it is right, so that rare ones count.
    macro_f1: float
    #: Mean distance between what was said and what came true.
    calibration_error: float
    #: The best topic, what was made of it, and how often: the most frequent first.
    confused: tuple[tuple[str, str, int], ...]


def topic_report(answers: Sequence[TopicAnswer]) -> TopicReport:
    right = [first(answer) in answer.expected for answer in answers]
    pairs = Counter(
        (answer.expected[0], first(answer)) for answer, hit in zip(answers, right, strict=True) if not hit
    )
    return TopicReport(
        count=len(answers),
        top_1=share(right),
        top_3=share(not set(answer.guessed[:3]).isdisjoint(answer.expected) for answer in answers),
        macro_f1=macro_f1(answers),
        calibration_error=calibration_error([answer.probability for answer in answers], right),
        confused=tuple((best, made, count) for (best, made), count in pairs.most_common(20)),
    )


def first(answer: TopicAnswer) -> str:
    return answer.guessed[0] if answer.guessed else ""


def macro_f1(answers: Sequence[TopicAnswer]) -> float:
    """A guess that is also right counts for the topic that was guessed."""
    truly = [first(each) if first(each) in each.expected else each.expected[0] for each in answers]
    guessed = Counter(map(first, answers))
    wanted = Counter(truly)
    both = Counter(topic for topic, answer in zip(truly, answers, strict=True) if topic == first(answer))
    return share(2 * both[topic] / (wanted[topic] + guessed[topic]) for topic in wanted)


def calibration_error(said: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Between probability and share that was right: the mean over tenths, weighed by their size."""
    filled: dict[int, list[tuple[float, bool]]] = {}
    for probability, hit in zip(said, right, strict=True):
        filled.setdefault(min(int(probability * bins), bins - 1), []).append((probability, hit))
    gaps = (abs(sum(p for p, _ in each) - sum(hit for _, hit in each)) for each in filled.values())
    return sum(gaps) / len(said) if said else 0.0


def share(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0

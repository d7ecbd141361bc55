"""Which answers fit a question: BM25 over lexemes, and what else speaks for them.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from uuid import UUID

from .words import words_of

# How soon more of the same word stops counting, and how much a long text is held back.
SATURATION, LENGTH = 1.2, 0.6
#: A word of the title says as much as this many of the text.
TITLE_WEIGHT = 3
SAME_TOPIC = 4.0
OTHER_LANGUAGE = 0.6
OWN_FIRST = 1.1
#: Share of the score that experience can add.
EXPERIENCE = 0.2
#: Below this the words agree by chance.
LEAST_SCORE = 1.0
WORDS_SHOWN = 3
#: As if there were so many answers more: in a bank of three a word is not common because two have it.
OTHERS = 25


@dataclass(frozen=True)
class Question:
    """What somebody asked, or looks for."""

    text: str
    topic: str = ""
    #: nl, en or fy; empty if not known.
    language: str = ""


@dataclass(frozen=True)
class Candidate:
    """An answer as far as finding it goes."""

    id: UUID
    organisation_id: int
    title: str
    topic: str
    languages: frozenset[str]
    text: str


@dataclass(frozen=True)
class Experience:
    """How often it was used, and after how many of these it turned out to have helped or not."""

    used: int = 0
    changed: int = 0
    helped: int = 0
    not_helped: int = 0

    @property
    def trust(self) -> float:
        """Between -1 and 1; few outcomes say little."""
        return (self.helped - self.not_helped) / (self.helped + self.not_helped + 5)


@dataclass(frozen=True)
class Fit:
    """How well an answer fits, and why we say so."""

    candidate: Candidate
    score: float
    #: Words of the question, as they were written.
    words: tuple[str, ...]
    is_same_topic: bool


class Index:
    """Lexemes of many answers; made once, read often."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = list(candidates)
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.of_topic: dict[str, list[int]] = defaultdict(list)
        self.lengths: list[int] = []
        for place, each in enumerate(self.candidates):
            self._add(place, each)

    def _add(self, place: int, each: Candidate) -> None:
        lexemes = Counter(lexeme for lexeme, _ in words_of(each.text))
        for lexeme, _ in words_of(each.title):
            lexemes[lexeme] += TITLE_WEIGHT
        for lexeme, times in lexemes.items():
            self.postings[lexeme].append((place, times))
        self.of_topic[each.topic].append(place)
        self.lengths.append(lexemes.total())

    @cached_property
    def mean_length(self) -> float:
        """In lexemes."""
        return sum(self.lengths) / max(len(self.lengths), 1) or 1.0


def rank(
    question: Question, indexes: Sequence[Index], *, among: Collection[int], own: int, limit: int
) -> list[Fit]:
    """The best answers first, of the organisations `among`; `own` goes a little before the others.

    Words weigh by how rare they are in all indexes together: a bank of three answers is compared fairly.
    """
    written = {lexeme: word for lexeme, word in reversed(list(words_of(question.text)))}
    size = OTHERS + sum(len(each.candidates) for each in indexes)
    weights = {lexeme: _rarity(lexeme, indexes, size) for lexeme in written}
    fits = [fit for index in indexes for fit in _fits(question, index, weights, written)]
    allowed = [fit for fit in fits if fit.candidate.organisation_id in among and fit.score >= LEAST_SCORE]
    return sorted(allowed, key=lambda fit: _order(fit, own))[:limit]


def _order(fit: Fit, own: int) -> tuple[float, str]:
    boost = OWN_FIRST if fit.candidate.organisation_id == own else 1.0
    return -fit.score * boost, fit.candidate.title


def _rarity(lexeme: str, indexes: Sequence[Index], size: int) -> float:
    known = sum(len(index.postings.get(lexeme, ())) for index in indexes)
    return log(1 + (size - known + 0.5) / (known + 0.5))


def _fits(
    question: Question, index: Index, weights: Mapping[str, float], written: Mapping[str, str]
) -> list[Fit]:
    scores: dict[int, float] = defaultdict(float)
    parts: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for lexeme, weight in weights.items():
        for place, times in index.postings.get(lexeme, ()):
            part = weight * _saturated(times, index.lengths[place] / index.mean_length)
            scores[place] += part
            parts[place].append((part, written[lexeme]))
    same_topic = set(index.of_topic.get(question.topic, ())) if question.topic else set()
    return [
        Fit(
            index.candidates[place],
            _with_the_rest(scores[place], question, index.candidates[place], place in same_topic),
            tuple(word for _, word in sorted(parts[place], reverse=True)[:WORDS_SHOWN]),
            place in same_topic,
        )
        for place in scores.keys() | same_topic
    ]


def _saturated(times: int, length: float) -> float:
    return times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH + LENGTH * length))


def _with_the_rest(words: float, question: Question, candidate: Candidate, is_same_topic: bool) -> float:
    score = words + (SAME_TOPIC if is_same_topic else 0.0)
    is_other = bool(question.language) and question.language not in candidate.languages
    return score * (OTHER_LANGUAGE if is_other else 1.0)


def by_experience(fits: Iterable[Fit], known: Mapping[UUID, Experience]) -> list[Fit]:
    """What helped before goes a little before what fits as well."""

    def weight(fit: Fit) -> float:
        return fit.score * (1 + EXPERIENCE * known.get(fit.candidate.id, Experience()).trust)

    return sorted(fits, key=weight, reverse=True)


def reasons(fit: Fit, experience: Experience) -> list[str]:
    """Why it is suggested, in words."""
    found = []
    if fit.is_same_topic:
        found.append("zelfde onderwerp")
    if fit.words:
        found.append(f"zelfde woorden: {', '.join(word.lower() for word in fit.words)}")
    if experience.used:
        found.append(experience_words(experience))
    return found


def experience_words(experience: Experience) -> str:
    """ "42 keer gebruikt, 38 keer geholpen"."""
    if not experience.used:
        return "nog niet gebruikt"
    used = f"{experience.used} keer gebruikt"
    judged = experience.helped + experience.not_helped
    return f"{used}, {experience.helped} keer geholpen" if judged else used

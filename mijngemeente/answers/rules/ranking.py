"""Which answers fit a question: BM25 over lexemes, and what else speaks for them.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log
from uuid import UUID

from .words import words_of

# How soon more of the same word stops counting, and how much a long text is held back.
SATURATION, LENGTH = 1.2, 0.6
#: A word of the title says as much as this many of the text.
TITLE_WEIGHT = 3
#: More than a few words that agree by chance in a long letter.
SAME_TOPIC = 8.0
OTHER_LANGUAGE = 0.6
OWN_FIRST = 1.1
#: Share of the score that experience can add.
EXPERIENCE = 0.2
#: Below this the words agree by chance.
LEAST_SCORE = 1.0
#: Of the best score; what fits so much less is in the way.
LEAST_SHARE = 0.3
WORDS_SHOWN = 3
#: What stands in more than half of the answers tells nothing, and costs most to look at.
LEAST_RARITY = 0.7
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
        self.of_topic: dict[str, list[int]] = defaultdict(list)
        self.titles = [frozenset(lexeme for lexeme, _ in words_of(each.title)) for each in self.candidates]
        #: Lexeme → place of each answer that has it, and how much it says there.
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        counted = [_lexemes(each.title, each.text) for each in self.candidates]
        lengths = [sum(times for _, times in lexemes) for lexemes in counted]
        mean_length = sum(lengths) / max(len(lengths), 1) or 1.0
        for place, lexemes in enumerate(counted):
            self.of_topic[self.candidates[place].topic].append(place)
            for lexeme, times in lexemes:
                self.postings[lexeme].append((place, _saturated(times, lengths[place] / mean_length)))


#: Texts of which one process remembers the lexemes: after a change only the changed text is read again.
REMEMBERED = 6000


@lru_cache(maxsize=REMEMBERED)
def _lexemes(title: str, text: str) -> tuple[tuple[str, int], ...]:
    counted = Counter(lexeme for lexeme, _ in words_of(text))
    for lexeme, _ in words_of(title):
        counted[lexeme] += TITLE_WEIGHT
    return tuple(counted.items())


def _saturated(times: int, length: float) -> float:
    return times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH + LENGTH * length))


def rank(
    question: Question, indexes: Sequence[Index], *, among: Collection[int], own: int, limit: int
) -> list[Fit]:
    """The best answers first, of the organisations `among`; `own` goes a little before the others.

    Words weigh by how rare they are in all indexes together: a bank of three answers is compared fairly.
    """
    written = {lexeme: word for lexeme, word in reversed(list(words_of(question.text)))}
    size = OTHERS + sum(len(each.candidates) for each in indexes)
    weights = {lexeme: _rarity(lexeme, indexes, size) for lexeme in written}
    telling = {lexeme: weight for lexeme, weight in weights.items() if weight >= LEAST_RARITY}
    found = [each for index in indexes for each in _scored(question, index, telling, among)]
    best = nsmallest(limit, found, key=lambda each: _order(each, own))
    least = LEAST_SHARE * max((each.score for each in best), default=0.0)
    return [each.with_words(telling, written) for each in best if each.score >= least]


@dataclass(frozen=True)
class _Scored:
    """An answer that fits, while nobody has asked why."""

    index: Index
    place: int
    score: float
    is_same_topic: bool

    @property
    def candidate(self) -> Candidate:
        return self.index.candidates[self.place]

    def with_words(self, weights: Mapping[str, float], written: Mapping[str, str]) -> Fit:
        """With the words that counted most; a compound that fits by its parts stands there once."""
        parts = [
            (weight * said, written[lexeme])
            for lexeme, weight in weights.items()
            for place, said in self.index.postings.get(lexeme, ())
            if place == self.place
        ]
        words = tuple(dict.fromkeys(word for _, word in sorted(parts, reverse=True)))[:WORDS_SHOWN]
        return Fit(self.candidate, self.score, words, self.is_same_topic)


def _scored(
    question: Question, index: Index, weights: Mapping[str, float], among: Collection[int]
) -> list[_Scored]:
    scores: dict[int, float] = defaultdict(float)
    for lexeme, weight in weights.items():
        for place, said in index.postings.get(lexeme, ()):
            scores[place] += weight * said
    same_topic = set(index.of_topic.get(question.topic, ())) if question.topic else set()
    found = [
        _Scored(
            index,
            place,
            _with_the_rest(scores[place], question, each, place in same_topic),
            place in same_topic,
        )
        for place in _by_name(scores, question, index, weights) | same_topic
        if (each := index.candidates[place]).organisation_id in among
    ]
    return [each for each in found if each.score >= LEAST_SCORE]


def _by_name(
    places: Iterable[int], question: Question, index: Index, weights: Mapping[str, float]
) -> set[int]:
    """Whose words may count: what is about another topic must be named in the question, by its title."""
    return {
        place
        for place in places
        if not (question.topic and index.candidates[place].topic)
        or not index.titles[place].isdisjoint(weights)
    }


def _with_the_rest(words: float, question: Question, candidate: Candidate, is_same_topic: bool) -> float:
    score = words + (SAME_TOPIC if is_same_topic else 0.0)
    is_other = bool(question.language) and question.language not in candidate.languages
    return score * (OTHER_LANGUAGE if is_other else 1.0)


def _order(fit: _Scored, own: int) -> tuple[float, str]:
    boost = OWN_FIRST if fit.candidate.organisation_id == own else 1.0
    return -fit.score * boost, fit.candidate.title


def _rarity(lexeme: str, indexes: Sequence[Index], size: int) -> float:
    known = sum(len(index.postings.get(lexeme, ())) for index in indexes)
    return log(1 + (size - known + 0.5) / (known + 0.5))


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

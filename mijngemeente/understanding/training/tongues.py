"""Learning languages: from the everyday words of each, and from the texts of which it is stated."""

import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.svm import LinearSVC

from ..rules.languages import lowered
from ..rules.scorer import Weights
from ..rules.words import words_of
from .examples import Example
from .fitting import SEED, Line, best_slope, folds, held_back, packed
from .table import columns_of, table

#: So many texts of some everyday words each, per language: residents write short.
MADE, SHORTEST, LONGEST = 400, 1, 5
#: Of one language so many texts at most: there are more in Dutch than in all others together.
MOST_TEXTS = 2_500
CLOSENESS = 0.5


def fit_languages(
    examples: Sequence[Example], everyday: Mapping[str, Sequence[str]], known: Sequence[str], version: str
) -> Weights:
    """A line per language, over the pieces of words with their accents."""
    texts = [*stated(examples, known), *made(everyday, known)]
    rows = [(tuple(dict.fromkeys(lowered(words_of(text)))), ()) for _, text in texts]
    columns = columns_of(rows)
    x, y = table(rows, columns), np.array([language for language, _ in texts])
    even = np.ones(len(y))
    model = LinearSVC(C=CLOSENESS, class_weight="balanced", random_state=SEED).fit(x, y)
    held = [held_back(x, y, even, fold, CLOSENESS) for fold in folds(np.ones(len(y), dtype=bool))]
    line = Line(tuple(map(str, model.classes_)), model.coef_.T, model.intercept_, best_slope(held))
    return packed({"language": line}, columns, version)


def stated(examples: Sequence[Example], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    counts = dict.fromkeys(known, 0)
    for example in examples:
        language = example.labels.get("language", "")
        if counts.get(language, MOST_TEXTS) < MOST_TEXTS:
            counts[language] += 1
            yield language, example.text


def made(everyday: Mapping[str, Sequence[str]], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    chance = random.Random(SEED)  # noqa: S311 - nothing is kept secret with it
    for language in known:
        for _ in range(MADE):
            yield language, " ".join(chance.choices(everyday[language], k=chance.randint(SHORTEST, LONGEST)))

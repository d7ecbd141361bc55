"""From examples to weights: a line through the texts for each value, and how sure that makes us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import ShuffleSplit
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from ..rules.features import MARK, counts_for
from ..rules.phrases import Phrasebook
from ..rules.scorer import Weights
from .examples import SIGNS, Example
from .table import Columns, columns_of, rows_of, table

Floats = NDArray[np.float64]

#: Families of which one value is chosen, and how closely each follows its texts.
CHOICES = {"topic": 0.7, "kind": 0.3, "sentiment": 0.1}
#: Topics are told by words only: a danger says nothing of them.
WITHOUT_MARKS = frozenset(("topic",))
#: How much counting counts beside the margin, and how many texts a piece is thought to be in that it is not.
COUNTED, SMOOTHED = 0.15, 0.05
#: How closely a sign follows its texts.
SIGN_FIT = 10.0
#: How often, and how many texts, are held back to see how often a score is right.
ROUNDS, HELD_BACK = 1, 0.25
SEED = 2026
#: Steps of a weight: one byte.
STEPS = 127


@dataclass(frozen=True)
class Line:
    """One family fitted: a column of weights per value, and how its scores become probabilities."""

    values: tuple[str, ...]
    weights: Floats
    bias: Floats
    slope: float
    shift: float = 0.0


def fit(examples: Sequence[Example], book: Phrasebook, version: str) -> Weights:
    """All families over the same pieces; takes about two minutes."""
    rows = rows_of([example.text for example in examples], book)
    columns = columns_of(rows)
    inputs = table(rows, columns)
    lines = {
        name: fit_choice(name, examples, inputs, columns, closeness) for name, closeness in CHOICES.items()
    }
    lines |= {name: fit_sign(name, examples, inputs) for name in SIGNS}
    return packed(lines, columns, version)


def fit_choice(
    family: str, examples: Sequence[Example], inputs: sparse.csr_matrix, columns: Columns, closeness: float
) -> Line:
    """Of several values one: the line with the widest margin, and a slope measured on texts held back."""
    stated = np.array([index for index, example in enumerate(examples) if family in example.labels])
    x = inputs[stated][:, : len(columns.pieces)] if family in WITHOUT_MARKS else inputs[stated]
    y = np.array([examples[index].labels[family] for index in stated])
    weight = np.array([examples[index].weight for index in stated])
    is_made = np.array([examples[index].is_made for index in stated])
    values, columns_of_values, bias = lines_of_values(x, y, weight, closeness)
    held = [held_back(x, y, weight, fold, closeness) for fold in folds(~is_made)]
    weights = np.zeros((inputs.shape[1], len(values)))
    weights[: x.shape[1]] = columns_of_values
    return Line(tuple(map(str, values)), weights, bias, best_slope(held))


def lines_of_values(
    x: sparse.csr_matrix, y: NDArray[np.str_], weight: Floats, closeness: float
) -> tuple[NDArray[np.str_], Floats, Floats]:
    """The values, a column of weights for each, and what counts before anything was read.

    The widest margin says most; how often a piece stands in the texts of a value (naive Bayes) helps where
    there are few of them.
    """
    margin = LinearSVC(C=closeness, random_state=SEED).fit(x, y, sample_weight=weight)
    counted = MultinomialNB(alpha=SMOOTHED).fit(x, y, sample_weight=weight)
    shares = counted.feature_log_prob_ - counted.feature_log_prob_.mean(axis=0)
    bias = margin.intercept_ + COUNTED * counted.class_log_prior_
    return margin.classes_, (margin.coef_ + COUNTED * shares).T, bias


def folds(may_be_held: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Learn from, hold back: what was made of phrases is never held back."""
    written, made = np.flatnonzero(may_be_held), np.flatnonzero(~may_be_held)
    for learned, held in ShuffleSplit(ROUNDS, test_size=HELD_BACK, random_state=SEED).split(written):
        yield np.concatenate([written[learned], made]), written[held]


def held_back(
    x: sparse.csr_matrix,
    y: NDArray[np.str_],
    weight: Floats,
    fold: tuple[NDArray[np.int64], NDArray[np.int64]],
    closeness: float,
) -> tuple[Floats, NDArray[np.int64]]:
    """Scores of texts that were not learned from, and which column is right."""
    learned, held = fold
    values, weights, bias = lines_of_values(x[learned], y[learned], weight[learned], closeness)
    known = np.isin(y[held], values)
    return x[held[known]] @ weights + bias, np.searchsorted(values, y[held[known]])


def best_slope(held: Sequence[tuple[Floats, NDArray[np.int64]]]) -> float:
    """The stretch at which the probabilities of held back texts come true most often."""

    def surprise(slope: float) -> float:
        return float(np.mean(np.concatenate([surprises(scores * slope, right) for scores, right in held])))

    return float(minimize_scalar(surprise, bounds=(0.5, 20), method="bounded").x)


def surprises(scores: Floats, right: NDArray[np.int64]) -> Floats:
    top = scores.max(axis=1, keepdims=True)
    total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return np.asarray(total - scores[np.arange(len(right)), right])


def fit_sign(name: str, examples: Sequence[Example], inputs: sparse.csr_matrix) -> Line:
    """Yes or no, both weighing alike; how often a score is right is measured on texts held back."""
    stated = np.array([index for index, example in enumerate(examples) if example.labels.get(name)])
    x, y = inputs[stated], np.array([examples[index].labels[name] == "1" for index in stated])
    weights, bias = two_lines(x, y)
    learned, held = next(folds(np.ones(len(y), dtype=bool)))
    trial, lift = two_lines(x[learned], y[learned])
    sure = LogisticRegression().fit((x[held] @ trial + lift)[:, None], y[held])
    slope, shift = float(sure.coef_[0, 0]), float(sure.intercept_[0])
    return Line((name,), weights[:, None], np.array([bias]), slope, shift)


def two_lines(x: sparse.csr_matrix, y: NDArray[np.bool_]) -> tuple[Floats, float]:
    """One line through the pieces as they are, and one through the same after Wang and Manning (ACL 2012).

    There a piece counts by how much more often it stands in texts that have the sign. Together they find
    more than either.
    """
    plain = balanced().fit(x, y)
    ratio = log_ratio(x, y)
    scaled = balanced().fit(x @ sparse.diags(ratio), y)
    weights = plain.coef_[0] + ratio * scaled.coef_[0]
    return weights, float(plain.intercept_[0] + scaled.intercept_[0])


def log_ratio(x: sparse.csr_matrix, y: NDArray[np.bool_]) -> Floats:
    """Per column, the logarithm of its share among the texts that have it over that among the others."""
    seen = x.astype(bool).astype(np.float64)
    with_sign, without = (1 + np.asarray(seen[rows].sum(axis=0)).ravel() for rows in (y, ~y))
    return np.asarray(np.log((with_sign / with_sign.sum()) / (without / without.sum())))


def balanced() -> LogisticRegression:
    return LogisticRegression(C=SIGN_FIT, max_iter=300, class_weight="balanced")


def packed(lines: dict[str, Line], columns: Columns, version: str) -> Weights:
    """In bytes: each column in steps of its own, and only rows that say something."""
    matrix = np.hstack([line.weights for line in lines.values()])
    step = np.maximum(np.abs(matrix).max(axis=0), 1e-9) / STEPS
    small = np.round(matrix / step).astype(np.int8)
    names = [*columns.pieces, *columns.marks]
    kept = [index for index, name in enumerate(names) if small[index].any() or name.startswith(MARK)]
    rarity = np.concatenate([columns.rarity, [counts_for(mark) for mark in columns.marks]])
    return Weights(
        version=version,
        rows={names[index]: place for place, index in enumerate(kept)},
        rarity=rarity[kept].astype(np.float32),
        matrix=small[kept],
        step=step.astype(np.float32),
        bias=np.concatenate([line.bias for line in lines.values()]).astype(np.float32),
        families={name: line.values for name, line in lines.items()},
        slope={name: line.slope for name, line in lines.items()},
        shift={name: line.shift for name, line in lines.items()},
    )

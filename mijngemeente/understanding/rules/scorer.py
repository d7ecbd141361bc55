"""Trained weights at work: a sum over the pieces of words, divided by the size of the text.

Most words come back: what a word adds to every score is computed once. That makes scoring a message a sum of
some fifteen rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from .features import is_pair, pieces, whole

Floats = NDArray[np.float32]

#: Words whose scores are kept; one takes half a kilobyte.
REMEMBERED = 30_000


@dataclass(frozen=True, slots=True)
class Weights:
    """What training leaves behind."""

    version: str
    #: Piece of a word or mark → its row.
    rows: dict[str, int]
    #: How telling each piece is, rare ones more; of a mark what it counts for.
    rarity: Floats
    #: Per row and column, in steps of `step`.
    matrix: NDArray[np.int8]
    #: Size of a step, and what counts before anything was read, per column.
    step: Floats
    bias: Floats
    #: Family (topic, kind, sentiment; a sign is a family of one) → its values, in the order of the columns.
    families: dict[str, tuple[str, ...]]
    #: Family → how much its scores are stretched to be probabilities, and moved.
    slope: dict[str, float]
    shift: dict[str, float]


class Scorer:
    """Scores of a text for every column, and what is remembered of words to be quick."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._words: dict[str, tuple[float, Floats]] = {}
        self._rarest = float(weights.rarity.max())
        self._nothing = (0.0, np.zeros_like(weights.bias))
        ends = np.cumsum([len(values) for values in weights.families.values()])
        names = list(weights.families)
        self._columns = {
            name: slice(int(end) - len(weights.families[name]), int(end))
            for name, end in zip(names, ends, strict=True)
        }

    def scores(self, words: Sequence[str], marks: Sequence[str]) -> Floats:
        """Of distinct words and marks; a text without words has the scores of the bias."""
        total = self.weights.bias.copy()
        known = [self._word(word) for word in words]
        if known:
            size = sum(squared for squared, _ in known)
            total += np.add.reduce([row for _, row in known]) / sqrt(size)
        found = [self.weights.rows[mark] for mark in marks if mark in self.weights.rows]
        if found:
            total += self.weights.rarity[found] @ self.weights.matrix[found] * self.weights.step
        return total

    def of(self, family: str, scores: Floats) -> dict[str, float]:
        """Value → score within a family, stretched so that it can become a probability."""
        weights = self.weights
        stretched = scores[self._columns[family]] * weights.slope[family] + weights.shift[family]
        return dict(zip(weights.families[family], stretched.tolist(), strict=True))

    def telling(self, sign: str, words: Sequence[str]) -> list[str]:
        """The words that speak for a sign, the most telling first."""
        column = self._columns[sign].start
        added = {word: float(self._word(word)[1][column]) for word in words}
        return sorted((word for word in words if added[word] > 0), key=lambda word: -added[word])

    def _word(self, word: str) -> tuple[float, Floats]:
        known = self._words.get(word)
        if known is None:
            if is_pair(word) and whole(word) not in self.weights.rows:
                return self._nothing
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            known = self._words[word] = self._added(word)
        return known

    def _added(self, word: str) -> tuple[float, Floats]:
        """What a word adds to the square of the size of a text, and to each score.

        A long word has many pieces: its size grows with the root of their number, and with its own rarity.
        """
        weights = self.weights
        found = [weights.rows[piece] for piece in dict.fromkeys(pieces(word)) if piece in weights.rows]
        if not found:
            return 1.0, np.zeros_like(weights.bias)
        rarity = weights.rarity[found]
        size = float(np.sqrt(rarity @ rarity))
        own = self._rarity(word)
        row = rarity @ weights.matrix[found].astype(np.float32) * weights.step
        return size * own, (sqrt(own / size) * row).astype(np.float32)

    def _rarity(self, word: str) -> float:
        row = self.weights.rows.get(whole(word))
        return self._rarest if row is None else float(self.weights.rarity[row])

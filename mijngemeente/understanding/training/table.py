"""Texts as rows of numbers, computed as the scorer does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..rules.features import counts_for, is_pair, marks, pieces, terms, whole
from ..rules.phrases import Phrasebook
from ..rules.words import words_of

#: A piece of fewer texts is chance.
FEWEST_TEXTS = 3
#: How much more than a piece of a word says a whole one, and two that stand together.
WHOLE, PAIR = 4.0, 2.0

Row = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Columns:
    """Which pieces and marks are known, and how rare each piece is."""

    pieces: dict[str, int]
    marks: dict[str, int]
    rarity: NDArray[np.float32]


def rows_of(texts: Iterable[str], book: Phrasebook) -> list[Row]:
    """The distinct words and the marks of each text."""
    read = (words_of(text) for text in texts)
    return [(terms(words), marks(words, book.find(words))) for words in read]


def columns_of(rows: Sequence[Row]) -> Columns:
    counts = Counter(
        piece for words, _ in rows for piece in {each for word in words for each in pieces(word)}
    )
    kept = sorted(piece for piece, count in counts.items() if count >= FEWEST_TEXTS)
    texts = np.array([counts[piece] for piece in kept], dtype=np.float32)
    extra = np.array([telling(piece) for piece in kept])
    seen = Counter(mark for _, found in rows for mark in found)
    names = sorted(mark for mark, count in seen.items() if count > FEWEST_TEXTS)
    return Columns(
        pieces={piece: index for index, piece in enumerate(kept)},
        marks={mark: index for index, mark in enumerate(names)},
        rarity=((np.log((1 + len(rows)) / (1 + texts)) + 1) * extra).astype(np.float32),
    )


def telling(piece: str) -> float:
    """How much more it says than a piece of a word."""
    if piece != whole(piece[1:-1]):
        return 1.0
    return PAIR if is_pair(piece[1:-1]) else WHOLE


def table(rows: Sequence[Row], columns: Columns) -> sparse.csr_matrix:
    """One row per text: first its pieces, then its marks."""
    words = sorted({word for found, _ in rows for word in found})
    of_words, squared = word_table(words, columns)
    number = {word: index for index, word in enumerate(words)}
    of_texts = ones([[number[word] for word in found] for found, _ in rows], len(words))
    size = np.sqrt(np.maximum(of_texts @ squared, 1e-6))
    known = [[columns.marks[mark] for mark in found if mark in columns.marks] for _, found in rows]
    of_marks = ones(known, len(columns.marks)) @ sparse.diags([counts_for(mark) for mark in columns.marks])
    return sparse.hstack([sparse.diags(1 / size) @ of_texts @ of_words, of_marks]).tocsr().astype(np.float32)


def word_table(words: Sequence[str], columns: Columns) -> tuple[sparse.csr_matrix, NDArray[np.float32]]:
    """Per word its pieces, and the square of its size: see `Scorer._added`."""
    found = [
        [columns.pieces[piece] for piece in dict.fromkeys(pieces(word)) if piece in columns.pieces]
        for word in words
    ]
    bare = ones(found, len(columns.pieces)) @ sparse.diags(columns.rarity)
    size = np.sqrt(np.asarray(bare.multiply(bare).sum(axis=1)).ravel())
    rarest = columns.rarity.max()
    own = np.array(
        [
            columns.rarity[row] if (row := columns.pieces.get(whole(word))) is not None else rarest
            for word in words
        ]
    )
    empty = size == 0
    factor = np.sqrt(own / np.where(empty, 1, size))
    unknown = np.array([0.0 if is_pair(word) else 1.0 for word in words])
    return sparse.diags(factor) @ bare, np.where(empty, unknown, size * own).astype(np.float32)


def ones(found: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    lengths = np.cumsum([0, *map(len, found)])
    flat = np.array([column for row in found for column in row], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, lengths), shape=(len(found), width))

"""Which name somebody means."""

from collections.abc import Iterable

# How well a typed word fits a name; lower is better.
SAME, BEGINS, CONTAINS = range(3)
# Shorter than this, "contains" says nothing.
TELLING_LETTERS = 3


def fit(typed: str, names: Iterable[str]) -> int | None:
    """How well `typed` fits the best of `names`, all in lower case without accents; None if not at all."""
    fits = (_fit_one(typed, name) for name in names)
    return min((each for each in fits if each is not None), default=None)


def _fit_one(typed: str, name: str) -> int | None:
    if not typed:
        return None
    if name == typed:
        return SAME
    if name.startswith(typed):
        return BEGINS
    return CONTAINS if len(typed) >= TELLING_LETTERS and typed in name else None

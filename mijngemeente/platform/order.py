"""Rows that somebody puts in an order of their own."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def moved(row: Sequence[T], one: T, steps: int) -> list[T]:
    """The row with this one so many places further down, at most to its first or last place.

    Raises ValueError for one that does not stand in it.
    """
    others = list(row)
    here = others.index(one)
    others.remove(one)
    others.insert(min(max(here + steps, 0), len(others)), one)
    return others

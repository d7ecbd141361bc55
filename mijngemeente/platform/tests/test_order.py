"""Rows that somebody puts in an order of their own."""

import pytest

from mijngemeente.platform.order import moved


@pytest.mark.parametrize(
    ("one", "steps", "row"),
    [
        ("a", 1, "bac"),
        ("a", 2, "bca"),
        ("a", 9, "bca"),
        ("a", -1, "abc"),
        ("b", -1, "bac"),
        ("c", -9, "cab"),
        ("c", 1, "abc"),
        ("b", 0, "abc"),
    ],
)
def test_one_moves_so_many_places_and_never_out_of_the_row(one, steps, row):
    assert "".join(moved("abc", one, steps)) == row


def test_what_is_not_in_the_row_is_not_moved():
    with pytest.raises(ValueError, match="not in list"):
        moved("abc", "d", 1)

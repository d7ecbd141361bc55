"""Rows are shown in the order of their keys."""

from mijngemeente.platform.ids import uuid7


def test_keys_made_after_each_other_sort_after_each_other():
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(key.version, key.variant) for key in made} == {(7, "specified in RFC 4122")}

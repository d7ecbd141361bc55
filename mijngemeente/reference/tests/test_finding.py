"""Somebody types what they call their municipality."""

from datetime import date

import pytest

from mijngemeente.reference.queries import find_municipalities
from mijngemeente.reference.rules import BEGINS, CONTAINS, SAME, fit


@pytest.mark.parametrize(
    ("typed", "names", "expected"),
    [
        ("tilburg", ["tilburg"], SAME),
        ("til", ["utrecht", "tilburg"], BEGINS),
        ("burg", ["tilburg"], CONTAINS),
        ("ur", ["tilburg"], None),
        ("", ["tilburg"], None),
        ("x", [], None),
    ],
)
def test_how_well_a_word_fits(typed, names, expected):
    assert fit(typed, names) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tilburg", "Tilburg"),
        ("  TILBURG ", "Tilburg"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("Berkel-Enschot", "Tilburg"),
        ("Joure", "De Fryske Marren"),
        ("5038", "Tilburg"),
        ("5038 CB", "Tilburg"),
        ("'s-gravenhage", "Den Haag"),
    ],
)
def test_a_municipality_is_found_as_people_call_it(typed, first):
    found = find_municipalities(typed, date(2026, 6, 1))
    assert [each.name for each in found][:1] == [first]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["xyzzy", "0000", "'; DROP TABLE", "<script>", "🏛", "-", "९९९९"])
def test_nonsense_finds_nothing(typed):
    assert find_municipalities(typed, date(2026, 6, 1)) == []

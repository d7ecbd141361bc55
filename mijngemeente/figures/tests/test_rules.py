"""Periods and numbers in words."""

import re
from datetime import date
from pathlib import Path

import pytest

import mijngemeente
from mijngemeente.figures import rules
from mijngemeente.figures.rules import Period

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0, "0 min"),
        (89, "1 min"),
        (3600, "1 uur"),
        (7800, "2 uur 10 min"),
        (86400, "1 dag"),
        (180_000, "2 dagen 2 uur"),
    ],
)
def test_lengths_read_as_people_say_them(seconds, words):
    assert rules.length_words(seconds) == words


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (None, None, Period(date(2026, 10, 23), TODAY)),
        (date(2026, 1, 1), date(2026, 1, 31), Period(date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 1, 31), date(2026, 1, 1), Period(date(2026, 1, 1), date(2026, 1, 31))),
        (date(1900, 1, 1), TODAY, Period(TODAY - rules.LONGEST, TODAY)),
        (None, date(2026, 2, 28), Period(date(2026, 1, 30), date(2026, 2, 28))),
    ],
)
def test_a_period_is_always_one_that_can_be_counted(first, last, wanted):
    assert rules.period_of(first, last, TODAY) == wanted


def test_months_end_where_they_end():
    found = rules.months_before(date(2028, 3, 31), 3)
    assert [(each.first, each.last.day) for each in found] == [
        (date(2028, 2, 1), 29),
        (date(2028, 1, 1), 31),
        (date(2027, 12, 1), 31),
    ]


@pytest.mark.parametrize(
    ("good", "bad", "total", "net"), [(0, 0, 0, None), (1, 0, 1, 100), (0, 2, 2, -100), (2, 1, 4, 25)]
)
def test_net_satisfaction(good, bad, total, net):
    assert rules.net_of(good, bad, total) == net


@pytest.mark.parametrize(("organisations", "least"), [(1, 1), (2, 5), (342, 5)])
def test_of_others_no_count_is_told_that_points_at_one_conversation(organisations, least):
    assert rules.least_told(organisations) == least


def test_a_period_is_told_in_one_phrase():
    assert Period(date(2026, 11, 1), date(2026, 11, 30)).words == "1 t/m 30 november 2026"
    assert Period(date(2026, 10, 23), TODAY).words == "23 oktober 2026 t/m 21 november 2026"


@pytest.mark.parametrize(("number", "words"), [(90, "+90"), (-100, "-100"), (0, "0")])
def test_a_net_figure_has_a_sign_unless_it_is_nothing(number, words):
    assert rules.signed(number) == words


@pytest.mark.parametrize(
    "paper", sorted(Path(mijngemeente.__file__).parent.rglob("*.typ")), ids=lambda each: each.stem
)
def test_no_page_number_counts_in_letters(paper):
    """Each `1`, `a` and `i` in a pattern of Typst is a number: "1 van 1" came out as "1 vb"."""
    patterns = re.findall(r'numbering: "([^"]*)"', paper.read_text("utf-8"))
    assert not any(re.search("[A-Za-z]", pattern) for pattern in patterns)

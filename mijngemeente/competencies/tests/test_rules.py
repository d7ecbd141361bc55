"""What may be written down of a person, and told of a team."""

from datetime import date

import pytest

from mijngemeente.competencies.rules import Scored, Total, kept_from, totals, typed_levels, typed_scores

KNOWN = ("C1", "C2")


@pytest.mark.parametrize(
    ("typed", "scores", "problem"),
    [
        ({}, (), None),
        ({"level.C1": "3", "evidence.C1": "Leidde  de\x00 week"}, (Scored("C1", 3, "Leidde de week"),), None),
        ({"level.C1": "0"}, (Scored("C1", 0),), None),
        ({"level.C1": "3"}, (), "Schrijf in één zin"),
        ({"level.C1": "3", "evidence.C1": " \x00 "}, (), "Schrijf in één zin"),
        ({"evidence.C1": "Ik schrijf"}, (), "Kies ook een niveau"),
        ({"level.C1": "5", "evidence.C1": "x"}, (), "Kies een niveau uit de lijst"),
        ({"level.C1": "²", "evidence.C1": "x"}, (), "Kies een niveau uit de lijst"),
        ({"level.C1": "1", "evidence.C1": "x" * 201}, (), "Hooguit 200"),
        ({"level.C9": "1", "evidence.C9": "x"}, (), None),
        ({"level.C1": "1", "evidence.C1": "Ik 🦊"}, (Scored("C1", 1, "Ik 🦊"),), None),
    ],
)
def test_a_level_needs_a_sentence_that_shows_it(typed, scores, problem):
    form = typed_scores(typed, KNOWN)
    assert form.scores == scores
    assert [each for each in form.problems.values() if problem is None or problem not in each] == []
    assert bool(form.problems) is (problem is not None)


def test_a_manager_only_chooses_levels():
    assert typed_levels({"level.C1": "4", "level.C2": "x", "level.C9": "1"}, KNOWN) == (Scored("C1", 4),)


@pytest.mark.parametrize(
    ("levels", "total"),
    [
        ([], Total("C1", None)),
        ([4, 4, 4, 4], Total("C1", None)),
        ([0, 1, 2, 3, 4], Total("C1", 5, "3 of meer", "minder dan 3")),
        ([3, 3, 3, 3, 3], Total("C1", 5, "3 of meer", "3 of meer")),
        ([0, 0, 0, 0, 2, 2, 3, 3, 3, 3], Total("C1", 10, "6", "4 of meer")),
        ([0, 0, 0, 0, 2, 2, 2, 3, 3, 3], Total("C1", 10, "6", "3")),
        ([0, 0, 0, 0, 0, 0, 2, 3, 3, 3], Total("C1", 10, "4", "3 of meer")),
        ([0, 2, 2, 2, 2, 3, 3, 3, 3, 3], Total("C1", 10, "8 of meer", "5")),
    ],
)
def test_no_total_is_about_one_or_two_people(levels, total):
    assert totals({"C1": levels}, ["C1"]) == [total]


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2026, 11, 22), date(2025, 11, 22)), (date(2028, 2, 29), date(2027, 2, 28))],
)
def test_a_score_is_kept_for_a_year(today, first):
    assert kept_from(today) == first

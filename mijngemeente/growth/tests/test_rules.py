"""Where a team stands by what it says: worked examples."""

from datetime import date

import pytest

from mijngemeente.growth.library import model
from mijngemeente.growth.rules.forms import judgements_in
from mijngemeente.growth.rules.judging import (
    Clash,
    Judgement,
    factors_of,
    history,
    merged,
    standing,
    standings,
    unproven,
)
from mijngemeente.growth.rules.model import LEVELS, Kind, Statement, Step, Theme
from mijngemeente.growth.rules.model import Model as Known
from mijngemeente.growth.rules.pictures import dots, stairs
from mijngemeente.team.library import Basis, factors, national, stories

#: Five statements on each of two levels: W1a to W1e, W2a to W2e.
SMALL = Known(
    tuple(
        Statement(f"W{level}{letter}", Theme.WEBCARE, level, letter, "")
        for level in (1, 2)
        for letter in "abcde"
    ),
    {(Theme.WEBCARE, 2): Step(Theme.WEBCARE, 2, "Doe dit", Kind.ROLE, "R13", "")},
    (),
    ("F1", "F2", "F3"),
)


def yes(*codes: str) -> dict[str, Judgement]:
    return {code: Judgement(1, "gezien") for each in codes for code in _each(each)}


def _each(codes: str) -> list[str]:
    level, letters = codes[:2], codes[2:]
    return [level + letter for letter in letters]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ([], 0),
        (["W1abc"], 0),
        (["W1abcd"], 1),
        (["W1abcde"], 1),
        (["W1abcd", "W2abc"], 1),
        (["W1abcd", "W2abcd"], 2),
        # The second level alone is no level.
        (["W1abc", "W2abcde"], 0),
    ],
)
def test_a_level_is_reached_when_four_of_five_are_so_there_and_below(said: list[str], level: int) -> None:
    assert standing(Theme.WEBCARE, yes(*said), SMALL).level == level


def test_the_step_is_the_one_to_the_next_level() -> None:
    assert standing(Theme.WEBCARE, yes("W1abcde"), SMALL).step == SMALL.steps[Theme.WEBCARE, 2]
    assert standing(Theme.WEBCARE, yes("W1abcde", "W2abcde"), SMALL).step is None


def test_no_and_do_not_know_both_do_not_count_and_only_one_is_still_to_say() -> None:
    given = yes("W1abc") | {"W1d": Judgement(0), "W1e": Judgement(None, "nog vragen")}
    found = standing(Theme.WEBCARE, given, SMALL)
    assert (found.shares[0], found.unjudged) == (0.6, 6)


@pytest.mark.parametrize(
    ("scores", "mean", "lowest"),
    [
        ({}, None, ()),
        ({"F1": 5}, 5.0, ()),
        ({"F1": 4, "F2": 1}, 2.5, ("F2",)),
        ({"F1": 3, "F2": 1, "F3": 2}, 2.0, ("F2", "F3", "F1")),
    ],
)
def test_the_factors_say_where_there_is_most_to_win(
    scores: dict[str, int], mean: float | None, lowest: tuple[str, ...]
) -> None:
    found = factors_of({code: Judgement(score) for code, score in scores.items()}, SMALL)
    assert (found.mean, found.lowest, found.scored) == (mean, lowest, len(scores))


def test_what_is_said_to_be_well_asks_for_something_that_shows_it() -> None:
    given = {"F1": Judgement(4), "F2": Judgement(2), "W1a": Judgement(1), "W1b": Judgement(1, "rooster")}
    assert unproven(given | {"W1c": Judgement(0)}, SMALL) == ("F1", "W1a")


@pytest.mark.parametrize(
    ("theirs", "mine", "changed", "clashes"),
    [
        ({}, {"F1": Judgement(3)}, {"F1": Judgement(3)}, ()),
        ({"F1": Judgement(2)}, {"F1": Judgement(2)}, {}, ()),
        ({"F1": Judgement(2)}, {"F1": Judgement()}, {}, ()),
        (
            {"F1": Judgement(2)},
            {"F1": Judgement(3), "F2": Judgement(1)},
            {"F2": Judgement(1)},
            (Clash("F1", Judgement(2), Judgement(3)),),
        ),
    ],
)
def test_two_who_judge_at_once_only_clash_where_they_differ(
    theirs: dict[str, Judgement],
    mine: dict[str, Judgement],
    changed: dict[str, Judgement],
    clashes: tuple[Clash, ...],
) -> None:
    assert merged({}, theirs, mine) == (changed, clashes)


def test_the_past_shows_how_each_day_ended() -> None:
    first, second = date(2026, 5, 1), date(2026, 11, 1)
    said = [(first, code, each) for code, each in yes("W1abcde").items()]
    said += [(second, "W1a", Judgement(0)), (second, "W1b", Judgement(0))]
    assert [(each.on, each.standings[1].level) for each in history(said, SMALL, 12)] == [
        (first, 1),
        (second, 0),
    ]
    assert [each.on for each in history(said, SMALL, 1)] == [second]


@pytest.mark.parametrize(
    ("value", "code", "kept"),
    [
        ("5", "F1", 5),
        ("6", "F1", None),
        ("0", "F1", None),
        ("²", "F1", None),
        ("1", "W1a", 1),
        ("2", "W1a", None),
    ],
)
def test_a_form_says_only_what_it_offers(value: str, code: str, kept: int | None) -> None:
    typed = {f"{code}.value": value, f"{code}.evidence": " zo ", "X.evidence": "x"}
    assert judgements_in(typed, SMALL) == {code: Judgement(kept, "zo")}


def test_the_model_is_whole_and_leads_to_what_exists() -> None:
    known = model()
    assert all(3 <= len(known.of(theme, level)) <= 5 for theme in Theme for level in LEVELS)
    assert set(known.steps) == {(theme, level) for theme in Theme for level in LEVELS}
    places = {each.municipality for each in stories()}
    for step in known.steps.values():
        assert step.kind is not Kind.ROLE or step.target in national().roles
        assert step.kind is not Kind.PRACTICE or step.target in places
    assert {each.basis for each in known.statements} == {"aanvulling"}
    assert Basis.of(known.levels[0].basis).titles
    assert len(factors()) == 14


def test_the_picture_tells_in_words_what_it_shows() -> None:
    names = [each.name for each in model().levels]
    given = {each.code: Judgement(1) for each in model().statements if each.level == 1}
    drawn = stairs(standings(given, model()), names)
    assert "Webcare en online dienstverlening: niveau 1, ontdekken." in drawn.sentence
    assert [block.is_reached for block in drawn.stairs[0].blocks] == [True, False, False, False, False]
    assert "nog geen niveau 1" in stairs(standings({}, model()), names).sentence
    assert [filled for _, filled in dots([("Doel", 2)])[0].dots] == [True, True, False, False, False]

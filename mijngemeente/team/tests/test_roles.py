"""How a role is filled: worked out by hand from the rules of the teamplotter."""

from dataclasses import replace

import pytest

from mijngemeente.team.rules.plot import Duty, Person, Want, Wish
from mijngemeente.team.rules.roles import crucial_result, role_results
from mijngemeente.team.rules.shares import hours_by_role, proposed_roles

from .plots import LIBRARY, backup, main, person, plot, side

FULL = [person("anna", 36, main("R1")), person("bas", 0, backup("R1"))]


@pytest.mark.parametrize(
    ("people", "wish", "status"),
    [
        ([], Wish(), "missing"),
        ([person("anna", 0, main("R1"))], Wish(), "missing"),
        ([person("anna", 36, backup("R1"))], Wish(), "missing"),
        ([person("anna", 36, main("R1"))], Wish(), "fragile"),
        (FULL, Wish(), "filled"),
        ([person("anna", 17, main("R1")), person("bas", 0.9, side("R1"))], Wish(), "fragile"),
        ([person("anna", 18, main("R1")), person("bas", 0, backup("R1"))], Wish(), "partial"),
        ([person("anna", 32.3, main("R1")), person("bas", 0, backup("R1"))], Wish(), "partial"),
        ([person("anna", 32.4, main("R1")), person("bas", 0, backup("R1"))], Wish(), "filled"),
        (FULL, Wish(fte=2), "partial"),
        (FULL, Wish(fte=2.1), "fragile"),
        (FULL, Wish(want=Want.ELSEWHERE, where="de regio"), "elsewhere"),
        ([], Wish(want=Want.ELSEWHERE), "elsewhere"),
    ],
)
def test_a_role_is_as_well_filled_as_the_rules_say(people: list[Person], wish: Wish, status: str) -> None:
    (found, *_) = role_results(plot(*people, R1=wish), LIBRARY)
    assert (found.code, found.status) == ("R1", status)
    assert found.because.endswith(".")


def test_enough_hours_without_the_level_is_a_part() -> None:
    anna, bas = FULL
    found = role_results(plot(replace(anna, levels={"C1": 2}), bas), LIBRARY)[0]
    assert found.status == "partial"
    assert "niemand haalt gevorderd bij Regie (hoogste: toepassend)" in found.because
    assert role_results(plot(replace(anna, levels={"C1": 3}), bas), LIBRARY)[0].status == "filled"


def test_a_role_that_nobody_wants_and_nobody_has_is_no_finding() -> None:
    codes = [each.code for each in role_results(plot(R1=Wish(want=Want.NO)), LIBRARY)]
    assert codes == ["R2", "R2a"]
    with_somebody = role_results(plot(person("anna", 36, main("R1")), R1=Wish(want=Want.NO)), LIBRARY)
    assert with_somebody[0].code == "R1"


def test_a_family_counts_when_one_of_its_roles_is_filled() -> None:
    analysts = (person("anna", 36, main("R2a")), person("bas", 0, backup("R2a")))
    results = role_results(plot(*analysts, R1=Wish(want=Want.ELSEWHERE)), LIBRARY)
    crucial = crucial_result(results, LIBRARY)
    assert (crucial.score, crucial.of) == (1, 2)
    assert (crucial.missing, crucial.elsewhere) == ((), ("regie",))


@pytest.mark.parametrize(
    ("somebody", "hours"),
    [
        (person("anna", 36, main("R1", 10), side("R3")), {"R1": 10, "R3": 26}),
        (person("anna", 36, main("R1"), side("R3")), {"R1": 24, "R3": 12}),
        (person("anna", 36, main("R1"), backup("R3")), {"R1": 36}),
        (person("anna", 36, main("R1"), duties=(Duty("T1", 8),)), {"R1": 8}),
        (person("anna", 36, main("R2"), side("R2a"), duties=(Duty("T2", 8),)), {"R2": 4, "R2a": 4}),
        (person("anna", 36, main("R1"), main("R3"), duties=(Duty("T1", 8),)), {"R1": 8, "R3": 28}),
        (person("anna", 8, main("R1", 10), main("R3")), {"R1": 10, "R3": 0}),
        (person("anna", 36), {}),
    ],
)
def test_hours_go_to_the_role_they_are_for(somebody: Person, hours: dict[str, float]) -> None:
    assert hours_by_role(somebody, LIBRARY) == hours


def test_tasks_propose_roles_the_most_likely_first() -> None:
    somebody = person("anna", 36, duties=(Duty("T1", 8), Duty("T3", 20)))
    assert proposed_roles(somebody, LIBRARY) == ["R3", "R1"]

"""What a whole plot shows, and the three sample teams."""

import json
from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from mijngemeente.settings import DATA
from mijngemeente.team.library import library
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.plot import Duty, Plot
from mijngemeente.team.rules.reading import read_text
from mijngemeente.team.rules.result import Result

from .plots import LIBRARY, TODAY, backup, main, person, plot

NATIONAL = library(DATA / "team")


def sample(name: str) -> Plot:
    read = read_text((DATA / "team" / "examples" / f"{name}.json").read_bytes(), NATIONAL, TODAY)
    assert not read.problems
    return read.plot


def statuses(result: Result) -> dict[str, str]:
    return {each.code: each.status.value for each in result.roles}


def test_tasks_without_doer_with_one_doer_and_with_many() -> None:
    doers = [person(name, 36, main("R1"), duties=(Duty("T1"),)) for name in ("anna", "bas", "cem", "dirk")]
    alone = person("eva", 36, main("R3"), duties=(Duty("T3"),))
    tasks = result_of(plot(*doers, alone), LIBRARY).tasks
    assert (tasks.orphans, tasks.single, tasks.crowded) == (("T2",), ("T3",), ("T1",))


def test_a_task_with_backup_is_not_alone_and_one_with_an_owner_no_crowd() -> None:
    owner = person("anna", 36, main("R1"), duties=(Duty("T1", is_owner=True),))
    others = [person(name, 36, main("R1"), duties=(Duty("T1"),)) for name in ("bas", "cem", "dirk")]
    covered = person("eva", 36, main("R3"), duties=(Duty("T3", backup="anna"),))
    tasks = result_of(plot(owner, *others, covered), LIBRARY).tasks
    assert (tasks.single, tasks.crowded) == ((), ())


@pytest.mark.parametrize(
    ("ends", "is_ending"),
    [(date(2027, 5, 22), True), (date(2027, 5, 23), False), (date(2026, 1, 1), True), (None, False)],
)
def test_a_contract_that_ends_within_six_months_is_told(ends: date | None, is_ending: bool) -> None:
    somebody = replace(person("anna"), ends=ends)
    assert result_of(plot(somebody), LIBRARY).people.ending == (("anna",) if is_ending else ())


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    somebody = replace(person("anna"), ends=date(2027, 2, 28))
    august = replace(plot(somebody), on=date(2026, 8, 31))
    assert result_of(august, LIBRARY).people.ending == ("anna",)


def test_more_than_three_main_roles_is_stacking() -> None:
    four = person("anna", 36, *map(main, ("R1", "R2", "R2a", "R3")))
    three = person("bas", 36, *map(main, ("R1", "R2", "R2a")), backup("R3"))
    assert result_of(plot(four, three), LIBRARY).people.stacking == ("anna",)


def test_what_one_role_has_too_much_does_not_fill_another() -> None:
    result = result_of(replace(plot(person("anna", 36, main("R3"))), salaries={"": 80_000}), LIBRARY)
    assert (result.fte.have, result.fte.want, result.fte.gap) == (1, 1, 1)
    assert result.fte.euros == 80_000
    assert result_of(plot(), LIBRARY).fte.euros is None


def test_a_team_of_a_small_municipality() -> None:
    result = result_of(sample("klein"), NATIONAL)
    assert result.fte.have == 1.8
    assert statuses(result)["R02"] == statuses(result)["R04a"] == "missing"
    assert statuses(result)["R05"] == "fragile"
    assert statuses(result)["R03"] == "partial"
    assert (result.crucial.score, result.crucial.of) == (0, 5)
    assert (result.fte.want, result.fte.gap, result.fte.euros) == (2.55, 0.95, 76_000)
    assert {"T05", "T10", "T11", "T40", "T43", "T57", "T61"} == set(result.tasks.single)


def test_a_team_of_a_middle_sized_municipality() -> None:
    result = result_of(sample("middelgroot"), NATIONAL)
    assert result.fte.have == 4
    assert (result.crucial.score, result.crucial.elsewhere) == (2, ("data",))
    assert result.crucial.missing == ("verbinder", "communitymanager")
    assert statuses(result)["R01"] == "partial"
    assert statuses(result)["R04a"] == "elsewhere"
    assert statuses(result)["R04b"] == "missing"
    assert result.people.ending == ("p4",)
    (c01, *_) = result.competencies
    assert (c01.code, c01.required, c01.best, c01.gap, c01.at_level) == ("C01", 4, 3, 1, 0)


def test_a_team_of_a_city() -> None:
    result = result_of(sample("groot"), NATIONAL)
    assert result.crucial.score == 4
    assert result.crucial.missing == ("communitymanager",)
    assert set(result.tasks.crowded) == {"T01", "T41", "T60", "T61"}
    assert statuses(result)["R04b"] == statuses(result)["R05a"] == "fragile"


def test_four_hundred_people_and_sixty_roles_take_under_fifty_milliseconds() -> None:
    roles = [f"E{number}" for number in range(60 - len(NATIONAL.roles))]
    people = [
        {
            "id": f"p{number}",
            "name": f"Persoon {number}",
            "hours": 32,
            "roles": [{"code": code, "part": "main"} for code in ("R13", roles[number % len(roles)])],
            "tasks": [{"code": code, "hours": 4} for code in ("T60", "T61", "T01")],
            "competencies": dict.fromkeys(NATIONAL.competencies, number % 5),
        }
        for number in range(400)
    ]
    document = {
        "format": "mijngemeente-teamplot",
        "people": people,
        "own_roles": [{"code": c} for c in roles],
    }
    big = read_text(json.dumps(document), NATIONAL, TODAY).plot
    spent = []
    for _ in range(5):
        start = process_time()
        result_of(big, NATIONAL)
        spent.append(process_time() - start)
    assert min(spent) < 0.05

"""A plot from a file: whatever is typed, a sentence that says where it is not right."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from mijngemeente.settings import DATA
from mijngemeente.team.library import library
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.reading import UnreadablePlot, read, read_text
from mijngemeente.team.rules.writing import template

from .plots import TODAY

NATIONAL = library(DATA / "team")
ANNA = {"id": "a", "name": "Anna", "hours": 24}
BAS = {"id": "b", "name": "Bas", "hours": 24}


def sentences(**document: Any) -> list[tuple[str, str]]:
    found = read({"people": [ANNA, BAS]} | document, NATIONAL, TODAY)
    return [(each.where, each.sentence) for each in found.problems]


def duty(backup: str) -> list[dict[str, Any]]:
    return [{"code": "T01", "hours": 4, "backup": backup}]


@pytest.mark.parametrize(
    ("document", "where", "words"),
    [
        ({"people": [ANNA | {"hours": 41}]}, "people.0.hours", "41 kan niet"),
        ({"people": [ANNA | {"hours": -1}]}, "people.0.hours", "-1 kan niet"),
        ({"people": [ANNA | {"hours": "veel"}]}, "people.0.hours", "Hier hoort een getal"),
        ({"people": [ANNA | {"hours": float("nan")}]}, "people.0.hours", "kan niet"),
        ({"people": [ANNA, ANNA]}, "people.1", "Anna staat er twee keer in"),
        ({"people": [ANNA, BAS | {"name": "Anna"}]}, "people.1", "Anna staat er twee keer in"),
        ({"people": [ANNA | {"name": ""}]}, "people.0", "ontbreekt een naam"),
        ({"people": []}, "people", "nog geen mensen"),
        ({"people": "Anna"}, "people", "Hier hoort een lijst"),
        (
            {"people": [ANNA | {"roles": [{"code": "R99"}]}]},
            "people.0.roles.0",
            "“R99” staat niet in de lijst",
        ),
        (
            {"people": [ANNA | {"tasks": [{"code": "T99"}]}]},
            "people.0.tasks.0",
            "“T99” staat niet in de lijst",
        ),
        ({"people": [ANNA | {"competencies": {"C01": 5}}]}, "people.0.competencies.C01", "0 tot en met 4"),
        ({"people": [ANNA | {"ends": "morgen"}]}, "people.0.ends", "zoals 2027-03-01"),
        ({"people": [ANNA | {"tasks": duty("a")}]}, "people.0.tasks.0.backup", "voor zichzelf"),
        (
            {"people": [ANNA | {"tasks": duty("z")}]},
            "people.0.tasks.0.backup",
            "“z” staat niet bij de mensen",
        ),
        (
            {"people": [ANNA | {"tasks": duty("b")}, BAS | {"tasks": duty("a")}]},
            "people",
            "Anna en Bas zijn elkaars achtervang bij T01",
        ),
        ({"wanted": {"R01": {"want": "misschien"}}}, "wanted.R01.want", "Kies uit yes, no, elsewhere"),
        ({"wanted": {"R01": {"fte": -2}}}, "wanted.R01.fte", "kan niet"),
        ({"salaries": {"R01": "veel"}}, "salaries.R01.euros", "Hier hoort een getal"),
        ({"own_roles": [{"code": "R01"}]}, "own_roles.0", "al van een ander"),
    ],
)
def test_what_is_not_right_is_told_where_it_stands(document: dict[str, Any], where: str, words: str) -> None:
    told = sentences(**document)
    assert any(place == where and words in sentence for place, sentence in told), told


def test_the_tasks_of_one_person_fit_in_a_week() -> None:
    tasks = [{"code": code, "hours": 30} for code in ("T01", "T02")]
    told = sentences(people=[ANNA | {"tasks": tasks}])
    assert told == [("people.0", "De taken zijn samen meer dan 40 uur in de week.")]


def test_names_may_hold_anything_and_comments_are_skipped() -> None:
    assert sentences(people=[ANNA | {"name": "Zoë 🦊 <b>"}], _note=1, wanted={"_note": 1}) == []


@pytest.mark.parametrize("text", ["", "id,naam\n1,Anna", "[]", "{}", '{"format": "anders"}', "[" * 100_000])
def test_a_file_of_another_programme_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadablePlot, match="geen teamplot"):
        read_text(text, NATIONAL, TODAY)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadablePlot, match="te groot"):
        read_text(b" " * 50_000_000, NATIONAL, TODAY)


def test_own_roles_and_tasks_take_part() -> None:
    document = {
        "people": [ANNA | {"roles": [{"code": "E1"}], "tasks": [{"code": "ET1", "hours": 4}]}],
        "own_roles": [{"code": "E1", "name": "Wijkredacteur"}],
        "own_tasks": [{"code": "ET1", "name": "Wijkkrant", "roles": ["E1"]}],
    }
    found = read(document, NATIONAL, TODAY)
    assert not found.problems
    roles = {each.name: each.have_fte for each in result_of(found.plot, NATIONAL).roles}
    assert roles["Wijkredacteur"] == 0.11


def test_the_template_reads_back_and_only_asks_for_people() -> None:
    found = read_text(json.dumps(template(NATIONAL)), NATIONAL, TODAY)
    assert [each.sentence for each in found.problems] == ["Er staan nog geen mensen in deze plot."]


JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = some.sampled_from(
    ["people", "wanted", "salaries", "own_roles", "own_tasks", "date", "inhabitants", "week_hours", "title"]
)
PEOPLE = some.lists(
    some.dictionaries(
        some.sampled_from(["id", "name", "hours", "ends", "tasks", "roles", "competencies"]), JSON, max_size=7
    ),
    max_size=4,
)


# The first draw builds the strategy, which takes long on a busy machine.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.dictionaries(KEYS, JSON | PEOPLE))
def test_whatever_a_document_holds_it_gives_a_result_and_never_an_exception(document: dict[str, Any]) -> None:
    result_of(read(document, NATIONAL, TODAY).plot, NATIONAL)

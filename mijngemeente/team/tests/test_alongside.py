"""What stands beside the plot: pictures, their numbers, and verdicts that can be discussed."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from mijngemeente.team import alongside, pictures
from mijngemeente.team.library import national
from mijngemeente.team.rules.bars import capacities, capacity_bars, capacity_words, level_bars
from mijngemeente.team.rules.documents import Document, begun, changed_by
from mijngemeente.team.rules.duties import doings, duty_pictures
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.heat import PEOPLE_AT_ONCE, heats
from mijngemeente.team.rules.plot import Choice, Duty, Plot, Said, Want, Wish
from mijngemeente.team.rules.proposals import role_proposals, verdict_proposals
from mijngemeente.team.rules.reading import read
from mijngemeente.team.rules.result import Rule

from .plots import LIBRARY, TODAY, backup, main, person, plot, side
from .test_plotter import FILL, document_of

EXAMPLES = Path(__file__).parents[3] / "data" / "team" / "examples"
KINDS = ("mensen", "uren", "competenties", "taken")


def example(name: str) -> tuple[Document, Plot]:
    document = json.loads((EXAMPLES / f"{name}.json").read_text())
    return document, read(document, national(), TODAY).plot


def test_a_role_short_of_hours_costs_what_the_salary_table_says() -> None:
    team = replace(plot(person("anna", 18, main("R1", 18))), salaries={"": 80_000.0})
    row = capacities(team, result_of(team, LIBRARY))[0]
    assert (row.have, row.want, row.gap, row.euros) == (0.5, 1.0, 0.5, 40_000)
    assert capacity_words(row) == "0,5 van 1 fte, tekort 0,5, € 40.000 per jaar"


def test_without_a_salary_there_are_no_euros() -> None:
    team = plot(person("anna", 18, main("R1", 18)))
    row = capacities(team, result_of(team, LIBRARY))[0]
    assert row.euros is None
    assert capacity_words(row) == "0,5 van 1 fte, tekort 0,5"


@pytest.mark.parametrize(
    ("wanted", "salaries", "expected"),
    [
        ({"R03": {"scale": "10"}}, {}, 90_000),
        ({"R03": {"scale": "10"}}, {"R03": 95_000}, 95_000),
        ({"R03": {"scale": "10"}}, {"default": 80_000}, 90_000),
        ({"R03": {"scale": ""}}, {"default": 80_000}, 80_000),
        ({}, {"default": 80_000}, 80_000),
    ],
)
def test_a_role_costs_its_own_sum_then_its_scale_then_the_average(
    wanted: Document, salaries: Document, expected: float
) -> None:
    document = begun(1, TODAY) | {
        "scales": [{"name": "10", "euros": 90_000}],
        "wanted": wanted,
        "salaries": salaries,
    }
    found = read(document, national(), TODAY).plot.salaries
    assert found.get("R03", found.get("")) == expected


def test_a_scale_that_is_not_in_the_table_is_told() -> None:
    document = begun(1, TODAY) | {"wanted": {"R03": {"scale": "11"}}}
    told = {each.where: each.sentence for each in read(document, national(), TODAY).problems}
    assert told["wanted.R03"] == "De schaal “11” staat niet in de loontabel."


def test_the_bars_end_where_the_wanted_mark_stands() -> None:
    team = plot(person("anna", 18, main("R1", 18)))
    bar = capacity_bars(team, result_of(team, LIBRARY)).bars[0]
    assert bar.want == pytest.approx(366 + bar.have + bar.short)


def test_a_role_that_is_done_elsewhere_has_no_bar() -> None:
    team = plot(person("anna", 36, main("R1")), R3=Wish(Want.ELSEWHERE, where="de regio"))
    assert "Redacteur" not in [each.name for each in capacities(team, result_of(team, LIBRARY))]


def test_levels_are_those_of_the_team_and_name_nobody() -> None:
    team = plot(replace(person("anna", 36, main("R1")), levels={"C1": 2}))
    drawn = level_bars(result_of(team, LIBRARY).competencies)
    assert [each.words for each in drawn.bars] == ["gevorderd gevraagd, niemand haalt dat"]
    assert "anna" not in str(drawn).lower()


def test_each_person_has_a_row_with_a_mark_for_each_role() -> None:
    team = plot(person("anna", 36, main("R1", 20), side("R3", 16)), person("bert", 10, backup("R1")))
    (heat,) = heats(team, result_of(team, LIBRARY), LIBRARY)
    assert [(each.part, each.words, each.shade) for each in heat.cells] == [
        ("main", "20", 4),
        ("side", "16", 3),
        ("backup", "", 0),
    ]


def test_many_people_have_more_pictures_and_none_has_none() -> None:
    many = plot(*(person(f"p{number}", 36, main("R1")) for number in range(PEOPLE_AT_ONCE + 1)))
    assert len(heats(many, result_of(many, LIBRARY), LIBRARY)) == 2
    assert heats(plot(), result_of(plot(), LIBRARY), LIBRARY) == []


def doing_team() -> Plot:
    single = person("anna", 36, main("R1"), main("R2"), duties=(Duty("T1"), Duty("T2", backup="bert")))
    crowd = [person(name, 36, main("R3"), duties=(Duty("T3"),)) for name in ("bert", "cas", "dina", "eva")]
    return plot(single, *crowd)


def test_tasks_tell_who_does_them_and_what_stands_out() -> None:
    team = doing_team()
    found = {each.code: each for each in doings(team, result_of(team, LIBRARY), LIBRARY)}
    assert (found["T1"].rule, found["T1"].names) == (Rule.SINGLE, ("Anna",))
    assert (found["T2"].rule, found["T2"].backup_names) == (None, ("Bert",))
    assert (found["T3"].rule, found["T3"].doers) == (Rule.CROWDED, (2, 3, 4, 5))


def test_a_task_of_a_crowd_ends_with_how_many_more_there_are() -> None:
    team = plot(*(person(f"p{number}", 36, main("R3"), duties=(Duty("T3"),)) for number in range(20)))
    (picture,) = duty_pictures(doings(team, result_of(team, LIBRARY), LIBRARY)[:1])
    assert [each.words for each in picture.rows[0].marks][-1] == "+6"


def test_every_verdict_says_its_rule() -> None:
    team = doing_team()
    stacked = person("fred", 36, main("R1"), main("R2"), main("R2a"), main("R3"))
    ending = replace(person("gijs", 10), ends=date(2027, 3, 1))
    team = replace(team, people=(*team.people, stacked, ending))
    told = {each.about: each.because for each in result_of(team, LIBRARY).verdicts}
    assert told == {
        "task-T1": "Alleen Anna doet dit, en er is geen achtervang.",
        "task-T3": "4 mensen doen dit, en niemand gaat erover.",
        "stacking-fred": "4 hoofdrollen. Meer dan drie is te veel voor één mens.",
        "ending-gijs": "Het contract loopt tot en met 1 maart 2027: dat is binnen zes maanden.",
    }


def test_a_task_of_nobody_says_where_it_belongs() -> None:
    team = plot(person("anna", 36, main("R2")))
    told = {each.about: each.because for each in result_of(team, LIBRARY).verdicts}
    assert told["task-T2"] == "Niemand doet dit. De taak hoort bij Analist of Webanalist."


def test_what_the_team_says_of_a_verdict_stands_beside_it() -> None:
    said = {"task-T1": Said(Choice.CHOSEN, "Tot januari."), "role-R1": Said(Choice.CHANGING, "Wij werven.")}
    result = result_of(replace(doing_team(), said=said), LIBRARY)
    assert result.verdicts[0].choice is Choice.CHOSEN
    role = next(each for each in result.roles if each.code == "R1")
    assert (role.choice, role.note) == (Choice.CHANGING, "Wij werven.")


def test_a_note_beside_what_is_wanted_is_a_choice() -> None:
    team = plot(person("anna", 36, main("R1")), R1=Wish(note="Eén is genoeg."))
    role = result_of(team, LIBRARY).roles[0]
    assert (role.choice, role.note) == (Choice.CHOSEN, "Eén is genoeg.")


def test_what_the_team_chose_is_not_proposed_to_mend() -> None:
    team = doing_team()
    before = [each.what for each in verdict_proposals(result_of(team, LIBRARY).verdicts)]
    assert before == ["Een achtervang voor “Regie voeren”", "Een eigenaar voor “Schrijven”"]
    chosen = replace(team, said={"task-T1": Said(Choice.CHOSEN), "role-R1": Said(Choice.CHOSEN)})
    result = result_of(chosen, LIBRARY)
    assert [each.what for each in verdict_proposals(result.verdicts)] == ["Een eigenaar voor “Schrijven”"]
    assert not [each for each in role_proposals(result.roles) if "Regisseur" in each.what]


def test_each_state_of_a_role_has_its_own_proposal() -> None:
    team = plot(
        person("anna", 36, main("R3")), person("bert", 10, main("R1", 20)), person("cas", 9, backup("R1"))
    )
    found = {each.what: each.kind for each in role_proposals(result_of(team, LIBRARY).roles)}
    assert found["Iemand vinden voor de rol Analist"] == "Werven"
    assert found["Een achtervang voor de rol Redacteur"] == "Opleiden"
    assert found["Meer uren of kennis voor de rol Regisseur"] == "Anders verdelen"


def test_a_proposal_that_is_taken_over_is_an_action() -> None:
    changed = changed_by(begun(1, TODAY), {"add": "Werven|Iemand vinden"})
    assert changed["actions"] == [{"kind": "Werven", "what": "Iemand vinden"}]
    assert changed_by(begun(1, TODAY), {"add": "|"})["actions"] == []


@pytest.mark.parametrize("name", ["klein", "middelgroot", "groot"])
def test_the_pictures_are_well_formed_and_tell_what_they_show(name: str) -> None:
    _, team = example(name)
    result = result_of(team, national())
    for kind in KINDS:
        for each in alongside.pictures_of(kind, team, result, national()):
            found = ElementTree.fromstring(each.svg)
            assert found.findtext("{http://www.w3.org/2000/svg}desc")
    assert pictures.paper(team, result, national())[:5] == b"%PDF-"


def walk(client: Client, page: HttpResponse, go: str, **typed: str) -> HttpResponse:
    fields = {name.replace("__", "."): value for name, value in typed.items()}
    carried = json.dumps(document_of(page))
    return cast(HttpResponse, client.post(FILL, {"document": carried, "go": go, **fields}))


@pytest.mark.django_db
def test_a_verdict_is_discussed_where_it_stands(client: Client) -> None:
    page = cast(HttpResponse, client.post("/wegwijs/teamplotter/open/", {"example": "klein"}))
    assert "Wie doet welke rol" in page.content.decode()
    typed = {"discussed.role-R02.choice": "chosen", "discussed.role-R02.note": "Dat doet het dorp zelf."}
    page = walk(client, page, "gap", step="gap", **typed)
    assert "Wij kiezen dit" in page.content.decode()
    page = walk(client, page, "actions", step="gap")
    assert "Iemand vinden voor de rol Communitymanager" not in page.content.decode()
    page = walk(
        client, page, "gap", step="gap", **{"discussed.role-R02.choice": "", "discussed.role-R02.note": ""}
    )
    assert document_of(page)["discussed"] == {}


@pytest.mark.django_db
def test_an_unknown_answer_to_a_verdict_is_told(client: Client) -> None:
    document = begun(1, TODAY) | {"discussed": {"role-R02": {"choice": "nooit"}}}
    page = client.post(FILL, {"document": json.dumps(document), "go": "gap"})
    assert "“nooit” kennen wij niet" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_is_a_file_of_its_own(client: Client, kind: str) -> None:
    document, _ = example("middelgroot" if kind == "competenties" else "groot")
    page = client.post(f"/wegwijs/teamplotter/bestand/{kind}/", {"document": json.dumps(document)})
    assert page["Content-Type"] == "image/svg+xml"
    ElementTree.fromstring(page.content)


@pytest.mark.django_db
def test_a_picture_of_nothing_does_not_exist(client: Client) -> None:
    empty = json.dumps(begun(1, TODAY))
    page = client.post("/wegwijs/teamplotter/bestand/competenties/", {"document": empty})
    assert page.status_code == 404

"""A manager makes a plot without an account, from nothing to paper."""

import html
import json
import re
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from mijngemeente.platform.tallies import Tally
from mijngemeente.team.rules.documents import begun, fillable, typed_value, with_step, without_person
from mijngemeente.team.rules.steps import step_called
from mijngemeente.team.views.plotter import FORMS

from .plots import TODAY

pytestmark = pytest.mark.django_db
FILL = "/wegwijs/teamplotter/invullen/"
OPEN = "/wegwijs/teamplotter/open/"


def document_of(page: HttpResponse) -> dict[str, Any]:
    found = re.search(r'name="document" value="([^"]*)"', page.content.decode())
    assert found
    document: dict[str, Any] = json.loads(html.unescape(found[1]))
    return document


def walk(client: Client, page: HttpResponse, step: str, go: str, **typed: str) -> HttpResponse:
    """Type something in a step and go on, as the form does."""
    carried = json.dumps(document_of(page))
    fields = {name.replace("__", "."): value for name, value in typed.items()}
    return cast(HttpResponse, client.post(FILL, {"document": carried, "step": step, "go": go, **fields}))


def test_a_plot_grows_step_by_step_and_ends_on_paper(client: Client) -> None:
    page = client.post(OPEN)
    page = walk(client, page, "scope", "people", title="Team Duinrand", inhabitants="28000")
    page = walk(client, page, "people", "tasks", people__0__name="Anna", people__0__hours="7,5")
    assert "Informatie op alle kanalen gelijk houden" in page.content.decode()
    page = walk(client, page, "tasks", "roles", person="0", task__T01="1", hours__T01="4", owner__T01="1")
    assert "past bij de taken" in page.content.decode()
    page = walk(client, page, "roles", "levels", person="0", part__R03="main", part__R01="")
    page = walk(client, page, "levels", "wanted", person="0", level__C03="3", evidence__C03="Plant de week")
    page = walk(client, page, "wanted", "gap", wanted__R05a__want="elsewhere", wanted__R05a__where="de regio")
    shown = page.content.decode()
    assert "Alleen Anna heeft deze rol" in shown
    assert "Belegd bij de regio." in shown
    document = document_of(page)
    assert document["people"] == [
        {
            "id": "p1",
            "name": "Anna",
            "hours": 7.5,
            "tasks": [{"code": "T01", "hours": 4, "backup": "", "owner": True}],
            "roles": [{"code": "R03", "part": "main"}],
            "competencies": {"C03": 3},
            "evidence": {"C03": "Plant de week"},
        }
    ]
    for kind, start in (
        ("a4", b"%PDF"),
        ("a3", b"%PDF"),
        ("png", b"\x89PNG"),
        ("svg", b"<svg"),
        ("json", b"{"),
    ):
        file = client.post(f"/wegwijs/teamplotter/bestand/{kind}/", {"document": json.dumps(document)})
        assert file.content.startswith(start)
        assert "attachment" in file["Content-Disposition"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"people__0__name": "Anna", "people__0__hours": "52"}, "Anna: 52 kan niet"),
        ({"people__0__name": "Anna", "people__0__hours": "veel"}, "Anna: Hier hoort een getal"),
        ({"people__0__hours": "veel"}, "Rij 1: Hier hoort een getal"),
        ({"people__0__name": "Anna", "people__1__name": "Anna"}, "Anna staat er twee keer in"),
        ({"people__0__name": "Anna", "people__0__ends": "morgen"}, "Anna: Hier hoort een datum"),
    ],
)
def test_what_is_not_right_is_told_and_stays_as_it_was_typed(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    page = walk(client, client.post(OPEN), "people", "people", **typed)
    shown = html.unescape(page.content.decode())
    assert sentence in shown
    assert all(f'value="{value}"' in shown for value in typed.values())


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("scope", {"inhabitants": "veel"}, "Het aantal inwoners: Hier hoort een getal"),
        ("wanted", {"salaries__default": "veel"}, "Wat één fte per jaar kost: Hier hoort een getal"),
        ("wanted", {"wanted__R01__fte": "veel"}, "Verbinder, fte: Hier hoort een getal"),
    ],
)
def test_on_another_page_it_is_told_where_it_is_not_right(
    client: Client, step: str, typed: dict[str, str], sentence: str
) -> None:
    page = walk(client, client.post(OPEN), step, "people", **typed)
    assert sentence in html.unescape(page.content.decode())


def test_a_plot_without_people_asks_for_them_first(client: Client) -> None:
    page = walk(client, client.post(OPEN), "scope", "tasks")
    assert "Er staan nog geen mensen in deze plot" in page.content.decode()
    assert walk(client, page, "tasks", "gap").status_code == 200


@pytest.mark.parametrize("example", ["klein", "middelgroot", "groot"])
def test_an_example_opens_at_the_picture_and_every_step_shows(client: Client, example: str) -> None:
    page = client.post(OPEN, {"example": example})
    assert "<svg" in page.content.decode()
    for step in ("people", "tasks", "roles", "levels", "wanted", "actions", "course", "again"):
        page = walk(client, page, "gap", step)
        assert page.status_code == 200


@pytest.mark.parametrize("content", [b"naam;uren", b"{}", b"\xff\xfe\x00", b"[1]"])
def test_a_file_of_another_programme_is_refused_in_a_sentence(client: Client, content: bytes) -> None:
    page = client.post(OPEN, {"file": SimpleUploadedFile("plot.json", content)})
    assert page.status_code == 422
    assert "geen teamplot" in page.content.decode()


SHAPES = [
    '"people": [{"id": []}]',
    '"people": [{"id": "p1", "tasks": [{"code": []}]}]',
    '"people": {"0": {}}',
    '"people": ["x"]',
    f'"people": [{", ".join(["{}"] * 401)}]',
    f'"people": [], "x": {"[" * 600}{"]" * 600}',
    '"inhabitants": NaN',
    '"inhabitants": 1e999',
    f'"inhabitants": {"9" * 4000}',
]


@pytest.mark.parametrize("said", SHAPES, ids=range(len(SHAPES)))
def test_a_plot_of_another_shape_is_refused_in_a_sentence(client: Client, said: str) -> None:
    content = f'{{"format": "mijngemeente-teamplot", {said}}}'.encode()
    page = client.post(OPEN, {"file": SimpleUploadedFile("plot.json", content)})
    assert page.status_code == 422
    assert re.search("geen teamplot|hooguit 400", page.content.decode())


@pytest.mark.parametrize(
    "said", ['"actions": 5', '"people": [{"name": "Anna", "tasks": null, "roles": "x"}]']
)
@pytest.mark.parametrize("step", ["tasks", "roles", "actions", "gap"])
def test_a_plot_of_ones_own_making_shows_at_every_step(client: Client, said: str, step: str) -> None:
    content = f'{{"format": "mijngemeente-teamplot", {said}}}'
    assert client.post(FILL, {"document": content, "go": step}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"step": "people", "go": "people.²"},
        {"step": "people", "remove": "²"},
        {"step": "people", "people.².name": "x", "people.1²": "x"},
        {"step": "people", "people.0.id.x": "y"},
        {"step": "people", "people.0.tasks.0.code.x": "y"},
        {"step": "tasks", "person": "²"},
    ],
)
def test_strange_places_are_no_places(client: Client, typed: dict[str, str]) -> None:
    document = begun(1, TODAY) | {"people": [{"id": "p1", "name": "Anna"}]}
    page = client.post(FILL, {"document": json.dumps(document), **typed})
    assert page.status_code == 200


def test_signs_that_cannot_be_kept_go() -> None:
    found = fillable('{"format": "mijngemeente-teamplot", "title": "a\\u0000b\\ud800"}')
    assert found["title"] == "ab"


def test_what_no_form_of_ours_sends_is_no_page(client: Client) -> None:
    assert client.post(FILL, {"document": "{"}).status_code == 404
    assert client.post(OPEN, {"example": "../../settings"}).status_code == 404
    assert (
        client.post("/wegwijs/teamplotter/bestand/exe/", {"document": '{"format": "x"}'}).status_code == 404
    )
    assert client.get(FILL).status_code == 302


@pytest.mark.parametrize("address", [FILL, OPEN, "/wegwijs/teamplotter/mensen/"])
def test_filling_in_without_an_account_has_an_end(client: Client, address: str) -> None:
    client.post(OPEN)
    Tally.objects.update(count=FORMS)
    answer = client.post(address, {"document": json.dumps(begun(1, TODAY))})
    assert answer.status_code == 429
    assert "Wacht" in answer.content.decode()


def test_strange_names_of_fields_change_nothing_else() -> None:
    document = begun(1, TODAY)
    typed = {
        "people.999999.name": "x",
        "people.a.b.c.d.e.f": "x",
        "format": "x",
        "people": "x",
        "wanted.R01": "x",
    }
    changed = with_step(document, step_called("people"), typed)
    assert changed["format"] == document["format"]
    assert changed["people"] == []


def test_who_goes_is_nobodys_backup_any_more() -> None:
    task = {"code": "T01", "backup": "b"}
    document = begun(1, TODAY) | {
        "people": [{"id": "a", "name": "Anna", "tasks": [task]}, {"id": "b", "name": "Bas"}]
    }
    left = without_person(document, 1)
    assert [each["name"] for each in left["people"]] == ["Anna"]
    assert left["people"][0]["tasks"][0]["backup"] == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [("7,5", 7.5), ("36", 36), ("-1", -1), ("", None), ("36 uur", "36 uur"), ("1e9", "1e9")],
)
def test_a_number_is_one_as_the_dutch_type_it(typed: str, value: object) -> None:
    assert typed_value(["people", "0", "hours"], typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("inhabitants", "28.000", 28_000), ("inhabitants", "1 200 000", 1_200_000), ("hours", "28.000", 28)],
)
def test_thousands_may_stand_apart(name: str, typed: str, value: float) -> None:
    assert typed_value([name], typed) == value

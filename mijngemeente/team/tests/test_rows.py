"""People from a spreadsheet: a clear sentence per row, and nothing half taken over."""

import html
import io
import json
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mijngemeente.team.library import national
from mijngemeente.team.rules.documents import begun
from mijngemeente.team.rules.rows import UnreadableRows, incoming, joined
from mijngemeente.team.spreadsheets import rows_of

from .plots import TODAY

HEADING = ["Naam", "Afdeling", "Uren per week", "Einde contract", "Taak", "Uren taak", "Achtervang", "Rol"]


def test_rows_of_one_name_are_one_person_with_their_tasks() -> None:
    rows = [
        HEADING,
        ["Anna", "KCC", "24", "31-12-2027", "T60", "10", "bas", "Webcaremedewerker"],
        ["anna", "", "", "", "Binnenkomende berichten sorteren", "4,5", "", ""],
        ["Bas", "Communicatie", 36.0, date(2028, 1, 1), "", "", "", "chef dag; R08"],
        [],
    ]
    found = incoming(rows, national())
    assert not found.problems
    anna, bas = found.people
    assert anna["tasks"] == [
        {"code": "T60", "hours": 10, "backup": bas["id"], "owner": False},
        {"code": "T61", "hours": 4.5, "backup": "", "owner": False},
    ]
    assert (anna["ends"], bas["ends"], bas["hours"]) == ("2027-12-31", "2028-01-01", 36)
    assert [each["code"] for each in bas["roles"]] == ["R03", "R08"]


@pytest.mark.django_db
def test_no_more_people_are_added_than_a_plot_holds(client: Client) -> None:
    there = [{"id": f"p{each}", "name": f"Mens {each}"} for each in range(399)]
    carried = {"document": json.dumps(begun(1, TODAY) | {"people": there})}
    file = SimpleUploadedFile("mensen.csv", b"naam\nAnna\nBas\n")
    answer = client.post("/wegwijs/teamplotter/mensen/", carried | {"people_file": file})
    assert answer.status_code == 422
    assert "Samen zijn dat 401 mensen" in answer.content.decode()
    url = "/wegwijs/teamplotter/mensen/toevoegen/"
    for count, status in ((1, 200), (2, 404), (12_000, 404)):
        people = [{"id": str(each), "name": f"Nieuw {each}", "tasks": None} for each in range(count)]
        assert client.post(url, carried | {"incoming": json.dumps(people)}).status_code == status


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["", "KCC"], "ontbreekt een naam"),
        (["Anna", "", "veel"], "“veel” is geen aantal uren"),
        (["Anna", "", "60"], "60 uur kan niet"),
        (["Anna", "", "", "morgen"], "“morgen” is geen datum"),
        (["Anna", "", "", "", "toveren"], "De taak “toveren” staat niet in de lijst"),
        (["Anna", "", "", "", "T01", "", "Zed"], "De achtervang “Zed” staat zelf niet in het bestand"),
        (["Anna", "", "", "", "", "", "", "koning"], "De rol “koning” staat niet in de lijst"),
    ],
)
def test_what_is_not_right_is_told_by_row(cells: list[str], sentence: str) -> None:
    found = incoming([HEADING, ["Bas"], cells], national())
    assert [each.row for each in found.problems] == [3]
    assert sentence in found.problems[0].sentence


def test_two_rows_that_contradict_are_told() -> None:
    found = incoming([HEADING, ["Anna", "KCC"], ["Anna", "ICT"]], national())
    assert "iets anders dan in een eerdere rij" in found.problems[0].sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b" \n", "leeg"),
        (b"%PDF-1.7 kapot", "een PDF"),
        (b"a;b\n1;2", "geen kolom"),
        (b"PK\x03\x04kapot", "niet te lezen"),
        (b"x" * 5_000_001, "te groot"),
        (b"naam\n" + b"a\n" * 2_500, "Hooguit 2000"),
    ],
)
def test_a_file_that_holds_no_people_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableRows, match=sentence):
        incoming(rows_of(content), national())


def test_whoever_is_there_already_stays_and_ids_never_meet() -> None:
    document = begun(1, TODAY) | {"people": [{"id": "p1", "name": "Anna", "hours": 8}]}
    found = incoming([HEADING, ["anna", "KCC"], ["Bas", "", "", "", "T01", "", "Cem"], ["Cem"]], national())
    people = joined(document, found.people)["people"]
    assert [each["name"] for each in people] == ["Anna", "Bas", "Cem"]
    assert len({each["id"] for each in people}) == 3
    assert people[1]["tasks"][0]["backup"] == people[2]["id"]


@pytest.mark.django_db
def test_forty_people_come_from_a_workbook_after_a_look(client: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADING)
    for number in range(40):
        sheet.append([f"Collega {number}", "KCC", 24, None, "T60", 16, None, "R13"])
    content = io.BytesIO()
    book.save(content)
    document = json.dumps(begun(1, TODAY))
    file = SimpleUploadedFile("mensen.xlsx", content.getvalue())
    page = client.post("/wegwijs/teamplotter/mensen/", {"document": document, "people_file": file})
    shown = page.content.decode()
    assert "Voeg deze 40 mensen toe" in shown
    taken = html.unescape(shown.split('name="incoming" value="')[1].split('"')[0])
    page = client.post("/wegwijs/teamplotter/mensen/toevoegen/", {"document": document, "incoming": taken})
    assert "Collega 39" in page.content.decode()


@pytest.mark.django_db
def test_a_file_with_a_bad_row_takes_over_nobody(client: Client) -> None:
    file = SimpleUploadedFile("mensen.csv", "naam;uren\nAnna;24\nBas;veel".encode("cp1252"))
    sent = {"document": json.dumps(begun(1, TODAY)), "people_file": file}
    page = client.post("/wegwijs/teamplotter/mensen/", sent)
    assert page.status_code == 422
    assert "Rij 3: “veel” is geen aantal uren" in page.content.decode()
    assert "Voeg deze" not in page.content.decode()
    assert client.post("/wegwijs/teamplotter/mensen/toevoegen/", {**sent, "incoming": "{"}).status_code == 404

"""The A4: one page, remarks that help, and paper that a board can read."""

import pytest
from django.test import Client

from mijngemeente.course import paper
from mijngemeente.course.rules import course_in, remarks

FRYSLAN = {
    "title": "Koers online dienstverlening Duinrand",
    "goal": "Inwoners en ondernemers geven in 2028 een 8 of hoger",
    "measured": "Het cijfer na elk gesprek, elk kwartaal",
    "baseline": "6,4 in november 2026",
    "why": "- 4 van de 10 formulieren worden niet afgemaakt\n- 60% belt na een brief\n- één redacteur voor alles",
    "obstacles": "Geen vaste uren\nElke afdeling schrijft zelf",
    "pillars": "Kennis\nEen vast team\nTechniek die past",
    "people": "1,5 fte: contentregisseur en communitymanager",
    "budget": "€ 120.000 per jaar",
    "yields": "Minder telefoontjes\nMinder herstelwerk",
    "otherwise": "De wachttijd groeit",
    "says_yes": "Het college, in juni",
    "actions.0.what": "Contentregisseur werven",
    "actions.0.owner": "Rob",
    "actions.0.quarter": "1",
}


def test_the_sheet_of_an_ordinary_municipality_is_one_page_and_accessible() -> None:
    for variant in paper.Variant:
        assert paper.pages(course_in(FRYSLAN), variant) == 1
        made = paper.pdf(course_in(FRYSLAN), variant)
        assert made.startswith(b"%PDF")
        assert b"pdfuaid" in made


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"goal": ""}, "Begin met het doel"),
        ({"goal": "Alles beter", "measured": ""}, "geen getal"),
        ({"baseline": ""}, "waar jullie nu staan"),
        ({"pillars": "a\nb\nc\nd\ne"}, "5 pijlers"),
        ({"actions.0.owner": ""}, "Niet elke actie"),
        ({"says_yes": ""}, "wie ja moet zeggen"),
        ({"why": "x" * 800}, "“Waarom” is te lang"),
    ],
)
def test_what_is_missing_is_told(change: dict[str, str], sentence: str) -> None:
    assert not remarks(course_in(FRYSLAN))
    assert any(sentence in each for each in remarks(course_in(FRYSLAN | change)))


def test_signs_that_paper_takes_for_its_own_stand_as_they_were_typed() -> None:
    odd = course_in(FRYSLAN | {"goal": '#let x = "8" $ \\ *_` 🦊 [', "why": "- #panic()\n= kop"})
    assert paper.pages(odd, paper.Variant.BOARD) == 1


@pytest.mark.django_db
def test_somebody_without_an_account_writes_looks_and_takes_it_along(client: Client) -> None:
    assert client.get("/wegwijs/koers/").status_code == 200
    shown = client.post("/wegwijs/koers/", FRYSLAN).content.decode()
    assert "Het past op één blad" in shown
    assert "data:image/png;base64" in shown
    assert client.post("/wegwijs/koers/pdf/koers/", FRYSLAN).content.startswith(b"%PDF")
    assert client.post("/wegwijs/koers/pdf/exe/", FRYSLAN).status_code == 404


@pytest.mark.django_db
def test_what_does_not_fit_is_told_and_stays(client: Client) -> None:
    much = FRYSLAN | {"why": "\n".join(["Een feit dat een hele regel vult, en dan nog een stuk"] * 60)}
    shown = client.post("/wegwijs/koers/", much).content.decode()
    assert "Het past niet op één blad" in shown
    assert shown.count("Een feit dat een hele regel vult") >= 60

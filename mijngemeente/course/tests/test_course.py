"""The A4: one page, remarks that help, and paper that a board can read."""

import re

import pytest
from django.test import Client

from mijngemeente.course import paper
from mijngemeente.course.rules.fitting import Measured, fit_of
from mijngemeente.course.rules.sheet import remarks, sheet_in
from mijngemeente.course.views.browser import FILES, LAYOUTS
from mijngemeente.platform.tallies import Tally

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
        assert paper.fit(sheet_in(FRYSLAN), variant).pages == 1
        made = paper.pdf(sheet_in(FRYSLAN), variant)
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
    assert not remarks(sheet_in(FRYSLAN))
    assert any(sentence in each for each in remarks(sheet_in(FRYSLAN | change)))


def test_signs_that_paper_takes_for_its_own_stand_as_they_were_typed() -> None:
    odd = sheet_in(FRYSLAN | {"goal": '#let x = "8" $ \\ *_` 🦊 [', "why": "- #panic()\n= kop"})
    assert paper.fit(odd, paper.Variant.BOARD).fits


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
    assert "te lang voor één blad" in shown
    assert "De meeste ruimte gaat naar: Waarom (" in shown
    assert shown.count("Een feit dat een hele regel vult") >= 60
    refused = client.post("/wegwijs/koers/pdf/koers/", much)
    assert refused.status_code == 422
    assert "Er is nog geen PDF" in refused.content.decode()
    assert refused.content.decode().count("Een feit dat een hele regel vult") >= 60


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "most"), [("", LAYOUTS), ("past/", LAYOUTS), ("pdf/koers/", FILES)])
def test_laying_out_without_an_account_has_an_end(client: Client, address: str, most: int) -> None:
    assert client.post(f"/wegwijs/koers/{address}", FRYSLAN).status_code == 200
    Tally.objects.update(count=most)
    assert client.post(f"/wegwijs/koers/{address}", FRYSLAN).status_code == 429


@pytest.mark.django_db
def test_the_sheet_is_laid_out_while_somebody_types(client: Client) -> None:
    shown = client.post("/wegwijs/koers/past/", FRYSLAN).content.decode()
    assert "Er is nog plaats voor" in shown
    assert "Begin met het doel" in client.post("/wegwijs/koers/past/", {}).content.decode()


@pytest.mark.parametrize("count", range(0, 60, 7))
def test_there_is_a_pdf_of_exactly_one_page_or_none(count: int) -> None:
    lines = "\n".join(["Een feit dat een hele regel vult, en dan nog een stuk"] * count)
    sheet = sheet_in(FRYSLAN | {"why": lines})
    found = paper.fit(sheet, paper.Variant.BOARD)
    assert found.fits == (found.over <= 0)
    if found.fits:
        made = paper.pdf(sheet, paper.Variant.BOARD)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1
    else:
        with pytest.raises(paper.DoesNotFit, match="te lang voor één blad"):
            paper.pdf(sheet, paper.Variant.BOARD)


@pytest.mark.parametrize(
    ("pages", "end", "words"),
    [
        (1, 700.0, "Het past op één blad. Er is nog plaats voor 4 regels."),
        (1, 750.0, "Het past net op één blad."),
        (2, 757.0, "Het is 1 regel te lang voor één blad."),
        (2, 800.0, "Het is 4 regels te lang voor één blad."),
        # A table that moved whole to the next page.
        (2, 740.0, "Het is 1 regel te lang voor één blad."),
    ],
)
def test_how_much_is_too_much_is_told_in_lines(pages: int, end: float, words: str) -> None:
    assert fit_of(pages, 756.0, end, [Measured("Waarom", 0, 30)]).words == words


def test_what_it_yields_reads_as_one_sentence_however_each_point_ends() -> None:
    ended = sheet_in(FRYSLAN | {"yields": "Minder telefoontjes.\nMinder herstelwerk."})
    usual = paper.picture(sheet_in(FRYSLAN), paper.Variant.BOARD)
    assert paper.picture(ended, paper.Variant.BOARD) == usual

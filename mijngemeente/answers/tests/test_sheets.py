"""Files with answers, as spreadsheets of all ages write them."""

import pytest

from mijngemeente.answers.rules.sheets import Topics, read_sheet
from mijngemeente.platform.spreadsheets import UnreadableSheet, written

TOPICS = Topics({"paspoort": "paspoort", "trouwen": "huwelijk"})
TEXT = "titel;nederlands;onderwerp\r\nCafé;Één regel;Trouwen\r\n"


def read(text, encoding="utf-8"):
    return read_sheet(text.encode(encoding) if isinstance(text, str) else text, TOPICS)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_every_encoding_is_recognised(encoding, name):
    sheet = read(TEXT, encoding)
    assert (sheet.encoding, sheet.separator) == (name, ";")
    assert (sheet.rows[0].title, sheet.rows[0].text_nl, sheet.rows[0].topic) == (
        "Café",
        "Één regel",
        "huwelijk",
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_separator_is_recognised_and_a_quoted_text_may_have_lines(separator):
    text = f'titel{separator}nederlands\nMarkt{separator}"Eerste regel, hier; ""ja""\n\nTweede"\nRommel{separator}Ja\n'
    rows = read(text).rows
    assert rows[0].text_nl == 'Eerste regel, hier; "ja"\n\nTweede'
    # Row numbers are those of a spreadsheet: a text of three lines is one row.
    assert [each.number for each in rows] == [2, 3]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (";tekst", "De titel ontbreekt."),
        ("Markt;", "De Nederlandse tekst ontbreekt."),
        ("Markt", "De Nederlandse tekst ontbreekt."),
        (f"{'x' * 121};tekst", "De titel is langer dan 120 tekens."),
        (f"Markt;{'x' * 10_001}", "De tekst is langer dan 10000 tekens."),
        ("Markt;ja;;;paspoortt", "Het onderwerp “paspoortt” staat niet in de lijst."),
        ("Markt;ja;morgen", "“morgen” is geen datum."),
        ("Markt;ja;;raar", "De status “raar” bestaat niet."),
        ("Markt;ja;;;;;", "Er staan meer kolommen in deze rij dan in de eerste rij."),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_harms_no_other(row, sentence):
    sheet = read(f"titel;nederlands;nakijken;status;onderwerp\nGoed;ja\n{row}\nOok goed;ja\n")
    assert [(each.row, each.sentence) for each in sheet.problems] == [(3, sentence)]
    assert [each.title for each in sheet.rows] == ["Goed", "Ook goed"]


def test_the_same_answer_twice_is_told():
    sheet = read("titel;nederlands;kenmerk\nMarkt;a;\nMARKT;b;\nX;c;7\nY;d;7\n")
    assert [(each.row, each.sentence) for each in sheet.problems] == [
        (3, "Dit antwoord staat ook op rij 2."),
        (5, "Dit antwoord staat ook op rij 4."),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"naam;iets\nx;y\n", "geen kolom “nederlands”"),
        (b"\x89PNG\r\n\x1a\n", "geen kolom"),
        (b'titel;nederlands\n"nooit gesloten;' + b"x" * 200_000, "Rij 2 is niet te lezen"),
    ],
)
def test_what_is_no_list_of_answers_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(UnreadableSheet, match=sentence):
        read(content)


@pytest.mark.parametrize(
    "heading", ["name,content", "short_code,content", "Titel,Tekst", "TITLE , Nederlands"]
)
def test_columns_of_other_programs_are_known(heading):
    assert read(f"{heading}\nMarkt,Ja\n").rows[0].text_nl == "Ja"


def test_signs_that_cannot_be_stored_are_left_out():
    assert read("titel;nederlands\nMa\x00rkt;Ja\n").rows[0].title == "Markt"


def test_what_we_write_we_read_and_a_formula_is_text():
    content = written([("titel", "nederlands"), ("Markt; groot", "Regel\n\n=1+1"), ("=cmd", "x")])
    rows = read(content).rows
    assert [each.title for each in rows] == ["Markt; groot", "'=cmd"]

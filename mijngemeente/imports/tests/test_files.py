"""Which files are read, however they were written, and which are refused in a sentence."""

import pytest

from mijngemeente.conversations.models import Contact, ContactNote
from mijngemeente.imports.tests.steps import brought_in, page, shown, upload
from mijngemeente.platform.tenancy import acting_for


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"  \n \n", "Dit bestand is leeg."),
        (b"PK\x03\x04" + b"\x00" * 99, "zip- of Excel-bestand"),
        (b"MZ\x90\x00\x03" + b"\x00" * 99, "kunnen wij niet lezen"),
        (b"%PDF-1.7\n", "kunnen wij niet lezen"),
        (b"een;twee\n1;2\n", "noemt geen kolommen"),
        (b"naam;e-mail\n", "Er staan geen rijen"),
        (b'naam;e-mail\n"Anna;' + b"x" * 140_000, "Rij 2 is niet te lezen"),
        (b'[{"number": 1, "articles": [', "beschadigd"),
        (b'[{"number": 1, "articles": []}', "niet compleet"),
        (b"[" * 100_000, "beschadigd"),
        (b"[]", "geen gesprekken of inwoners"),
        (b";".join(b"kolom" for _ in range(200)) + b"\n", "meer dan 150 kolommen"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(beheer, content, sentence):
    response = upload(beheer, content)
    assert response.status_code == 422 and sentence in response.content.decode()


def test_a_file_of_fifty_megabytes_is_refused_with_a_sentence(beheer):
    response = upload(beheer, b"naam;e-mail\n" + b"x" * 50 * 1024 * 1024)
    assert response.status_code == 422 and "groter dan 32 MB" in response.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_way_of_writing_is_read(beheer, world, run_jobs, encoding, separator):
    text = separator.join(("naam", "e-mail", "notitie")) + "\r\n"
    text += (
        separator.join(("Zoë", "zoe@voorbeeld.example", '"Eerste regel\r\ntweede; met, alles\ter in"'))
        + "\r\n"
    )
    brought_in(beheer, run_jobs, text.encode(encoding))
    with acting_for(world.duinrand.id):
        assert Contact.objects.get().name == "Zoë"
        assert ContactNote.objects.get().text == "Eerste regel\ntweede; met, alles\ter in"


def test_a_row_with_too_many_columns_and_a_script_in_a_name_do_no_harm(beheer, world, run_jobs):
    wide = ";".join("x" for _ in range(200))
    url = shown(beheer, f"naam;e-mail\n<script>alert(1)</script>;s@voorbeeld.example\n{wide}\n")
    text = page(beheer, url)
    assert "<script>alert(1)" not in text and "meer kolommen in deze rij" in text
    beheer.post(url, {"deed": "start"})
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Contact.objects.get().name == "<script>alert(1)</script>"


def test_forty_thousand_rows_with_twelve_bad_ones_come_in(beheer, world, run_jobs):
    rows = [f"Café {number};c{number}@voorbeeld.example" for number in range(40_000)]
    for place in range(12):
        rows[place * 3000] = "Zonder adres;"
    url = shown(beheer, "\n".join(["naam;e-mail", *rows]).encode("cp1252"))
    text = page(beheer, url)
    assert "40000 inwoners" in text and "12 rijen hebben een fout" in text and "Windows-1252" in text
    failed = beheer.get(f"{url}fouten.csv").content.decode()
    assert failed.count("Zonder adres") == 12

"""Mails as they come, in `payloads/`: written for this test, after how each program writes them."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mijngemeente.channels.email.addresses import ADDRESS_LIMIT, Address
from mijngemeente.channels.email.bounces import Bounce
from mijngemeente.channels.email.mail import Mail, parse_mail
from mijngemeente.channels.email.show import as_json, show

PAYLOADS = Path(__file__).parent / "payloads"
ALL = sorted(PAYLOADS.glob("*.eml"))


def mail(name: str) -> Mail:
    return parse_mail((PAYLOADS / f"{name}.eml").read_bytes())


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("gmail", "Dank u, het is gemaakt!"),
        ("outlook", "Dat is prima, ik kom dinsdag café-uur.\n\nGroet,\nSaïd El Amrani"),
        ("apple", "Dit is de kuil in de weg:\n\nWanneer komt u?"),
        (
            "thunderbird",
            "Dit is een lange regel die door het programma is afgebroken en hier verder gaat.\n\nGroet, Els",
        ),
        ("phone", "Ok, dan zet ik ’m vrijdag buiten 👍"),
        ("html-apple", "Mooi, de kinderen zijn blij."),
        (
            "html-only",
            "Beste gemeente,\n\nHoe vraag ik een parkeervergunning aan?\n"
            "Zie deze bladzijde <https://www.example.nl/parkeren>.",
        ),
        ("wrong-charset", "De coördinator belde niet terug – jammer."),
        ("unknown-charset", "Het zebrapad is weg, één gevaar."),
        ("headers-8bit", "Het café is te luid."),
        ("uuencode", "Hierbij het bestand.\n\n[bijlage: oud bestand.txt]\n\nGroet, Kees"),
        ("broken-base64", "Dit is leesbaar!"),
        ("mbox-cr", "Regel een\nRegel twee"),
        ("nul-bytes", "Een twee[31m drie"),
        ("nested-200", "Helemaal onderin."),
        ("truncated", "Het begin is er wel."),
        ("empty", ""),
    ],
)
def test_the_new_part_is_read_from_every_program(name, reply):
    assert mail(name).reply_text == reply


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("apple", [("kuil café.jpeg", "image/jpeg", True)]),
        ("outlook", [("image001.png", "image/png", True)]),
        ("calendar", [("bijlage-1.ics", "text/calendar", False)]),
        ("tnef", [("winmail.dat", "application/ms-tnef", False), ("plattegrond één.pdf", "application/pdf", False), ("brief.txt", "text/plain", False)]),
        ("uuencode", [("oud bestand.txt", "text/plain", False)]),
        ("nested-message", [("Geluidsoverlast in de straat.eml", "message/rfc822", False)]),
        ("signed-smime", [("smime.p7s", "application/pkcs7-signature", False)]),
        ("right-to-left", [("fotogpj.exe", "image/jpeg", False)]),
        ("apple-double", [("plan.doc", "application/applefile", False), ("plan.doc", "application/msword", False)]),
        ("broken-base64", [("half.pdf", "application/pdf", False)]),
        ("encrypted-pgp", [("bijlage-1.txt", "application/pgp-encrypted", False), ("encrypted.asc", "application/octet-stream", False)]),
    ],
)  # fmt: skip
def test_files_keep_their_names_and_kinds(name, files):
    assert [(one.name, one.content_type, one.inline) for one in mail(name).attachments] == files


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nested-200", "lagen diep"),
        ("nul-bytes", "NUL-tekens"),
        ("right-to-left", "leesrichting"),
        ("right-to-left", "iets anders dan zij zegt"),
        ("tnef", "plattegrond één.pdf"),
        ("broken-base64", "beschadigd"),
        ("truncated", "einde van het bericht ontbreekt"),
        ("wrong-charset", "tekenset"),
        ("unknown-charset", "codering ‘x-gek’ is onbekend"),
        ("no-message-id", "Message-ID"),
        ("no-headers", "geen kopregels"),
        ("bom-duplicates", "meer dan één keer"),
        ("bom-duplicates", "het jaar 1970"),
        ("strange-dates", "datum is niet te lezen"),
        ("encrypted-pgp", "versleuteld"),
        ("empty", "leeg"),
    ],
)
def test_what_is_odd_is_named(name, words):
    assert any(words in problem for problem in mail(name).problems)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "plain",
            "gmail",
            "outlook",
            "apple",
            "thunderbird",
            "phone",
            "html-only",
            "newsletter",
            "calendar",
        ),
        *("vacation", "dsn-failed", "nested-message", "signed-smime", "web-form", "encoded-words", "mbox-cr"),
    ],
)
def test_ordinary_mail_has_no_problems(name):
    assert mail(name).problems == ()


def test_headers_of_an_ordinary_answer():
    read = mail("gmail")
    assert read.message_id == "<bericht-2@example.nl>"
    assert read.in_reply_to == ("<vraag-1@duinrand.example.nl>",)
    assert read.references == ("<bericht-1@example.nl>", "<vraag-1@duinrand.example.nl>")
    assert read.date == datetime(2026, 3, 12, 13, 5, tzinfo=UTC)
    assert read.sender == Address("Piet Bakker", "piet@example.nl")
    assert read.to == (Address("Gemeente Duinrand", "post@duinrand.example.nl"),)
    assert read.delivered_to == ("post@duinrand.example.nl",)
    assert not read.auto_submitted and not read.is_mass and read.bounce is None


def test_a_group_and_comments_and_forgotten_brackets_are_read():
    read = mail("bom-duplicates")
    assert [one.address for one in read.to] == ["a@example.nl", "b@example.nl", "c@example.nl"]
    assert [one.name for one in read.to] == ["", "B, de", "Cees"]
    assert read.message_id == "<geen-haken@example.nl>"
    assert read.references == ("<een@example.nl>", "<twee@example.nl>")
    assert read.subject == "Eerste" and read.sender.address == "een@example.nl"


def test_encoded_words_are_read_where_they_are_forbidden():
    read = mail("encoded-words")
    assert read.sender == Address("Jansen, Renée", "renee@example.nl")
    assert read.to == (Address("Gemeente Duinrand", "post@duinrand.example.nl"),)
    assert read.cc == (Address("Buro €", "buro@example.nl"),)
    assert read.subject == "Een vraag â€ over 100 € per jaar en nog iets?"
    assert mail("headers-8bit").sender.name == "José Muñoz"


@pytest.mark.parametrize(
    ("name", "bounce"),
    [
        ("dsn-failed", Bounce(("weg@voorbeeld.nl",), "5.1.1", True, "<antwoord-9@duinrand.example.nl>")),
        ("dsn-delayed", Bounce(("weg@voorbeeld.nl",), "4.4.1", False, "<antwoord-9@duinrand.example.nl>")),
        (
            "bounce-qmail",
            Bounce(("niemand@voorbeeld.nl",), "5.7.1", True, "<antwoord-10@duinrand.example.nl>"),
        ),
        ("vacation", None),
        ("plain", None),
    ],
)
def test_bounces_say_who_was_not_reached(name, bounce):
    assert mail(name).bounce == bounce


def test_machines_and_lists_are_told_from_people():
    assert mail("vacation").auto_submitted == "auto-replied"
    assert mail("dsn-failed").auto_submitted
    assert mail("newsletter").list == "nieuws.dehaven.example.nl" and mail("newsletter").is_mass
    assert not mail("web-form").auto_submitted and mail("web-form").reply_to.address == "anna@example.nl"


def test_html_arrives_harmless():
    html = mail("html-only").html
    assert "script" not in html and "onload" not in html and "refresh" not in html
    assert 'data-remote-src="http://volg.example.nl/pixel.gif"' in html and " src=" not in html


def test_a_mail_without_id_always_gets_the_same_one():
    assert mail("no-message-id").message_id == mail("no-message-id").message_id
    assert mail("no-message-id").message_id.endswith("@zonder-message-id.invalid>")


def test_recipients_are_bounded_and_counted():
    to = ", ".join(f"u{number}@example.nl" for number in range(100_000))
    read = parse_mail(f"From: a@example.nl\nTo: {to}\n\nHallo".encode())
    assert len(read.to) == ADDRESS_LIMIT and read.is_mass
    assert any("100000" in problem for problem in read.problems)


@pytest.mark.parametrize(
    ("encoded", "content"),
    [
        (b"aGFsbG8=", b"hallo"),
        (b"aGFsbG8", b"hallo"),
        (b"aGFs\nbG8=\n", b"hallo"),
        (b"aGFsbG8=\nYWE=\nYmJi\n", b"halloaabbb"),
        (b"aGFsbG8=\n____________\nLijst: https://lijst.example.nl\n", b"hallo"),
        (b"", b""),
    ],
)
def test_base64_is_read_whole_or_as_far_as_it_goes(encoded, content):
    head = b"From: a@example.nl\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    (file,) = parse_mail(head + encoded).attachments
    assert file.content == content


def test_no_field_holds_what_a_database_refuses():
    raw = (PAYLOADS / "dsn-failed.eml").read_bytes().replace(b"antwoord-9@", b"antw\x00oord-9@")
    assert "\x00" not in parse_mail(raw).bounce.original_message_id


def test_zip_bombs_are_not_unpacked():
    bomb = b"PK\x03\x04" + b"\x00" * 1_000
    raw = b"From: a@example.nl\nContent-Type: application/zip; name=bom.zip\nContent-Transfer-Encoding: binary\n\n"
    (file,) = parse_mail(raw + bomb).attachments
    assert file.size == len(bomb) and file.sniffed_type == "application/zip"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_mail_is_shown_as_one_line_of_json(path):
    (line,) = show([path])
    shown = json.loads(line)
    assert "\n" not in line and line.encode("utf-8")
    assert list(shown) == [
        *(
            "message_id",
            "in_reply_to",
            "references",
            "date",
            "from",
            "reply_to",
            "to",
            "cc",
            "subject",
            "text",
        ),
        *("html", "reply_text", "attachments", "auto_submitted", "bounce", "list", "problems"),
    ]
    assert shown["date"] is None or datetime.fromisoformat(shown["date"]).utcoffset().total_seconds() == 0


def test_a_file_that_cannot_be_read_is_shown_in_its_place(tmp_path):
    lines = [json.loads(line) for line in show([ALL[0], tmp_path / "weg.eml", tmp_path, ALL[1]])]
    assert len(lines) == 4
    assert "niet te lezen" in lines[1]["problems"][0] and "niet te lezen" in lines[2]["problems"][0]
    assert lines[3]["message_id"] == as_json(parse_mail(ALL[1].read_bytes()))["message_id"]


def test_mail_is_understood_without_django():
    code = (
        "import sys; import mijngemeente.channels.email.show, mijngemeente.channels.email.compose, "
        "mijngemeente.channels.email.threads; assert not any(name.startswith('django') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)

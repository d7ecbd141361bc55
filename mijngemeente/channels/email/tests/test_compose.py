from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from mijngemeente.channels.email.addresses import Address
from mijngemeente.channels.email.compose import OutgoingFile, OutgoingMail, UnusableAddress, compose
from mijngemeente.channels.email.mail import parse_mail

TEXT = "Beste Joke,\n\nDe paal is gemaakt. Zie https://duinrand.example.nl/melding?nr=1&x=2.\n.\nFrom ons één groet\n> geen citaat"
ANSWER = OutgoingMail(
    message_id="<mgabc.def@duinrand.example.nl>",
    sender=Address('Gemeente "Duinrand", post', "post@duinrand.example.nl"),
    to=(Address("Joke de Wit", "joke@example.nl"),),
    subject="Re: Kapotte lantaarnpaal",
    text=TEXT,
    date=datetime(2026, 3, 12, 13, 5, tzinfo=UTC),
)
EVIL = "x\r\nBcc: kwaad@example.nl\nX-Kwaad: ja\x00\u2028Cc: y@example.nl"


def test_what_we_send_reads_back_the_same():
    read = parse_mail(compose(ANSWER))
    assert read.message_id == ANSWER.message_id
    assert read.sender == ANSWER.sender and read.to == ANSWER.to
    assert read.subject == ANSWER.subject and read.text == TEXT
    assert read.date == ANSWER.date and read.problems == ()
    assert '<a href="https://duinrand.example.nl/melding?nr=1&amp;x=2"' in read.html
    assert not read.auto_submitted


def test_the_bytes_are_ascii_with_short_crlf_lines():
    long = "é" * 5_000 + "\n" + "x" * 5_000
    raw = compose(
        replace(ANSWER, text=long, subject="ñ" * 400, sender=Address("ü" * 100, "post@duinrand.example.nl"))
    )
    assert raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 200
    assert parse_mail(raw).subject == "ñ" * 400


@pytest.mark.parametrize(
    "change",
    [
        {"subject": EVIL},
        {"sender": Address(EVIL, "post@duinrand.example.nl")},
        {"to": (Address(EVIL, "joke@example.nl"),)},
        {"reply_to": Address(EVIL, "post@duinrand.example.nl")},
        {"references": (f"<a@example.nl>{EVIL}",)},
        {"message_id": f"<a@example.nl>{EVIL}"},
        {"text": EVIL},
        {"attachments": (OutgoingFile(EVIL, EVIL, b"x"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_nobody_adds_a_header(change):
    headers = message_from_bytes(compose(replace(ANSWER, **change)), policy=policy.default)
    assert not {"bcc", "cc", "x-kwaad"} & {
        name.lower() for part in headers.walk() for name, _ in part.items()
    }


@pytest.mark.parametrize(
    "address", ["", "joke", "joke@", "a b@example.nl", "a@b\r\nBcc: c@d", "jöke@example.nl", "<a@b>"]
)
def test_an_unusable_address_is_refused(address):
    with pytest.raises(UnusableAddress):
        compose(replace(ANSWER, to=(Address("", address),)))


def test_an_international_domain_is_written_in_ascii():
    assert b"joke@xn--caf-dma.example.nl" in compose(
        replace(ANSWER, to=(Address("", "joke@café.example.nl"),))
    )


def test_an_answer_names_what_it_answers_with_ids_unbroken():
    ids = tuple(f"<{'x' * 120}{number}@example.nl>" for number in range(80))
    raw = compose(replace(ANSWER, references=ids, message_id=f"<{'y' * 120}@duinrand.example.nl>"))
    read = parse_mail(raw)
    assert read.in_reply_to == ids[-1:]
    assert read.references == ids[:1] + ids[-49:]
    assert message_from_bytes(raw)["Message-ID"] == f"<{'y' * 120}@duinrand.example.nl>"


def test_an_automatic_mail_says_so():
    raw = compose(replace(ANSWER, is_automatic=True))
    assert parse_mail(raw).auto_submitted == "auto-replied"
    assert message_from_bytes(raw)["X-Auto-Response-Suppress"] == "All"


def test_files_arrive_as_they_were_sent():
    files = (
        OutgoingFile("besluit één.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),
        OutgoingFile("bericht.eml", "message/rfc822", b"From: a@example.nl\n\nx"),
        OutgoingFile("../../etc/passwd", "nonsens", b"x"),
    )
    read = parse_mail(compose(replace(ANSWER, attachments=files)))
    assert [(one.name, one.content) for one in read.attachments] == [
        ("besluit één.pdf", files[0].content),
        ("bericht.eml", files[1].content),
        ("passwd", b"x"),
    ]
    assert read.text == TEXT

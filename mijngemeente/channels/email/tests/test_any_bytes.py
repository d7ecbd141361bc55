"""Nothing that arrives stops the reader: arbitrary bytes, mutated mails, and mails made to be slow."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mijngemeente.channels.email.mail import parse_mail
from mijngemeente.channels.email.show import as_json

PAYLOADS = [path.read_bytes() for path in sorted((Path(__file__).parent / "payloads").glob("*.eml"))]
HEAD = b"From: a@example.nl\nTo: b@example.nl\nSubject: x\nMessage-ID: <a@example.nl>\n"
CALM = settings(max_examples=300, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    [
        *(
            b"\n",
            b"\r\n",
            b"\r",
            b"\x00",
            b"--",
            b"=?utf-8?q?",
            b"?=",
            b"=?x?b?",
            b'"',
            b"<",
            b">",
            b"@",
            b"(",
            b"\\",
        ),
        *(
            b"Content-Type: multipart/mixed; boundary=b\n",
            b"--b\n",
            b"--b--",
            b"Content-Type: message/rfc822\n\n",
        ),
        *(
            b"Content-Transfer-Encoding: base64\n",
            b"Content-Transfer-Encoding: quoted-printable\n",
            b"=\n",
            b"=C3",
        ),
        *(
            b"Content-Type: text/html; charset=utf-7\n\n",
            b"<script>",
            b"<img src=x>",
            b"<blockquote type=cite>",
            b"&",
        ),
        *(
            b"; charset=unicode_escape\n",
            b"; charset=idna",
            b"filename*0*=utf-8''%E2%80%AE",
            b"begin 644 a\n",
            b"end\n",
        ),
        *(
            b"> ",
            b"-- \n",
            b"Op 1 jan 2026 schreef x:\n",
            b"Van: x\nVerzonden: y\nAan: z\n",
            b"\xff\xfe",
            b"\xc3",
        ),
        *(b"Date: ", b"9" * 30, b"From: ", b"Subject: ", b"To: a: b, c;", b"References: <", b"\xed\xa0\x80"),
        b"Content-Type: message/delivery-status\n\nAction: failed\nFinal-Recipient: rfc822; a@b\n",
        b"\x78\x9f\x3e\x22\x01\x00\x02\x02\x90\x06\x00\x01\x00\x00\x00",
    ]
)


def assert_understood(raw: bytes) -> None:
    mail = parse_mail(raw)
    text = json.dumps(as_json(mail), ensure_ascii=False)
    text.encode("utf-8")
    assert "\\u0000" not in text.replace("\\\\", "")
    assert "<script" not in mail.html.lower()


@CALM
@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_mail(raw):
    assert_understood(raw)


@CALM
@given(st.lists(PIECES | st.binary(max_size=8), max_size=60))
def test_any_pile_of_pieces_of_mail_is_a_mail(pieces):
    assert_understood(HEAD + b"".join(pieces))
    assert_understood(b"".join(pieces))


@CALM
@given(
    st.sampled_from(PAYLOADS), st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 40)), max_size=8)
)
def test_mutated_mails_are_mails(raw, changes):
    for place, piece, removed in changes:
        position = int(place * len(raw))
        raw = raw[:position] + piece + raw[position + removed :]
    assert_understood(raw)


@CALM
@given(st.sampled_from(PAYLOADS), st.floats(0, 1))
def test_mails_cut_off_anywhere_are_mails(raw, place):
    assert_understood(raw[: int(place * len(raw))])


def nested(kind: bytes, depth: int) -> bytes:
    return (
        HEAD
        + b"".join(b"Content-Type: %s; boundary=b%d\n\n--b%d\n" % (kind, i, i) for i in range(depth))
        + b"\nx"
    )


SLOW = {
    "5,000 multiparts deep": lambda: nested(b"multipart/mixed", 5_000),
    "5,000 messages deep": lambda: HEAD + b"Content-Type: message/rfc822\n\nSubject: x\n" * 5_000,
    "100,000 parts": lambda: (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000
    ),
    "unclosed encoded words": lambda: HEAD + b"Cc: " + b"=?a?q?" * 300_000,
    "unclosed quotes": lambda: b"To: " + b'"\\' * 500_000 + b"\n" + HEAD,
    "unclosed angles": lambda: b"To: " + b"<" * 1_000_000 + b"\n" + HEAD,
    "endless folding": lambda: b"Subject: x" + b"\n x" * 500_000 + b"\n" + HEAD,
    "endless parameters": lambda: HEAD + b"Content-Type: text/plain" + b"; a=b" * 300_000 + b"\n\nx",
    "a million headers": lambda: HEAD + b"X: y\n" * 500_000 + b"\nx",
    "quotes by turns": lambda: HEAD + b"\nx\n" + b"> a\nb\n" * 9_000,
    "signatures": lambda: HEAD + b"\n" + b"-- \n" * 19_000,
    "attributions": lambda: HEAD + b"\n" + b"Op 1-1-2026 schreef\nOp x\n> a\n" * 6_000,
    "header blocks": lambda: HEAD + b"\nx\n" + b"Van: x\nb\n\n" * 6_000,
    "uuencode": lambda: HEAD + b"\n" + b"begin 644 a\nM\n" * 200_000,
    "open tags": lambda: HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 500_000,
    "references of characters": lambda: HEAD + b"Content-Type: text/html\n\n" + b"&" * 1_000_000,
    "one long line": lambda: HEAD + b"\n" + b"verzonden vanaf " * 100_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_mails_made_to_be_slow_are_read_in_time(name):
    raw = SLOW[name]()
    started = time.process_time()
    assert_understood(raw)
    assert time.process_time() - started < 10

"""What a file is, and what it may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mijngemeente.platform.file_types import safe_name, type_of, without_direction_tricks


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "x.exe", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "foto.html", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"RIFF....WEBPVP8 ", "a.webp", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "a.heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", "a", "video/mp4"),
        (
            b"PK\x03\x04",
            "brief.DOCX",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04", "brief.odt", "application/vnd.oasis.opendocument.text"),
        (b"PK\x03\x04", "brief.exe", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud.doc", "application/msword"),
        (b"<html><script>alert(1)</script>", "a.png", "text/plain"),
        (b"<svg onload='alert(1)'/>", "a.svg", "text/plain"),
        ("Tekst met ë".encode(), "a.txt", "text/plain"),
        (b"a" * 4095 + "ë".encode(), "a.txt", "text/plain"),
        (b"MZ\x90\x00", "foto.jpg", "application/octet-stream"),
        (b"\xff\xfe\x00", "a", "application/octet-stream"),
        (b"", "leeg.txt", "application/octet-stream"),
    ],
)
def test_the_bytes_tell_what_a_file_is(content, name, expected):
    assert type_of(content, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ik\\brief.docx", "brief.docx"),
        ("regel\r\neinde\x00.txt", "regeleinde.txt"),
        ("lamp\u202egpj.exe", "lampgpj.exe"),
        ('"aan<hal>ing".pdf', "_aan_hal_ing_.pdf"),
        ("..", "bestand"),
        ("", "bestand"),
        ("/", "bestand"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("ünïcode 中文.png", "ünïcode 中文.png"),
    ],
)
def test_a_name_no_system_trips_over(name, expected):
    assert safe_name(name) == expected


@given(st.text(max_size=400))
def test_every_name_becomes_a_safe_one(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*%\r\n\x00\u202e')
    assert safe.encode()


@given(st.binary(max_size=64), st.text(max_size=20))
def test_every_file_has_a_type(content, name):
    assert "/" in type_of(content, name)


def test_languages_from_the_right_stay_whole():
    arabic = "مرحبا بالعالم\u200f!"
    assert without_direction_tricks(f"\u202e{arabic}\u202c") == arabic

"""Decisions at the front door, all cases in tables."""

import pytest

from mijngemeente.intake.rules import (
    FRESH_SECONDS,
    QUESTIONS,
    Obstacle,
    allowed_frames,
    has_unstorable,
    language_of,
    obstacle,
    shown_author,
    storable,
)


@pytest.mark.parametrize(
    ("age_seconds", "is_trapped", "sent", "expected"),
    [
        (30, False, 1, None),
        (2, False, QUESTIONS, None),
        (FRESH_SECONDS, False, 1, None),
        (1.9, False, 1, Obstacle.TOO_FAST),
        (-300, False, 1, None),
        (-3600, False, 1, Obstacle.STALE),
        (FRESH_SECONDS + 1, False, 1, Obstacle.STALE),
        (None, False, 1, Obstacle.STALE),
        (30, True, 1, Obstacle.TRAP),
        (None, True, 1, Obstacle.TRAP),
        (30, False, QUESTIONS + 1, Obstacle.TOO_MANY),
        (None, True, QUESTIONS + 1, Obstacle.TOO_MANY),
    ],
)
def test_what_keeps_a_form_from_being_taken(age_seconds, is_trapped, sent, expected):
    assert obstacle(age_seconds=age_seconds, is_trapped=is_trapped, sent=sent) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gewoon", "gewoon"),
        ("twee\r\nregels\ren\ttab\n", "twee\nregels\nen\ttab\n"),
        ("NUL\x00 bel\x07 del\x7f", "NUL bel del"),
        ("half \ud800 paar \udfff", "half  paar "),
        ("emoji 👩‍👩‍👧 en ïß", "emoji 👩‍👩‍👧 en ïß"),
        ("\u202eomgekeerd", "\u202eomgekeerd"),
    ],
)
def test_what_a_database_keeps(text, expected):
    assert storable(text) == expected
    assert has_unstorable(text) == (expected != text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (("en",), "en"),
        (("", "fy"), "fy"),
        (("xx", "nl"), "nl"),
        ((), "nl"),
        (("EN",), "nl"),
        (("../en",), "nl"),
    ],
)
def test_a_page_speaks_the_first_language_it_knows(choices, expected):
    assert language_of(*choices) == expected


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([], []),
        (["https://www.duinrand.nl"], ["https://www.duinrand.nl"]),
        (["https://WWW.Duinrand.nl/contact?x=1 "], ["https://www.duinrand.nl"]),
        (["https://duinrand.nl:8443"], ["https://duinrand.nl:8443"]),
        (["http://localhost:8100"], ["http://localhost:8100"]),
        (["http://duinrand.nl", "ftp://x.nl", "duinrand.nl", "*", "https://*", "https://*.nl"], []),
        (["https://a.nl; script-src *", "https://a.nl 'unsafe-inline'", "https://u:p@a.nl"], []),
        (["https://[::1", "https://", "https://-a.nl", "https://a..nl"], []),
    ],
)
def test_only_plain_sites_may_frame_the_widget(sites, expected):
    assert allowed_frames(sites) == ["'self'", *expected]


@pytest.mark.parametrize(
    ("signature", "author", "expected"),
    [
        ("Groet,\n{medewerker}\n{organisatie}", "Sanne de Wit", "Sanne, gemeente Duinrand"),
        ("Groet,\n{voornaam medewerker}", "Sanne de Wit", "Sanne, gemeente Duinrand"),
        ("Groet,\n{organisatie}", "Sanne de Wit", "gemeente Duinrand"),
        ("Groet,\n{medewerker}", "", "gemeente Duinrand"),
    ],
)
def test_an_answer_is_signed_as_the_municipality_signs(signature, author, expected):
    assert shown_author("gemeente Duinrand", signature, author) == expected

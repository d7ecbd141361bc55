"""What the desk decides without asking anybody."""

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from mijngemeente.desk import rules
from mijngemeente.platform.audit import VERBS

MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "net binnen"),
        (59, "net binnen"),
        (60, "wacht 1 min"),
        (3599, "wacht 59 min"),
        (3600, "wacht 1 uur"),
        (47 * 3600, "wacht 47 uur"),
        (48 * 3600, "wacht 2 dagen"),
        (400 * 86400, "wacht 400 dagen"),
    ],
)
def test_waiting_is_told_in_one_unit(seconds, words):
    assert rules.waiting_words(seconds) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "Vandaag"),
        (date(2026, 11, 20), "Gisteren"),
        (date(2026, 11, 16), "Maandag 16 november 2026"),
        (date(2025, 1, 1), "Woensdag 1 januari 2025"),
    ],
)
def test_days_are_told_as_people_do(day, words):
    assert rules.day_words(day, date(2026, 11, 21)) == words


@pytest.mark.parametrize(
    ("salutation", "resident", "opening"),
    [
        ("Beste {naam},", "Fatma Yilmaz", "Beste Fatma Yilmaz,\n\n"),
        ("Hoi {voornaam},", "Fatma Yilmaz", "Hoi Fatma,\n\n"),
        ("Beste {naam},", "", "Goedendag,\n\n"),
        ("Beste mensen,", "", "Beste mensen,\n\n"),
        ("Dag {voornaam},", "Dhr. Bakker", "Dag Dhr. Bakker,\n\n"),
        ("Beste {titel},", "Fatma", "Beste {titel},\n\n"),
        ("", "Fatma", ""),
    ],
)
def test_writing_starts_after_the_salutation(salutation, resident, opening):
    letter = rules.Letterhead(
        salutation, "Groet,\n{medewerker}\n{organisatie}", resident, "Sanne", "Duinrand"
    )
    text, caret = rules.opening_of(letter)
    assert text == f"{opening}\n\nGroet,\nSanne\nDuinrand"
    assert text[:caret] == opening


def test_a_resident_cannot_write_blanks_into_the_letter():
    letter = rules.Letterhead("Beste {naam},", "{organisatie}", "{medewerker}", "Sanne", "Duinrand")
    assert rules.opening_of(letter)[0] == "Beste {medewerker},\n\n\n\nDuinrand"


def line(verb, who="Sanne", to=""):
    return rules.Line(uuid4(), verb, MOMENT, who, to)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (line("conversation.assigned", to="Bram"), "Sanne gaf het gesprek aan Bram"),
        (line("conversation.closed", who="", to="beantwoord"), "Het systeem sloot het gesprek: beantwoord"),
        (line("message.received", who=""), "De inwoner schreef"),
        (line("conversation.topic_changed"), "Sanne koos het onderwerp “niets”"),
    ],
)
def test_the_timeline_tells_sentences(told, sentence):
    assert told.sentence == sentence


def test_every_deed_in_a_conversation_has_a_sentence():
    subjects = ("conversation.", "message.", "delivery.", "attachment.", "question.", "erasure.")
    told = {verb for verb in VERBS if verb.startswith(subjects)}
    assert {verb for verb in told if line(verb).sentence == verb} == set()


def test_of_each_reader_only_the_last_time_is_told():
    lines = [
        line("conversation.viewed"),
        line("message.sent"),
        line("conversation.viewed", who="Bram"),
        line("conversation.viewed"),
    ]
    assert rules.condensed(lines) == lines[:3]


def test_crossing_words_name_everybody_once():
    words = rules.crossing_words([("Fatma", False), ("Fatma", False), ("Bram", True)])
    assert words.startswith("Fatma schreef intussen ook. Bram antwoordde intussen ook. Je tekst is bewaard.")


FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("due", "short", "full"),
    [
        ((20, 15, 0), "nog 30 min", "eerste reactie vóór vandaag 15.00 uur"),
        ((20, 14, 30), "te laat: 1 min", "eerste reactie te laat: 1 min"),
        ((20, 16, 45), "nog 2 uur", "eerste reactie vóór vandaag 16.45 uur"),
        ((20, 13, 55), "te laat: 35 min", "eerste reactie te laat: 35 min"),
        ((18, 14, 30), "te laat: 2 dagen", "eerste reactie te laat: 2 dagen"),
        ((21, 9, 5), "vóór za 9.05 uur", "eerste reactie vóór morgen 9.05 uur"),
        ((23, 12, 30), "vóór ma 12.30 uur", "eerste reactie vóór maandag 23 november 12.30 uur"),
        ((27, 9, 0), "vóór 27 nov", "eerste reactie vóór vrijdag 27 november 9.00 uur"),
    ],
)
def test_how_much_time_is_left_is_said_in_words(due, short, full):
    day, hour, minute = due
    due_at = FRIDAY.replace(day=day, hour=hour, minute=minute)
    assert rules.left_words(due_at, FRIDAY) == short
    assert rules.norm_words("eerste reactie", due_at, FRIDAY) == full


@pytest.mark.parametrize(
    ("letter", "caret", "whole"),
    [
        ("Beste F,\n\n\n\nGroet", 10, "Beste F,\n\nJa.\n\nGroet"),
        ("Beste F", 7, "Beste F\n\nJa."),
        ("", 0, "Ja."),
    ],
)
def test_an_answer_is_put_where_the_writing_starts(letter, caret, whole):
    assert rules.placed(letter, caret, "Ja.") == whole

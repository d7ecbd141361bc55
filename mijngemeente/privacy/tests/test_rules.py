"""How long we keep, and what a record may say."""

from datetime import UTC, date, datetime

import pytest

from mijngemeente.conversations.models import Conversation
from mijngemeente.privacy.rules import (
    DEFAULTS,
    kept_from,
    months_before,
    names_somebody,
    next_night,
    term,
)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2026, 11, 21), 60, date(2021, 11, 21)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 240, date(2006, 12, 31)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day, months, before):
    assert months_before(day, months) == before


def test_a_period_counts_from_the_beginning_of_the_day():
    assert kept_from(date(2026, 11, 21), 12, UTC) == datetime(2025, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 21, 14, 5), date(2026, 11, 22)),
        (datetime(2026, 11, 21, 1, 59), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 23, 0), date(2027, 1, 1)),
    ],
)
def test_the_next_night_is_the_one_to_come(now, day):
    assert next_night(now) == day


def test_every_kind_of_conversation_has_a_period_with_its_source():
    assert set(DEFAULTS) == {"", *Conversation.Kind.values}
    assert all(each.months > 0 and each.source for each in DEFAULTS.values())
    assert (DEFAULTS["question"].months, DEFAULTS["report"].months, DEFAULTS["complaint"].months) == (
        12,
        60,
        60,
    )


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Verzoek van 3 mei, zaak Z-2026-112", False),
        ("Verzoek van Joke", True),
        ("verzoek van mevrouw (de Boer).", True),
        ("joke@voorbeeld.example vroeg erom", True),
        ("de inwoner vroeg erom", False),
        ("", False),
    ],
)
def test_a_record_that_names_somebody_is_recognised(text, tells):
    assert names_somebody(text, ["Joke de Boer", "joke@voorbeeld.example"]) == tells


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 maand"),
        (11, "11 maanden"),
        (12, "1 jaar"),
        (13, "1 jaar en 1 maand"),
        (18, "1 jaar en 6 maanden"),
        (60, "5 jaar"),
        (240, "20 jaar"),
    ],
)
def test_a_term_is_told_in_years_as_people_do(months, words):
    assert term(months) == words

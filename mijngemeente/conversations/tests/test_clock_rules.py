"""What is due next, in tables."""

from datetime import datetime, timedelta

import pytest

from mijngemeente.conversations.rules import Clock, Due, due_of
from mijngemeente.organisations.rules.hours import LOCAL, OFFICE_WEEK, OpeningHours
from mijngemeente.organisations.rules.levels import Amber, Level

HOURS = OpeningHours(OFFICE_WEEK)
LEVEL = Level(
    first_reply=timedelta(hours=4),
    next_reply=timedelta(hours=8),
    solution=timedelta(hours=40),
    amber=Amber(is_percent=True, number=75),
)
FRIDAY = "2026-11-20 16:30"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def clock(began=FRIDAY, waiting=FRIDAY, *, answered=False, paused=0, turn=0):
    return Clock(
        at(began),
        at(waiting) if waiting else None,
        answered,
        timedelta(minutes=paused),
        timedelta(minutes=turn),
    )


@pytest.mark.parametrize(
    ("given", "due"),
    [
        (clock(), Due("first_reply", at("2026-11-23 12:30"), at("2026-11-23 11:30"))),
        (clock(paused=120), Due("first_reply", at("2026-11-23 14:30"), at("2026-11-23 13:30"))),
        (
            clock(waiting="2026-11-23 10:00", answered=True),
            Due("next_reply", at("2026-11-24 10:00"), at("2026-11-23 16:00")),
        ),
        # What was paused before the resident wrote again is no excuse now.
        (
            clock(waiting="2026-11-23 10:00", answered=True, paused=6000, turn=60),
            Due("next_reply", at("2026-11-24 11:00"), at("2026-11-23 17:00")),
        ),
        # The solution may run out before the next reply does.
        (
            clock(waiting="2026-11-27 16:00", answered=True),
            Due("solution", at("2026-11-27 16:30"), at("2026-11-26 14:30")),
        ),
        (clock(waiting=None, answered=True), Due("solution", at("2026-11-27 16:30"), at("2026-11-26 14:30"))),
    ],
)
def test_what_is_due_next(given, due):
    assert due_of(given, LEVEL, HOURS) == due


def test_what_has_no_norm_is_never_due():
    assert due_of(clock(), Level(), HOURS) is None
    assert due_of(clock(), Level(solution=timedelta(hours=1)), HOURS).norm == "solution"


def test_hours_that_never_open_stop_no_message():
    assert due_of(clock(), LEVEL, OpeningHours(((),) * 7)) is None


def test_amber_some_minutes_before():
    level = Level(first_reply=timedelta(hours=4), amber=Amber(is_percent=False, number=30))
    assert due_of(clock(), level, HOURS).amber_at == at("2026-11-23 12:00")

"""The clock's worked examples: every oddity of the Dutch calendar in 2026 and 2027."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mijngemeente.organisations.rules.hour_words import (
    Unreadable,
    closing_words,
    day_of,
    day_text,
    moment_words,
    week_words,
)
from mijngemeente.organisations.rules.hours import (
    LOCAL,
    OFFICE_WEEK,
    WHOLE_DAY,
    Closing,
    HolidayChoice,
    Interval,
    LiberationDay,
    NeverOpen,
    OpeningHours,
    closed_days,
    joined,
    moment,
)

with (Path(__file__).resolve().parents[3] / "data/holidays.csv").open(encoding="utf-8") as file:
    HOLIDAYS = [(date.fromisoformat(row["date"]), row["name"]) for row in csv.DictReader(file)]


USUAL = HolidayChoice()


def hours(week=OFFICE_WEEK, *, choice=USUAL, closings=()):
    return OpeningHours(week, closed_days(HOLIDAYS, choice, closings))


def part(text):
    """Ours for "9.00-17.00"."""
    opens, closes = ([int(n) for n in each.split(".")] for each in text.split("-"))
    return Interval(opens[0] * 60 + opens[1], closes[0] * 60 + closes[1])


def week(*days):
    """Seven days as text, parts after a comma; the last day is repeated."""
    filled = [*days, *[days[-1]] * (7 - len(days))]
    return tuple(joined(part(each) for each in day.split(", ") if each) for day in filled)


def local(text, fold=0):
    """A moment on the Dutch clock; `fold` 1 is the second time an hour comes."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL, fold=fold).astimezone(UTC)


OFFICE_HOURS = hours()
ALWAYS = OpeningHours(((WHOLE_DAY,),) * 7)
NEVER = OpeningHours(((),) * 7)
NIGHTS = OpeningHours(week("0.00-6.00, 22.00-24.00"))
SHOP_EVENING = hours(
    week("9.00-17.00", "9.00-17.00", "9.00-17.00", "9.00-12.00, 13.00-20.00", "9.00-12.30", "")
)
GOOD_FRIDAY_OFF = hours(choice=HolidayChoice(good_friday=True))
LIBERATED = hours(choice=HolidayChoice(liberation_day=LiberationDay.ALWAYS))
NO_HOLIDAYS = hours(choice=HolidayChoice(is_closed=False, good_friday=True))
EARLY_ON_EVES = hours(
    closings=[
        Closing(date(2026, 12, 24), date(2026, 12, 24), part("15.00-24.00")),
        Closing(date(2026, 12, 31), date(2026, 12, 31), part("12.00-24.00")),
    ]
)
CLOSED_BETWEEN = hours(closings=[Closing(date(2026, 12, 24), date(2026, 12, 31))])
LATE_START = hours(closings=[Closing(date(2027, 1, 4), date(2027, 1, 4), part("0.00-12.00"))])

#: hours, from, minutes of work, then
EXAMPLES = {
    "an ordinary day": (OFFICE_HOURS, "2026-11-18 10:00", 240, "2026-11-18 14:00"),
    "over the weekend, as on the settings page": (OFFICE_HOURS, "2026-11-20 16:30", 240, "2026-11-23 12:30"),
    "asked at night": (OFFICE_HOURS, "2026-11-18 03:00", 60, "2026-11-18 10:00"),
    "asked as it closes": (OFFICE_HOURS, "2026-11-18 17:00", 60, "2026-11-19 10:00"),
    "asked as it opens": (OFFICE_HOURS, "2026-11-18 09:00", 60, "2026-11-18 10:00"),
    "runs out as it closes": (OFFICE_HOURS, "2026-11-18 16:00", 60, "2026-11-18 17:00"),
    "asked on Saturday": (OFFICE_HOURS, "2026-11-21 12:00", 30, "2026-11-23 09:30"),
    "a lunch break": (SHOP_EVENING, "2026-11-19 11:30", 60, "2026-11-19 13:30"),
    "an evening a week": (SHOP_EVENING, "2026-11-19 16:45", 60, "2026-11-19 17:45"),
    "a short Friday": (SHOP_EVENING, "2026-11-20 12:00", 60, "2026-11-23 09:30"),
    "ten working days": (OFFICE_HOURS, "2026-11-18 10:00", 4800, "2026-12-02 10:00"),
    # 2026
    "New Year 2026, a Thursday": (OFFICE_HOURS, "2025-12-31 16:30", 60, "2026-01-02 09:30"),
    "Good Friday 2026 is worked": (OFFICE_HOURS, "2026-04-02 16:30", 60, "2026-04-03 09:30"),
    "Good Friday 2026 by choice not": (GOOD_FRIDAY_OFF, "2026-04-02 16:30", 60, "2026-04-07 09:30"),
    "Easter Monday 2026": (OFFICE_HOURS, "2026-04-03 16:30", 60, "2026-04-07 09:30"),
    "King's Day 2026, a Monday": (OFFICE_HOURS, "2026-04-24 16:30", 60, "2026-04-28 09:30"),
    "Liberation Day 2026 is worked": (OFFICE_HOURS, "2026-05-04 16:30", 60, "2026-05-05 09:30"),
    "Liberation Day 2026 by choice not": (LIBERATED, "2026-05-04 16:30", 60, "2026-05-06 09:30"),
    "Ascension Day 2026, then a Friday": (OFFICE_HOURS, "2026-05-13 16:30", 60, "2026-05-15 09:30"),
    "Whit Monday 2026": (OFFICE_HOURS, "2026-05-22 16:30", 60, "2026-05-26 09:30"),
    "Christmas 2026, Friday and Saturday": (OFFICE_HOURS, "2026-12-24 16:30", 60, "2026-12-28 09:30"),
    "Christmas Eve 2026 until three": (EARLY_ON_EVES, "2026-12-24 14:30", 60, "2026-12-28 09:30"),
    "New Year's Eve 2026 until noon": (EARLY_ON_EVES, "2026-12-31 11:30", 60, "2027-01-04 09:30"),
    "closed from Christmas to New Year": (CLOSED_BETWEEN, "2026-12-23 16:30", 60, "2027-01-04 09:30"),
    # 2027
    "New Year 2027, a Friday": (OFFICE_HOURS, "2026-12-31 16:30", 60, "2027-01-04 09:30"),
    "the first day begins at noon": (LATE_START, "2026-12-31 16:30", 60, "2027-01-04 12:30"),
    "Good Friday 2027 is worked": (OFFICE_HOURS, "2027-03-25 16:30", 60, "2027-03-26 09:30"),
    "Good Friday 2027 by choice not": (GOOD_FRIDAY_OFF, "2027-03-25 16:30", 60, "2027-03-30 09:30"),
    "Easter Monday 2027, the day after the clock": (OFFICE_HOURS, "2027-03-26 16:30", 60, "2027-03-30 09:30"),
    "King's Day 2027, a Tuesday": (OFFICE_HOURS, "2027-04-26 16:30", 60, "2027-04-28 09:30"),
    "Liberation Day 2027 is worked": (OFFICE_HOURS, "2027-05-04 16:30", 60, "2027-05-05 09:30"),
    "both Liberation and Ascension Day off": (LIBERATED, "2027-05-04 16:30", 60, "2027-05-07 09:30"),
    "Ascension Day 2027": (OFFICE_HOURS, "2027-05-05 16:30", 60, "2027-05-07 09:30"),
    "Whit Monday 2027": (OFFICE_HOURS, "2027-05-14 16:30", 60, "2027-05-18 09:30"),
    "Christmas 2027, in the weekend": (OFFICE_HOURS, "2027-12-24 16:30", 60, "2027-12-27 09:30"),
    "New Year 2028, a Saturday": (OFFICE_HOURS, "2027-12-31 16:30", 60, "2028-01-03 09:30"),
    # Elsewhere, for the rules behind the dates.
    "King's Day that would be a Sunday": (OFFICE_HOURS, "2025-04-25 16:30", 60, "2025-04-28 09:30"),
    "Liberation Day in a lustrum": (OFFICE_HOURS, "2025-05-02 16:30", 60, "2025-05-06 09:30"),
    "no holiday kept at all": (NO_HOLIDAYS, "2026-12-24 16:30", 60, "2026-12-25 09:30"),
    # Both nights of summer time.
    "the short night 2026": (ALWAYS, "2026-03-29 01:30", 60, "2026-03-29 03:30"),
    "the short day 2026": (ALWAYS, "2026-03-28 12:00", 24 * 60, "2026-03-29 13:00"),
    "the long day 2026": (ALWAYS, "2026-10-24 12:00", 24 * 60, "2026-10-25 11:00"),
    "the short day 2027, Easter": (ALWAYS, "2027-03-27 12:00", 24 * 60, "2027-03-28 13:00"),
    "the long day 2027": (ALWAYS, "2027-10-30 12:00", 24 * 60, "2027-10-31 11:00"),
    "office hours know no short night": (OFFICE_HOURS, "2026-03-27 16:30", 60, "2026-03-30 09:30"),
    "office hours know no long night": (OFFICE_HOURS, "2026-10-23 16:30", 60, "2026-10-26 09:30"),
    "a night service, an hour less": (NIGHTS, "2027-03-27 22:00", 7 * 60, "2027-03-28 06:00"),
    "a night service, an hour more": (NIGHTS, "2027-10-30 22:00", 9 * 60, "2027-10-31 06:00"),
    # Far ahead.
    "a year of days and nights": (ALWAYS, "2026-01-01 00:00", 365 * 24 * 60, "2027-01-01 00:00"),
    # 255 working days in 2026, and five more.
    "more than a year of work": (OFFICE_HOURS, "2026-01-02 09:00", 260 * 480, "2027-01-08 17:00"),
}


@pytest.mark.parametrize(("open_", "start", "minutes", "due"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_working_time_runs_out(open_, start, minutes, due):
    found = open_.add(local(start), timedelta(minutes=minutes))
    assert found == local(due)
    assert found.tzinfo is UTC
    assert open_.between(local(start), found) == timedelta(minutes=minutes)


def test_in_the_hour_that_comes_twice_the_clock_says_the_same_twice():
    first, second = local("2026-10-25 02:30"), local("2026-10-25 02:30", fold=1)
    assert ALWAYS.add(first, timedelta(hours=1)) == second
    assert ALWAYS.add(second, timedelta(hours=1)) == local("2026-10-25 03:30")
    assert ALWAYS.between(first, local("2026-10-25 03:30")) == timedelta(hours=2)


#: hours on one night, and how much time they are
NIGHTLY = {
    "closes in the hour that is skipped": ("2026-03-29", "0.00-2.30", 120),
    "opens in the hour that is skipped": ("2026-03-29", "2.30-4.00", 60),
    "lies in the hour that is skipped": ("2026-03-29", "2.15-2.45", 0),
    "spans the hour that is skipped": ("2027-03-28", "1.00-4.00", 120),
    "closes at the first half past two": ("2026-10-25", "0.00-2.30", 150),
    "opens at the first half past two": ("2026-10-25", "2.30-4.00", 150),
    "lies in the hour that comes twice": ("2026-10-25", "2.15-2.45", 30),
    "spans the hour that comes twice": ("2027-10-31", "1.00-4.00", 240),
    "a quarter before and a quarter after": ("2027-10-31", "0.00-2.15, 2.45-9.00", 135 + 435),
}


@pytest.mark.parametrize(("day", "parts", "minutes"), NIGHTLY.values(), ids=NIGHTLY.keys())
def test_hours_on_the_nights_of_summer_time(day, parts, minutes):
    night = OpeningHours(week(parts))
    midnight, noon = moment(date.fromisoformat(day), 0), moment(date.fromisoformat(day), 720)
    assert night.between(midnight, noon) == timedelta(minutes=minutes)
    if minutes:
        assert night.is_open(night.next_opening(midnight))


@pytest.mark.parametrize(
    ("at", "is_open", "opens"),
    [
        ("2026-11-20 08:59", False, "2026-11-20 09:00"),
        ("2026-11-20 09:00", True, "2026-11-20 09:00"),
        ("2026-11-20 16:59", True, "2026-11-20 16:59"),
        ("2026-11-20 17:00", False, "2026-11-23 09:00"),
        ("2026-12-25 10:00", False, "2026-12-28 09:00"),
    ],
)
def test_open_at_a_moment_and_when_next(at, is_open, opens):
    assert OFFICE_HOURS.is_open(local(at)) is is_open
    assert OFFICE_HOURS.next_opening(local(at)) == local(opens)


@pytest.mark.parametrize(
    ("never", "length"),
    [
        (NEVER, timedelta(minutes=1)),
        (hours(closings=[Closing(date(2026, 1, 1), date(2036, 1, 1))]), timedelta(minutes=1)),
        (OpeningHours(week("9.00-9.01", "")), timedelta(days=1)),
    ],
    ids=["no hours", "closed for ten years", "a minute a week"],
)
def test_hours_without_enough_time_refuse_at_once(never, length):
    with pytest.raises(NeverOpen):
        never.add(local("2026-11-20 10:00"), length)
    assert NEVER.between(local("2026-01-01 00:00"), local("2027-01-01 00:00")) == timedelta()
    assert not NEVER.is_open(local("2026-11-20 10:00"))


def test_nothing_passes_backwards():
    assert ALWAYS.between(local("2026-11-20 10:00"), local("2026-11-19 10:00")) == timedelta()


@pytest.mark.parametrize(("opens", "closes"), [(-1, 60), (0, 1441), (600, 600), (700, 600)])
def test_an_interval_lies_within_one_day(opens, closes):
    with pytest.raises(ValueError, match="no part of a day"):
        Interval(opens, closes)


def test_a_closing_takes_only_its_part_of_the_day():
    closed = closed_days(
        [], HolidayChoice(), [Closing(date(2026, 11, 19), date(2026, 11, 20), part("11.00-14.00"))]
    )
    open_ = OpeningHours(SHOP_EVENING.week, closed)
    assert open_.on(date(2026, 11, 19)) == (part("9.00-11.00"), part("14.00-20.00"))
    assert open_.on(date(2026, 11, 20)) == (part("9.00-11.00"),)
    assert open_.on(date(2026, 11, 21)) == ()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (OFFICE_WEEK, "maandag tot en met vrijdag 9.00 - 17.00 uur"),
        (
            SHOP_EVENING.week,
            "maandag tot en met woensdag 9.00 - 17.00 uur, donderdag 9.00 - 12.00 en 13.00 - 20.00 uur,"
            " vrijdag 9.00 - 12.30 uur",
        ),
        (week("8.30-17.00", "8.30-17.00", ""), "maandag en dinsdag 8.30 - 17.00 uur"),
        (ALWAYS.week, "maandag tot en met zondag dag en nacht"),
        (NEVER.week, ""),
    ],
)
def test_a_week_is_said_in_a_line(days, words):
    assert week_words(days) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9.00 - 17.00", "9.00 - 17.00"),
        ("9-17", "9.00 - 17.00"),
        ("08:30–12:00 en 13.00 tot 17.30 uur", "8.30 - 12.00, 13.00 - 17.30"),
        ("13.00-17.00, 9.00-13.00", "9.00 - 17.00"),
        ("Dag en nacht", "dag en nacht"),
        ("0.00 - 24.00", "dag en nacht"),
        ("  ", ""),
    ],
)
def test_hours_are_typed_as_people_do(typed, kept):
    assert day_text(day_of(typed)) == kept


@pytest.mark.parametrize(
    "typed", ["gesloten", "9.00", "17.00-9.00", "9.60-17.00", "9-25", "9.00-17.00;", "-1-3"]
)
def test_hours_that_cannot_be_read_are_refused(typed):
    with pytest.raises(Unreadable):
        day_of(typed)


@pytest.mark.parametrize(
    ("part_", "words"),
    [
        (WHOLE_DAY, "donderdag 24 december 2026"),
        (part("15.00-24.00"), "donderdag 24 december 2026, vanaf 15.00 uur"),
        (part("0.00-12.00"), "donderdag 24 december 2026, tot 12.00 uur"),
        (part("12.00-13.30"), "donderdag 24 december 2026, 12.00 - 13.30 uur"),
    ],
)
def test_a_closing_is_said_in_a_line(part_, words):
    eve = date(2026, 12, 24)
    assert closing_words(Closing(eve, eve, part_)) == words


def test_a_moment_is_said_on_the_dutch_clock():
    assert moment_words(datetime(2026, 3, 29, 1, 5, tzinfo=UTC)) == "zondag 29 maart 3.05 uur"
    days = Closing(date(2026, 12, 24), date(2027, 1, 3))
    assert closing_words(days) == "donderdag 24 december 2026 tot en met zondag 3 januari 2027"


def intervals():
    edges = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(sorted)
    return edges.map(lambda each: joined(Interval(a, b) for a, b in zip(each[::2], each[1::2], strict=False)))


WEEKS = st.lists(st.one_of(st.just(()), intervals()), min_size=7, max_size=7).map(tuple).filter(any)
CLOSED = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)), intervals() | st.just((WHOLE_DAY,)), max_size=8
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
LENGTHS = st.integers(1, 10 * 480).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=150, deadline=None)
@given(WEEKS, CLOSED, MOMENTS, LENGTHS, LENGTHS)
def test_time_added_is_time_between_and_later_stays_later(days, closed, start, length, more):
    open_ = OpeningHours(days, closed)
    try:
        due, later = open_.add(start, length), open_.add(start + more, length)
        longer = open_.add(start, length + more)
    except NeverOpen:
        return
    assert open_.between(start, due) == length
    assert start < due < longer
    assert due <= later
    # The minute before it runs out counts: nothing is due while the doors are closed.
    assert open_.is_open(due - timedelta(microseconds=1))

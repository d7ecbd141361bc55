"""Opening hours and moments, as people write and read them."""

import re
from datetime import date, datetime, timedelta

from mijngemeente.reference.rules.calendar import DAYS, MONTHS

from .hours import (
    LOCAL,
    WHOLE_DAY,
    Closing,
    Day,
    Interval,
    NeverOpen,
    OpeningHours,
    joined,
    local_date,
    moment,
)

FRIDAY = 4
ALL_DAY = "dag en nacht"

_PART = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|tot)\s*(\d{1,2})(?:[.:](\d{2}))?(?:\s*uur)?")


class Unreadable(ValueError):
    """This is not how hours are written."""


def day_of(text: str) -> Day:
    """The hours that somebody typed: "9.00 - 12.00, 13.00 - 17.00", "dag en nacht" or nothing.

    Raises Unreadable.
    """
    if not text.strip():
        return ()
    if text.strip().lower() == ALL_DAY:
        return (WHOLE_DAY,)
    return joined(_part_of(each) for each in re.split(r",| en ", text))


def _part_of(text: str) -> Interval:
    found = _PART.fullmatch(text.strip())
    if found is None:
        raise Unreadable(text)
    hour, minute, until_hour, until_minute = (int(each or 0) for each in found.groups())
    if minute > 59 or until_minute > 59:
        raise Unreadable(text)
    try:
        return Interval(hour * 60 + minute, until_hour * 60 + until_minute)
    except ValueError as error:
        raise Unreadable(text) from error


def day_text(day: Day) -> str:
    """The hours as they are typed."""
    if day == (WHOLE_DAY,):
        return ALL_DAY
    return ", ".join(f"{clock_words(each.opens)} - {clock_words(each.closes)}" for each in day)


def week_words(week: tuple[Day, ...]) -> str:
    """The week in one line: "maandag tot en met vrijdag 9.00 - 17.00 uur, zaterdag 10.00 - 12.00 uur"."""
    groups: list[tuple[list[int], Day]] = []
    for number, day in enumerate(week):
        if groups and groups[-1][1] == day:
            groups[-1][0].append(number)
        else:
            groups.append(([number], day))
    return ", ".join(f"{_days_words(days)} {_day_words(day)}" for days, day in groups if day)


def _days_words(days: list[int]) -> str:
    if len(days) == 1:
        return DAYS[days[0]]
    return f"{DAYS[days[0]]}{' en ' if len(days) == 2 else ' tot en met '}{DAYS[days[-1]]}"


def _day_words(day: Day) -> str:
    if day == (WHOLE_DAY,):
        return ALL_DAY
    parts = [f"{clock_words(each.opens)} - {clock_words(each.closes)}" for each in day]
    return f"{' en '.join(parts)} uur"


def clock_words(minutes: int) -> str:
    """As the Dutch write it: 9.00, 17.30, 24.00."""
    return f"{minutes // 60}.{minutes % 60:02}"


def date_words(day: date) -> str:
    """A day in full: "vrijdag 25 december 2026"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(at: datetime) -> str:
    """A moment without its year: "maandag 30 november 12.30 uur"."""
    local = at.astimezone(LOCAL)
    clock = clock_words(local.hour * 60 + local.minute)
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {clock} uur"


def closing_words(closing: Closing) -> str:
    """When that is: "donderdag 24 december 2026, vanaf 15.00 uur"."""
    days = date_words(closing.starts_on)
    if closing.ends_on != closing.starts_on:
        days = f"{days} tot en met {date_words(closing.ends_on)}"
    if closing.part == WHOLE_DAY:
        return days
    if closing.part.closes == WHOLE_DAY.closes:
        return f"{days}, vanaf {clock_words(closing.part.opens)} uur"
    if closing.part.opens == WHOLE_DAY.opens:
        return f"{days}, tot {clock_words(closing.part.closes)} uur"
    return f"{days}, {clock_words(closing.part.opens)} - {clock_words(closing.part.closes)} uur"


def example_words(hours: OpeningHours, norm: timedelta, now: datetime) -> str:
    """What a norm means for a question that comes late on the first Friday ahead; empty if it never ends."""
    friday = local_date(now) + timedelta(days=(FRIDAY - local_date(now).weekday()) % 7)
    asked = moment(friday, 16 * 60 + 30)
    try:
        due = hours.add(asked, norm)
    except NeverOpen:
        return ""
    return f"Een vraag van {moment_words(asked)} moet {moment_words(due)} beantwoord zijn."

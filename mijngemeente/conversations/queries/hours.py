"""Opening hours asked of the database, for many organisations at once."""

from collections.abc import Iterable
from datetime import date, time

from django.db.models import Q

from mijngemeente.organisations.queries import hours_for
from mijngemeente.organisations.rules.hours import DAY_MINUTES, WHOLE_DAY, Day, Interval, OpeningHours


def within_hours(column: str, organisation_ids: Iterable[int]) -> Q:
    """The moment in `column` lies in the opening hours of the conversation's own organisation.

    By the clock on the wall: the hour that comes twice counts both times.
    """
    alike: dict[tuple[object, ...], tuple[OpeningHours, list[int]]] = {}
    for number, hours in hours_for(organisation_ids).items():
        key = (hours.week, tuple(sorted(hours.closed.items())))
        alike.setdefault(key, (hours, []))[1].append(number)
    found = Q(pk__in=[])
    for hours, numbers in alike.values():
        found |= Q(organisation_id__in=numbers) & _open(column, hours)
    return found


def _open(column: str, hours: OpeningHours) -> Q:
    days: dict[Day, list[int]] = {}
    for number, day in enumerate(hours.week, start=1):
        days.setdefault(day, []).append(number)
    found = Q(pk__in=[])
    for day, numbers in days.items():
        if day:
            found |= Q(**{f"{column}__iso_week_day__in": numbers}) & _in_day(column, day)
    return found & ~_closed(column, hours)


def _closed(column: str, hours: OpeningHours) -> Q:
    parts: dict[Day, list[date]] = {}
    for day, closed in hours.closed.items():
        parts.setdefault(closed, []).append(day)
    found = Q(pk__in=[])
    for closed, days in parts.items():
        on = Q(**{f"{column}__date__in": days})
        found |= on if closed == (WHOLE_DAY,) else on & _in_day(column, closed)
    return found


def _in_day(column: str, day: Day) -> Q:
    found = Q(pk__in=[])
    for each in day:
        found |= _in_interval(column, each)
    return found


def _in_interval(column: str, each: Interval) -> Q:
    found = Q(**{f"{column}__time__gte": _clock(each.opens)})
    if each.closes < DAY_MINUTES:
        found &= Q(**{f"{column}__time__lt": _clock(each.closes)})
    return found


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)

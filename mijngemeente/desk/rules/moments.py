"""Moments that somebody chooses, on Dutch clocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mijngemeente.reference.rules.calendar import DAYS, MONTHS

_DUTCH = ZoneInfo("Europe/Amsterdam")
_MORNING = time(9)
_AFTERNOON = time(14)
#: Who puts something off for longer means something else.
FURTHEST = timedelta(days=366)


class NoSuchHour(ValueError):
    """No clock in the Netherlands ever shows this time."""


@dataclass(frozen=True)
class Preset:
    """A moment that is chosen with one press."""

    key: str
    name: str
    at: datetime


def dutch_moment(wall: datetime) -> datetime:
    """The moment at which Dutch clocks show `wall`, in UTC.

    Of the hour that comes twice when summer time ends, the first: nobody gets something later than asked.
    Raises NoSuchHour for the hour that is skipped when summer time begins.
    """
    moment = wall.replace(tzinfo=_DUTCH, fold=0).astimezone(UTC)
    if moment.astimezone(_DUTCH).replace(tzinfo=None, fold=0) != wall:
        raise NoSuchHour(wall)
    return moment


def presets(now: datetime) -> list[Preset]:
    """This afternoon while it is still morning, tomorrow, Monday and in a week; each day once."""
    today = now.astimezone(_DUTCH).date()
    found: dict[datetime, Preset] = {}
    for key, name, day, clock in _wishes(today):
        at = dutch_moment(datetime.combine(day, clock))
        if at > now:
            found.setdefault(at, Preset(key, name, at))
    return list(found.values())


def _wishes(today: date) -> Iterator[tuple[str, str, date, time]]:
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    yield "vanmiddag", "Vanmiddag 14.00 uur", today, _AFTERNOON
    yield "morgen", "Morgen 9.00 uur", tomorrow, _MORNING
    yield "maandag", "Maandag 9.00 uur", monday, _MORNING
    yield "week", "Over een week, 9.00 uur", today + timedelta(days=7), _MORNING


def future_words(at: datetime, now: datetime) -> str:
    """A moment to come, as somebody says it: "morgen 9.00 uur", "ma 30 november 9.00 uur"."""
    local, today = at.astimezone(_DUTCH), now.astimezone(_DUTCH).date()
    clock = f"{local.hour}.{local.minute:02} uur"
    if local.date() == today:
        return f"vandaag {clock}"
    if local.date() == today + timedelta(days=1):
        return f"morgen {clock}"
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {clock}"

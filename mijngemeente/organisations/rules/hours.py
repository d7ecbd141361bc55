"""Time that counts: opening hours, holidays and closing days, in Dutch local time.

People say when they are open on the clock on the wall; what goes in and comes out of the verbs are moments,
in UTC, and lengths of working time. On the night that has an hour less, a time that does not exist is the
moment of the jump. On the night in which an hour comes twice, a time that comes twice is the first.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")
DAY_MINUTES = 24 * 60
#: Further ahead nobody looks; hours that hardly ever open would otherwise be searched for a lifetime.
HORIZON = timedelta(days=5 * 366)
#: Who is open or closed for longer is looked at again after this.
LOOKED_AHEAD = timedelta(days=7)


class NeverOpen(ValueError):
    """Within the horizon these hours do not hold that much time."""


@dataclass(frozen=True, order=True)
class Interval:
    """Part of one day, in minutes since midnight; 1440 is midnight at its end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise ValueError(f"no part of a day: {self.opens} to {self.closes}")


WHOLE_DAY = Interval(0, DAY_MINUTES)

Day = tuple[Interval, ...]
Span = tuple[datetime, datetime]


def joined(intervals: Iterable[Interval]) -> Day:
    """The same time in as few intervals as can be, in order."""
    found: list[Interval] = []
    for each in sorted(intervals):
        if found and each.opens <= found[-1].closes:
            found[-1] = Interval(found[-1].opens, max(found[-1].closes, each.closes))
        else:
            found.append(each)
    return tuple(found)


def without(day: Day, closed: Day) -> Day:
    """What stays open of a day."""
    for gone in closed:
        day = tuple(part for each in day for part in _cut(each, gone))
    return day


def _cut(each: Interval, gone: Interval) -> Iterator[Interval]:
    if each.opens < min(each.closes, gone.opens):
        yield Interval(each.opens, min(each.closes, gone.opens))
    if max(each.opens, gone.closes) < each.closes:
        yield Interval(max(each.opens, gone.closes), each.closes)


@dataclass(frozen=True)
class OpeningHours:
    """When an organisation is open: its week, less what is closed on some days."""

    #: Monday first; each day joined.
    week: tuple[Day, ...]
    #: Date → what is closed then.
    closed: Mapping[date, Day] = field(default_factory=dict)

    def on(self, day: date) -> Day:
        """The parts of that day during which it is open."""
        return without(self.week[day.weekday()], self.closed.get(day, ()))

    def is_open(self, at: datetime) -> bool:
        """Whether that moment counts."""
        return any(begin <= at < end for begin, end in self._spans_on(local_date(at)))

    def next_opening(self, at: datetime) -> datetime:
        """That moment if it counts, else the first after it that does. Raises NeverOpen."""
        return next(self._spans_from(at))[0]

    def next_change(self, at: datetime) -> datetime:
        """When it next closes, or opens; no later than `LOOKED_AHEAD`, also when nothing changes by then."""
        last, until = at + LOOKED_AHEAD, at
        with suppress(NeverOpen):
            for begin, end in self._spans_from(at):
                if begin > until or until >= last:
                    return min(begin if until == at else until, last)
                until = end
        return last

    def add(self, start: datetime, length: timedelta) -> datetime:
        """When so much working time has passed since `start`. Raises NeverOpen.

        Time that runs out as the day closes is over then, not at the next opening.
        """
        for begin, end in self._spans_from(start):
            if length <= end - begin:
                return begin + length
            length -= end - begin
        raise NeverOpen

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time between two moments; none if they stand the other way round."""
        passed = timedelta()
        day = local_date(start)
        while day <= local_date(end):
            for opens, closes in self._spans_on(day):
                passed += max(min(closes, end) - max(opens, start), timedelta())
            day += timedelta(days=1)
        return passed

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        """What is open from that moment on. Raises NeverOpen at the horizon."""
        day = local_date(at)
        last = day + HORIZON if any(self.week) else day
        while day < last:
            yield from ((max(begin, at), end) for begin, end in self._spans_on(day) if at < end)
            day += timedelta(days=1)
        raise NeverOpen

    def _spans_on(self, day: date) -> Iterator[Span]:
        for each in self.on(day):
            begin, end = moment(day, each.opens), moment(day, each.closes)
            # Hours that lie wholly within the hour that is skipped are no time at all.
            if begin < end:
                yield begin, end


def moment(day: date, minutes: int) -> datetime:
    """The moment at which the clock on the wall shows so many minutes after midnight."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    found = wall.replace(tzinfo=LOCAL).astimezone(UTC)
    if found.astimezone(LOCAL).replace(tzinfo=None) != wall:
        # Directive 2000/84/EC, article 2: summer time begins at 1.00 UTC in every country.
        return found.replace(hour=1, minute=0)
    return found


def local_date(at: datetime) -> date:
    """The Dutch date at that moment."""
    return at.astimezone(LOCAL).date()


class LiberationDay(StrEnum):
    """In which years 5 May is a day off."""

    LUSTRUM = "lustrum"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True)
class HolidayChoice:
    """Which national holidays close the doors."""

    is_closed: bool = True
    #: Few town halls close on it, shops do not.
    good_friday: bool = False
    #: A national day off since 1990; most employers give it once in five years.
    liberation_day: LiberationDay = LiberationDay.LUSTRUM

    def closes_on(self, day: date, name: str) -> bool:
        """Whether this holiday closes the doors; names as in data/holidays.csv."""
        if name == "Goede Vrijdag":
            return self.is_closed and self.good_friday
        if name == "Bevrijdingsdag":
            return self.is_closed and self._is_liberation_off(day.year)
        return self.is_closed

    def _is_liberation_off(self, year: int) -> bool:
        if self.liberation_day == LiberationDay.LUSTRUM:
            return year % 5 == 0
        return self.liberation_day == LiberationDay.ALWAYS


@dataclass(frozen=True)
class Closing:
    """Own closing: one or more days, wholly or for a part of each."""

    starts_on: date
    ends_on: date
    part: Interval = WHOLE_DAY

    def days(self) -> Iterator[date]:
        """Each date it holds for."""
        for number in range((self.ends_on - self.starts_on).days + 1):
            yield self.starts_on + timedelta(days=number)


def closed_days(
    holidays: Iterable[tuple[date, str]], choice: HolidayChoice, closings: Iterable[Closing]
) -> dict[date, Day]:
    """Date → what is closed then, by the holidays and by the organisation itself."""
    closed: dict[date, Day] = {day: (WHOLE_DAY,) for day, name in holidays if choice.closes_on(day, name)}
    for closing in closings:
        for day in closing.days():
            closed[day] = joined((*closed.get(day, ()), closing.part))
    return closed


OFFICE = Interval(9 * 60, 17 * 60)
#: What holds until an organisation says otherwise. Ours, not a norm: "aanvulling".
OFFICE_WEEK: tuple[Day, ...] = (*((OFFICE,),) * 5, (), ())

"""What the figures mean: classes, measures, periods, and how a number is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mijngemeente.reference.rules.calendar import MONTHS, day_words

#: A smaller count of several organisations together could point at one conversation.
LEAST_OF_OTHERS = 5


def least_told(organisations: int) -> int:
    """The smallest count that is told of so many organisations: every one of who looks at their own."""
    return 1 if organisations == 1 else LEAST_OF_OTHERS


class Reaction(StrEnum):
    """How long a resident waited for a first reaction, by the clock on the wall."""

    HOUR = "1u"
    TWO_HOURS = "2u"
    FOUR_HOURS = "4u"
    EIGHT_HOURS = "8u"
    SAME_DAY = "dag"
    NEXT_DAY = "morgen"
    LATER = "later"
    NONE = "geen"


REACTIONS: Mapping[Reaction, str] = {
    Reaction.HOUR: "binnen 1 uur",
    Reaction.TWO_HOURS: "1 tot 2 uur",
    Reaction.FOUR_HOURS: "2 tot 4 uur",
    Reaction.EIGHT_HOURS: "4 tot 8 uur",
    Reaction.SAME_DAY: "later dezelfde dag",
    Reaction.NEXT_DAY: "de volgende dag",
    Reaction.LATER: "nog later",
    Reaction.NONE: "nog geen reactie",
}

#: Hours up to which a class goes; after these the calendar decides.
REACTION_HOURS: Mapping[Reaction, int] = {
    Reaction.HOUR: 1,
    Reaction.TWO_HOURS: 2,
    Reaction.FOUR_HOURS: 4,
    Reaction.EIGHT_HOURS: 8,
}


class Dimension(StrEnum):
    """By what a table is split."""

    CHANNEL = "kanaal"
    TEAM = "team"
    TOPIC = "onderwerp"
    PLACE = "plaats"
    ORGANISATION = "gemeente"
    HOURS = "openingstijd"


DIMENSIONS: Mapping[Dimension, str] = {
    Dimension.CHANNEL: "Per kanaal",
    Dimension.TEAM: "Per team",
    Dimension.TOPIC: "Per onderwerp",
    Dimension.PLACE: "Per plaats",
    Dimension.ORGANISATION: "Per organisatie",
    Dimension.HOURS: "Binnen en buiten openingstijd",
}


@dataclass(frozen=True)
class Measure:
    """One share, and what it is a share of."""

    name: str
    #: What is counted, and out of what; shown under the figures.
    definition: str


class Share(StrEnum):
    """Shares that stand beside a count."""

    ANSWERED = "beantwoord"
    IN_NORM = "norm"
    SOLVED_AT_ONCE = "ineens"
    REOPENED = "heropend"


SHARES: Mapping[Share, Measure] = {
    Share.ANSWERED: Measure("beantwoord", "Een medewerker heeft ten minste één keer geantwoord."),
    Share.IN_NORM: Measure(
        "binnen de norm",
        "De eerste reactie kwam voordat de servicenorm om was, of die tijd loopt nog. Nauwkeurig tot op de"
        " minuut.",
    ),
    Share.SOLVED_AT_ONCE: Measure(
        "in één keer klaar",
        "Gesloten als beantwoord na één antwoord, niet heropend, en de inwoner begon binnen 7 dagen na het"
        " sluiten geen nieuw gesprek. Wat nog geen 7 dagen dicht is, telt mee zolang dat zo blijft.",
    ),
    Share.REOPENED: Measure("heropend", "Na sluiten ten minste één keer weer open gegaan."),
}

#: A resident who writes again within so many days was not helped at once.
AT_ONCE = timedelta(days=7)

EXCLUDED = (
    "Niet meegeteld: spam en geblokkeerde afzenders, gesprekken die in een ander opgingen, wat aan een"
    " andere gemeente is overgedragen (dat telt daar), automatische berichten die opzij zijn gezet, en oude"
    " gesprekken die uit een ander systeem zijn ingevoerd."
)
NET = (
    "Netto: het deel dat een 8, 9 of 10 gaf, min het deel dat een 5 of lager gaf. Altijd met het aantal"
    " cijfers erbij. Nooit per medewerker."
)

GOOD_FROM = 8
BAD_TO = 5


def net_of(good: int, bad: int, total: int) -> int | None:
    """Net satisfaction in points, from -100 to 100; None without marks."""
    return round(100 * (good - bad) / total) if total else None


def percent(part: int, total: int) -> int | None:
    """A share in whole percents; None of nothing."""
    return round(100 * part / total) if total else None


def signed(number: int) -> str:
    """With its sign; nothing has none."""
    return f"{number:+d}" if number else "0"


def length_words(seconds: float | None) -> str:
    """A length of time in two units at most: "2 uur 10 min"."""
    if seconds is None:
        return "–"
    minutes = round(seconds / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} {'dag' if days == 1 else 'dagen'}" + (f" {hours} uur" if hours else "")
    return f"{hours} uur" + (f" {minutes} min" if minutes else "") if hours else f"{minutes} min"


@dataclass(frozen=True)
class Period:
    """Whole days, the last one included; conversations count by the day on which they began."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """As it is shown: "1 t/m 30 november 2026"."""
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.day} t/m {day_words(self.last)}"
        return f"{day_words(self.first)} t/m {day_words(self.last)}"


#: More is not asked of the database at once.
LONGEST = timedelta(days=3 * 366)


def month_words(first: date) -> str:
    """A month as a report is called: "november 2026"."""
    return f"{MONTHS[first.month - 1]} {first.year}"


def month_of(day: date) -> Period:
    """The month in which a day falls."""
    first = day.replace(day=1)
    return Period(first, _next_month(first) - timedelta(days=1))


def weeks_before(today: date, count: int) -> list[Period]:
    """This week and the ones before it, from Monday to Sunday, the latest first."""
    monday = today - timedelta(days=today.weekday())
    firsts = [monday - timedelta(weeks=number) for number in range(count)]
    return [Period(first, first + timedelta(days=6)) for first in firsts]


def months_before(today: date, count: int) -> list[Period]:
    """So many whole months before this one, the latest first."""
    found: list[Period] = []
    day = today.replace(day=1)
    while len(found) < count:
        found.append(month_of(day - timedelta(days=1)))
        day = found[-1].first
    return found


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def period_of(first: date | None, last: date | None, today: date) -> Period:
    """The period asked for, turned the right way and not too long; the last thirty days when nothing was."""
    end = last or today
    start = first or end - timedelta(days=29)
    start, end = min(start, end), max(start, end)
    return Period(max(start, end - LONGEST), end)

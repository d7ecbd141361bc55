"""How long we keep, and from when that counts."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

#: The hour, local time, before which nobody expects anything of a night's work.
NIGHT = time(2)
LONGEST_MONTHS = 20 * 12


@dataclass(frozen=True)
class Period:
    """How long closed conversations of a kind are kept."""

    months: int
    #: Where the default comes from, as an administrator reads it.
    source: str
    #: `anonymise` or `erase`.
    way: str = "anonymise"


_QUESTION = Period(12, "Selectielijst gemeenten 2020, 6.1.3: verzoek om informatie")
_REPORT = Period(60, "Selectielijst gemeenten 2020, 6.1: verzoek, zoals een melding")

#: Kind of conversation → how long, unless an organisation chose otherwise. The numbers are those of the
#: "Selectielijst gemeenten en intergemeentelijke organen 2020" (VNG).
DEFAULTS: Mapping[str, Period] = {
    "question": _QUESTION,
    "report": _REPORT,
    "complaint": Period(60, "Selectielijst gemeenten 2020, 13.1: klacht"),
    "compliment": Period(12, "Selectielijst gemeenten 2020, 20.1: informeren"),
    "opinion": Period(12, "Selectielijst gemeenten 2020, 20.1: informeren"),
    "attack": Period(12, "Selectielijst gemeenten 2020, 20.1: informeren"),
    "crisis_signal": _REPORT,
    "formal": Period(60, "Selectielijst gemeenten 2020, 6.1: verzoek dat een procedure begint"),
    "spam": Period(1, "Hoort niet bij het werk van de gemeente", "erase"),
    # Nobody said what it was: most are questions.
    "": _QUESTION,
}


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def kept_from(today: date, months: int, zone: tzinfo) -> datetime:
    """What was closed before this moment is over time on `today`."""
    return datetime.combine(months_before(today, months), time(0), zone)


def next_night(now: datetime) -> date:
    """The day on which the next night's work is done; `now` in local time."""
    return now.date() if now.time() < NIGHT else now.date() + timedelta(days=1)

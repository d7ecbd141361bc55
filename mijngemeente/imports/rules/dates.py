"""Dates as other systems write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_OURS = ZoneInfo("Europe/Amsterdam")
_DUTCH = ("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y")
#: Nobody was answered online before this.
_FIRST_YEAR = 1990


def moment_of(typed: str, now: datetime) -> datetime | None:
    """The moment, Dutch local time unless it says otherwise; None for nonsense and for the future."""
    found = _seconds(typed) or _international(typed) or _dutch(typed)
    if found is None or found.year < _FIRST_YEAR or found > now:
        return None
    return found


def _seconds(typed: str) -> datetime | None:
    """Since 1970, as Chatwoot writes."""
    if not (typed.isascii() and typed.isdigit() and 9 <= len(typed) <= 11):
        return None
    return datetime.fromtimestamp(int(typed), UTC)


def _international(typed: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(typed.removesuffix(" UTC") + "Z" * typed.endswith(" UTC")))
    except (ValueError, OverflowError):
        return None


def _dutch(typed: str) -> datetime | None:
    for form in _DUTCH:
        try:
            return _aware(datetime.strptime(typed, form))
        except (ValueError, OverflowError):
            continue
    return None


def _aware(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=_OURS)).astimezone(UTC)

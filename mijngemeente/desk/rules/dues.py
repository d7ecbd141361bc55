"""How much time is left, in words."""

from datetime import datetime, timedelta

from mijngemeente.organisations.rules.hours import LOCAL
from mijngemeente.reference.rules.calendar import MONTHS

from .moments import future_words

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_WEEK = timedelta(days=6)


def left_words(due_at: datetime, now: datetime) -> str:
    """For a list: "nog 2 uur", "vóór ma 12.30 uur", "te laat: 35 min"."""
    if due_at <= now:
        return f"te laat: {_length_words(now - due_at)}"
    due, today = due_at.astimezone(LOCAL), now.astimezone(LOCAL).date()
    if due.date() == today:
        return f"nog {_length_words(due_at - now)}"
    if due.date() - today > _WEEK:
        return f"vóór {due.day} {MONTHS[due.month - 1][:3]}"
    return f"vóór {_DAYS[due.weekday()]} {due.hour}.{due.minute:02} uur"


def norm_words(norm: str, due_at: datetime, now: datetime) -> str:
    """For the head: "volgende reactie vóór vandaag 16.30 uur", "oplossing te laat: 2 dagen"."""
    if due_at <= now:
        return f"{norm} {left_words(due_at, now)}"
    return f"{norm} vóór {future_words(due_at, now)}"


def _length_words(length: timedelta) -> str:
    minutes = max(length // timedelta(minutes=1), 1)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} uur"
    return f"{minutes // (24 * 60)} dagen"

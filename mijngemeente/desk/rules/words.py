"""Times in words."""

from datetime import date, timedelta

from mijngemeente.reference.rules.calendar import DAYS, MONTHS


def waiting_words(seconds: float) -> str:
    """How long somebody waits, in one unit: "wacht 2 uur"."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "net binnen"
    if minutes < 60:
        return f"wacht {minutes} min"
    if minutes < 48 * 60:
        return f"wacht {minutes // 60} uur"
    return f"wacht {minutes // (24 * 60)} dagen"


def day_words(day: date, today: date) -> str:
    """The day between two messages: "vandaag", "gisteren" or "maandag 16 november 2026"."""
    if day == today:
        return "Vandaag"
    if day == today - timedelta(days=1):
        return "Gisteren"
    return f"{DAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]} {day.year}"

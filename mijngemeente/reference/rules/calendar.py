"""Days and months, as people write them."""

from datetime import date

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def day_words(day: date) -> str:
    """As it is read: "22 november 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

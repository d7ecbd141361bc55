"""What intake decides without asking anybody."""

from .alarms import alarm_of
from .choices import Choice, chosen_in, named
from .forms import (
    ADDITIONS,
    FASTEST_SECONDS,
    FRESH_SECONDS,
    LANGUAGES,
    QUESTIONS,
    SKEW_SECONDS,
    Obstacle,
    allowed_frames,
    has_unstorable,
    language_of,
    obstacle,
    printable,
    shown_author,
    storable,
)
from .routes import Evidence, Route, decide_route

__all__ = [
    "ADDITIONS",
    "FASTEST_SECONDS",
    "FRESH_SECONDS",
    "LANGUAGES",
    "QUESTIONS",
    "SKEW_SECONDS",
    "Choice",
    "Evidence",
    "Obstacle",
    "Route",
    "alarm_of",
    "allowed_frames",
    "chosen_in",
    "decide_route",
    "has_unstorable",
    "language_of",
    "named",
    "obstacle",
    "printable",
    "shown_author",
    "storable",
]

"""What privacy decides without asking anybody."""

from .periods import DEFAULTS, LONGEST_MONTHS, Period, kept_from, months_before, next_night
from .words import names_somebody, term

__all__ = [
    "DEFAULTS",
    "LONGEST_MONTHS",
    "Period",
    "kept_from",
    "months_before",
    "names_somebody",
    "next_night",
    "term",
]

"""From weight to probability."""

from math import exp

#: Fitted by tools/fit_places.py on texts of our own making, never on the texts we measure with.
SLOPE, SHIFT = 0.75, -0.03


def probability(score: float) -> float:
    """How often a municipality with this score is right."""
    return 1.0 / (1.0 + exp(-(SLOPE * score + SHIFT)))

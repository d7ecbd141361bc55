"""From scores to probabilities."""

from collections.abc import Mapping
from math import exp

from .outcome import Guess


def guesses(scores: Mapping[str, float], most: int) -> tuple[Guess, ...]:
    """The highest scores, as probabilities among all; of equals the first."""
    if not scores:
        return ()
    top = max(scores.values())
    weights = {value: exp(score - top) for value, score in scores.items()}
    total = sum(weights.values())
    best = sorted(weights, key=lambda value: -weights[value])[:most]
    return tuple(Guess(value, weights[value] / total) for value in best)


def chance(score: float) -> float:
    """The logistic function; far away it is 0 or 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))

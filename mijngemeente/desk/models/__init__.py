"""What the desk adds to conversations."""

from .satisfaction import Satisfaction

__all__ = [
    "Satisfaction",
]

"""What the desk adds to conversations."""

from .drafts import Draft
from .satisfaction import Satisfaction

__all__ = [
    "Draft",
    "Satisfaction",
]

"""What the desk adds to conversations."""

from .drafts import Draft
from .satisfaction import Satisfaction
from .views import SavedView

__all__ = [
    "Draft",
    "Satisfaction",
    "SavedView",
]

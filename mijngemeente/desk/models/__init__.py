"""What the desk adds to conversations."""

from .bulk import BulkAct, BulkChange
from .drafts import Draft
from .satisfaction import Satisfaction
from .views import SavedView

__all__ = [
    "BulkAct",
    "BulkChange",
    "Draft",
    "Satisfaction",
    "SavedView",
]

"""What the desk adds to conversations."""

from .bulk import BulkAct, BulkChange
from .drafts import Draft, DraftFile
from .satisfaction import Satisfaction
from .views import SavedView

__all__ = [
    "BulkAct",
    "BulkChange",
    "Draft",
    "DraftFile",
    "Satisfaction",
    "SavedView",
]

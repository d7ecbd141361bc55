"""What the desk adds to conversations."""

from .bulk import BulkAct, BulkChange
from .clusters import ClusterAnswer, ClusterReply
from .drafts import Draft, DraftFile
from .satisfaction import Satisfaction
from .views import SavedView

__all__ = [
    "BulkAct",
    "BulkChange",
    "ClusterAnswer",
    "ClusterReply",
    "Draft",
    "DraftFile",
    "Satisfaction",
    "SavedView",
]

"""What the desk does with conversations."""

from .access import record_download, record_images
from .answers import Answer, answer, close_read
from .assignments import entrust, take_longest_waiting
from .contacts import Contact, record_contact
from .drafts import Writing, drop_draft, forget_drafts, keep_draft, put_back, take_back
from .receipts import LOOP, accept
from .satisfaction import record_satisfaction

__all__ = [
    "LOOP",
    "Answer",
    "Contact",
    "Writing",
    "accept",
    "answer",
    "close_read",
    "drop_draft",
    "entrust",
    "forget_drafts",
    "keep_draft",
    "put_back",
    "record_contact",
    "record_download",
    "record_images",
    "record_satisfaction",
    "take_back",
    "take_longest_waiting",
]

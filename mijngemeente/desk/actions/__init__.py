"""What the desk does with conversations."""

from .access import record_download, record_images
from .answers import Answer, answer, close_read
from .assignments import entrust, take_longest_waiting
from .contacts import Contact, record_contact
from .receipts import LOOP, accept
from .satisfaction import record_satisfaction

__all__ = [
    "LOOP",
    "Answer",
    "Contact",
    "accept",
    "answer",
    "close_read",
    "entrust",
    "record_contact",
    "record_download",
    "record_images",
    "record_satisfaction",
    "take_longest_waiting",
]

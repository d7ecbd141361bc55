"""What conversations decide without asking anybody."""

from .approvals import may_approve
from .clocks import Clock, Due, due_of
from .messages import (
    ADDRESS_CHARACTERS,
    AUTOMATIC_PER_HOUR,
    EXCERPT_CHARACTERS,
    EXTERNAL_ID_CHARACTERS,
    RECEIPTS_PER_HOUR,
    Candidate,
    Thread,
    decide_thread,
    excerpt_of,
    external_id_kept,
    has_had_enough,
    is_loop,
    normal_address,
    reply_channel,
    storable,
)
from .understood import Understood, kept

__all__ = [
    "ADDRESS_CHARACTERS",
    "AUTOMATIC_PER_HOUR",
    "EXCERPT_CHARACTERS",
    "EXTERNAL_ID_CHARACTERS",
    "RECEIPTS_PER_HOUR",
    "Candidate",
    "Clock",
    "Due",
    "Thread",
    "Understood",
    "decide_thread",
    "due_of",
    "excerpt_of",
    "external_id_kept",
    "has_had_enough",
    "is_loop",
    "kept",
    "may_approve",
    "normal_address",
    "reply_channel",
    "storable",
]

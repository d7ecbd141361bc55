"""Verbs for other systems, one file per noun."""

from .calls import CALL_LIVES, begin_call, end_call, forget_calls
from .tokens import Issued, end_token, make_token, mark_used
from .webhooks import (
    Made,
    announce,
    make_webhook,
    record_attempt,
    resume_webhook,
    retry_announcement,
    stop_webhook,
)

__all__ = [
    "CALL_LIVES",
    "Issued",
    "Made",
    "announce",
    "begin_call",
    "end_call",
    "end_token",
    "forget_calls",
    "make_token",
    "make_webhook",
    "mark_used",
    "record_attempt",
    "resume_webhook",
    "retry_announcement",
    "stop_webhook",
]

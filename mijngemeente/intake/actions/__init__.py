"""From bytes to a conversation on the desk."""

from .municipalities import ask_where, pass_on, settle, settle_by_text
from .payloads import (
    FETCHED_AT_ONCE,
    ask_for_poll,
    ask_to_try_out,
    can_pull,
    fetch,
    keep,
    record_stumble,
    retry_payload,
    submit,
    take_in,
    try_out,
    view_payload,
)
from .troubled_jobs import retry_job

__all__ = [
    "FETCHED_AT_ONCE",
    "ask_for_poll",
    "ask_to_try_out",
    "ask_where",
    "can_pull",
    "fetch",
    "keep",
    "pass_on",
    "record_stumble",
    "retry_job",
    "retry_payload",
    "settle",
    "settle_by_text",
    "submit",
    "take_in",
    "try_out",
    "view_payload",
]

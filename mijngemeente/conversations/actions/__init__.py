"""Verbs that change conversations, one file per noun."""

from .deliveries import (
    abandon,
    claim,
    confirm_delivery,
    hurry,
    name_message,
    record_bounce,
    record_failure,
    record_receipt,
    record_status,
    retry_delivery,
)
from .handovers import complete_hand_over, hand_over
from .receiving import Received, receive_message
from .replies import add_note, send_automatic, send_reply
from .silences import silence_loop
from .snoozes import snooze, wake
from .states import (
    assign,
    change_kind,
    change_status,
    change_topic,
    close,
    label,
    prioritise,
    release,
    reopen,
    unlabel,
    view,
)

__all__ = [
    "Received",
    "abandon",
    "add_note",
    "assign",
    "change_kind",
    "change_status",
    "change_topic",
    "claim",
    "close",
    "complete_hand_over",
    "confirm_delivery",
    "hand_over",
    "hurry",
    "label",
    "name_message",
    "prioritise",
    "receive_message",
    "record_bounce",
    "record_failure",
    "record_receipt",
    "record_status",
    "release",
    "reopen",
    "retry_delivery",
    "send_automatic",
    "send_reply",
    "silence_loop",
    "snooze",
    "unlabel",
    "view",
    "wake",
]

"""What came in and what became of it; and what a resident may see of that."""

from .evidence import choices_for, evidence_for, is_national, open_choices, reading_of, taking_part
from .payloads import (
    Health,
    administration_lines,
    body_of,
    inboxes_with_health,
    payloads_without_message,
    position_of,
    pulled_inboxes,
    same_payload,
    start_of,
    stuck_deliveries,
    unfinished_payloads,
    waiting_count,
)
from .residents import (
    PENDING,
    ShownConversation,
    attachment_of,
    personal_path,
    shown_conversation,
)

__all__ = [
    "PENDING",
    "Health",
    "ShownConversation",
    "administration_lines",
    "attachment_of",
    "body_of",
    "choices_for",
    "evidence_for",
    "inboxes_with_health",
    "is_national",
    "open_choices",
    "payloads_without_message",
    "personal_path",
    "position_of",
    "pulled_inboxes",
    "reading_of",
    "same_payload",
    "shown_conversation",
    "start_of",
    "stuck_deliveries",
    "taking_part",
    "unfinished_payloads",
    "waiting_count",
]

"""Verbs that change conversations, one file per noun."""

from .blocks import block, let_through, lift_block, lift_silence
from .call_backs import ask_to_call_back
from .clocks import keep_clock, recompute, tell_of_clock
from .contact_merges import merge_contacts, undo_merge
from .contacts import (
    add_address,
    forget_contact_notes,
    note_contact,
    prefer_address,
    remove_address,
    remove_contact_note,
    rename_contact,
    view_contact,
)
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
from .departments import (
    answer_by_mail,
    answer_question,
    ask_department,
    remind_department,
    view_question,
    withdraw_question,
)
from .entries import refresh_after, refresh_contact, refresh_emptied
from .formals import designate, mark_formal, send_formal_receipt
from .handovers import complete_hand_over, hand_over, record_arrival
from .hidings import hide, unhide
from .history import add_to_old_conversation, forget_old, keep_old_contacts, keep_old_conversation
from .links import link, unlink
from .merges import merge, unmerge
from .municipalities import ask_municipality, settle_municipality
from .notifications import (
    follow,
    forget_reminder,
    notify,
    read_notifications,
    remind,
    tell_followers,
    tell_reminder,
    unfollow,
)
from .pending import (
    approve,
    ask_approval,
    plan_reply,
    release_reply,
    return_reply,
    send_pending,
    withdraw_reply,
)
from .receiving import Received, receive_message
from .replies import add_note, send_automatic, send_reply
from .silences import silence_loop
from .snoozes import snooze, wake
from .spam import close_because, mark_spam, unmark_spam
from .splits import split
from .states import (
    assign,
    change_kind,
    change_status,
    change_topic,
    close,
    cover,
    label,
    prioritise,
    release,
    reopen,
    unlabel,
    view,
)
from .withdrawals import take_back

__all__ = [
    "Received",
    "abandon",
    "add_address",
    "add_note",
    "add_to_old_conversation",
    "answer_by_mail",
    "answer_question",
    "approve",
    "ask_approval",
    "ask_department",
    "ask_municipality",
    "ask_to_call_back",
    "assign",
    "block",
    "change_kind",
    "change_status",
    "change_topic",
    "claim",
    "close",
    "close_because",
    "complete_hand_over",
    "confirm_delivery",
    "cover",
    "designate",
    "follow",
    "forget_contact_notes",
    "forget_old",
    "forget_reminder",
    "hand_over",
    "hide",
    "hurry",
    "keep_clock",
    "keep_old_contacts",
    "keep_old_conversation",
    "label",
    "let_through",
    "lift_block",
    "lift_silence",
    "link",
    "mark_formal",
    "mark_spam",
    "merge",
    "merge_contacts",
    "name_message",
    "note_contact",
    "notify",
    "plan_reply",
    "prefer_address",
    "prioritise",
    "read_notifications",
    "receive_message",
    "recompute",
    "record_arrival",
    "record_bounce",
    "record_failure",
    "record_receipt",
    "record_status",
    "refresh_after",
    "refresh_contact",
    "refresh_emptied",
    "release",
    "release_reply",
    "remind",
    "remind_department",
    "remove_address",
    "remove_contact_note",
    "rename_contact",
    "reopen",
    "retry_delivery",
    "return_reply",
    "send_automatic",
    "send_formal_receipt",
    "send_pending",
    "send_reply",
    "settle_municipality",
    "silence_loop",
    "snooze",
    "split",
    "take_back",
    "tell_followers",
    "tell_of_clock",
    "tell_reminder",
    "undo_merge",
    "unfollow",
    "unhide",
    "unlabel",
    "unlink",
    "unmark_spam",
    "unmerge",
    "view",
    "view_contact",
    "view_question",
    "wake",
    "withdraw_question",
    "withdraw_reply",
]

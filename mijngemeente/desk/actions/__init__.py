"""What the desk does with conversations."""

from .access import record_download, record_images
from .alarms import send_first_answer
from .answers import Answer, answer, close_read
from .assignments import entrust, take_longest_waiting
from .bulk import begin_bulk, carry_out, carry_out_later, forget_bulk, refuse_all, undo, undo_later
from .clusters import (
    answer_likewise,
    answer_some,
    begin_sending,
    forget_prepared,
    prepare_answer,
    take_back_answer,
)
from .contacts import Contact, record_contact
from .corrections import export_corrections
from .drafts import Writing, drop_draft, forget_drafts, keep_draft, put_back, take_back
from .formals import refer
from .notes import note
from .outcomes import judge_answers
from .pending import approve, ask, plan, release, send_now, withdraw
from .receipts import LOOP, accept, admit, welcome
from .satisfaction import record_satisfaction
from .shifts import leave
from .views import Outline, change_view, make_view, may_change, move_view, remove_view

__all__ = [
    "LOOP",
    "Answer",
    "Contact",
    "Outline",
    "Writing",
    "accept",
    "admit",
    "answer",
    "answer_likewise",
    "answer_some",
    "approve",
    "ask",
    "begin_bulk",
    "begin_sending",
    "carry_out",
    "carry_out_later",
    "change_view",
    "close_read",
    "drop_draft",
    "entrust",
    "export_corrections",
    "forget_bulk",
    "forget_drafts",
    "forget_prepared",
    "judge_answers",
    "keep_draft",
    "leave",
    "make_view",
    "may_change",
    "move_view",
    "note",
    "plan",
    "prepare_answer",
    "put_back",
    "record_contact",
    "record_download",
    "record_images",
    "record_satisfaction",
    "refer",
    "refuse_all",
    "release",
    "remove_view",
    "send_first_answer",
    "send_now",
    "take_back",
    "take_back_answer",
    "take_longest_waiting",
    "undo",
    "undo_later",
    "welcome",
    "withdraw",
]

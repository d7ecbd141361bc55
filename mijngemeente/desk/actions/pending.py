"""Answers that wait: written at the box, and back in it when their author wants so."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message, PendingReply
from mijngemeente.organisations.models import Member

from ..models import Draft
from .answers import Answer, refuse_crossing
from .drafts import drop_draft, put_back


def plan(*, conversation: Conversation, by: Member, written: Answer, at: datetime) -> PendingReply:
    """Send the answer at a later moment. Raises Crossed, and what `plan_reply` raises."""
    return _kept(
        conversation,
        by,
        written,
        lambda current: conversations.plan_reply(
            conversation=current, by=by, text=written.text, key=written.key, at=at, files=written.files
        ),
    )


def ask(*, conversation: Conversation, by: Member, written: Answer, of: Member | None) -> PendingReply:
    """Let a colleague read along first. Raises Crossed, and what `ask_approval` raises."""
    return _kept(
        conversation,
        by,
        written,
        lambda current: conversations.ask_approval(
            conversation=current, by=by, text=written.text, key=written.key, of=of, files=written.files
        ),
    )


def _kept(
    conversation: Conversation,
    by: Member,
    written: Answer,
    keep: Callable[[Conversation], PendingReply],
) -> PendingReply:
    with transaction.atomic():
        current = _locked(conversation)
        refuse_crossing(current, written.seen)
        reply = keep(current)
        drop_draft(conversation=current, by=by, kind=Draft.Kind.REPLY)
    return reply


def approve(*, reply: PendingReply, by: Member, text: str, seen: int) -> Message:
    """Say yes to the answer. Raises Crossed if somebody spoke since the page was read, and as `approve`."""
    with transaction.atomic():
        refuse_crossing(_locked(reply.conversation), seen)
        return conversations.approve(reply=reply, by=by, text=text)


def send_now(*, reply: PendingReply, by: Member, seen: int) -> Message:
    """Send what was planned or held. Raises Crossed as `approve`, and NotPending."""
    with transaction.atomic():
        refuse_crossing(_locked(reply.conversation), seen)
        return conversations.send_pending(reply=reply, by=by)


def withdraw(*, reply: PendingReply, by: Member, beside: str = "") -> None:
    """Take the answer back into the box. Raises NotPending."""
    with transaction.atomic():
        text = conversations.withdraw_reply(reply=reply, by=by)
        put_back(conversation=reply.conversation, by=by, text=text, beside=beside)


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("inbox", "contact")
    return rows.get(organisation_id=conversation.organisation_id, id=conversation.id)

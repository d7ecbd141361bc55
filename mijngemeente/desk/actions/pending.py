"""Answers that wait: written at the box, and back in it when their author wants so."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from mijngemeente.answers.actions import record_uses
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message, PendingReply
from mijngemeente.organisations.models import Member
from mijngemeente.platform import jobs

from ..errors import Doubtful
from ..models import Draft
from ..queries.answers import inserted_in
from ..queries.checks import doubts_of
from ..rules import Finding
from .answers import Answer, refuse_crossing
from .drafts import Going, Returned, drop_draft, put_back


def plan(*, conversation: Conversation, by: Member, written: Answer, at: datetime) -> PendingReply:
    """Send the answer at a later moment; once, however often the form comes.

    Raises Crossed, and what `plan_reply` raises.
    """
    with transaction.atomic():
        reply = _kept(
            conversation,
            by,
            written,
            lambda current: conversations.plan_reply(
                conversation=current,
                by=by,
                text=written.text,
                key=written.key,
                at=at,
                files=written.files,
                answers=written.answers,
                sure=written.sure,
            ),
        )
        # Of a form that came twice the second row was never stored, and its job finds none.
        jobs.later("desk.release_reply", organisation_id=reply.organisation_id, at=at, id=reply.id)
    return reply


def ask(*, conversation: Conversation, by: Member, written: Answer, of: Member | None) -> PendingReply:
    """Let a colleague read along first. Raises Crossed, and what `ask_approval` raises."""
    return _kept(
        conversation,
        by,
        written,
        lambda current: conversations.ask_approval(
            conversation=current,
            by=by,
            text=written.text,
            key=written.key,
            of=of,
            files=written.files,
            answers=written.answers,
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


def release(*, reply: PendingReply) -> None:
    """Its moment has come: it is sent, or held when it crossed something or its text must be looked at."""
    with transaction.atomic():
        doubts = doubts_of(reply, reply.text, reply.author, reply.sure)
        message = conversations.release_reply(reply=reply, doubt=_why(doubts[0]) if doubts else "")
        if message is not None:
            _count_uses(reply, message)


def _why(doubt: Finding) -> str:
    return f"{doubt.why} Het gaat om: {doubt.quote}" if doubt.quote else doubt.why


def approve(*, reply: PendingReply, by: Member, text: str, seen: int, sure: str = "") -> Message:
    """Say yes to the answer.

    Raises Crossed if somebody spoke since the page was read, Doubtful if its text must be looked at first,
    but for the findings marked in `sure`, and as `approve`.
    """
    with transaction.atomic():
        refuse_crossing(_locked(reply.conversation), seen)
        _refuse_doubts(reply, text, by, sure)
        message = conversations.approve(reply=reply, by=by, text=text)
        _count_uses(reply, message)
    return message


def send_now(*, reply: PendingReply, by: Member, seen: int, sure: str = "") -> Message:
    """Send what was planned or held. Raises Crossed and Doubtful as `approve`, and NotPending."""
    with transaction.atomic():
        refuse_crossing(_locked(reply.conversation), seen)
        _refuse_doubts(reply, reply.text, by, f"{reply.sure} {sure}")
        message = conversations.send_pending(reply=reply, by=by)
        _count_uses(reply, message)
    return message


def _refuse_doubts(reply: PendingReply, text: str, by: Member, sure: str) -> None:
    if doubts_of(reply, text, by, sure):
        raise Doubtful


def _count_uses(reply: PendingReply, message: Message) -> None:
    record_uses(
        inserted=inserted_in(reply.conversation, reply.author, reply.answers),
        conversation_id=message.conversation_id,
        message_id=message.id,
        sent=message.text,
    )


def withdraw(*, reply: PendingReply, by: Member, beside: str = "") -> None:
    """Take the answer back into the box, with its files. Raises NotPending."""
    with transaction.atomic():
        files = [Going(each.name, each.content_type, each.file_id) for each in reply.files.order_by("id")]
        text = conversations.withdraw_reply(reply=reply, by=by)
        back = Returned(text, reply.answers, files)
        put_back(conversation=reply.conversation, by=by, returned=back, beside=beside)


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("inbox", "contact")
    return rows.get(organisation_id=conversation.organisation_id, id=conversation.id)

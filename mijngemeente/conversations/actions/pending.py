"""Answers that wait for their moment, or for a second person's yes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Now

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.organisations.errors import NotCovered
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.platform import audit, failpoints, files, live, rows
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.file_types import safe_name, type_of

from .. import queries, rules
from ..errors import MayNotApprove, NoRemark, NotPending
from ..models import Conversation, Message, Notification, PendingFile, PendingReply
from .holds import hold
from .notifications import notify
from .replies import check_sendable, send_reply

_States = PendingReply.State


def plan_reply(
    *,
    conversation: Conversation,
    by: Member,
    text: str,
    key: UUID,
    at: datetime,
    files: Sequence[IncomingFile] = (),
    answers: str = "",
    sure: str = "",
) -> PendingReply:
    """Keep this answer until whoever planned it calls `release_reply`; the same key again is the same.

    Raises what `send_reply` raises.
    """
    reply = _written(conversation, by, text, key, _States.PLANNED)
    reply.send_at, reply.answers, reply.sure = at, answers, sure
    _store(reply, conversation, files, "message.planned")
    return reply


def ask_approval(
    *,
    conversation: Conversation,
    by: Member,
    text: str,
    key: UUID,
    of: Member | None,
    files: Sequence[IncomingFile] = (),
    answers: str = "",
) -> PendingReply:
    """Let this answer wait for the yes of a colleague, or of anybody who may; the same key again is the same.

    Raises MayNotApprove if that colleague may not, and what `send_reply` raises.
    """
    if of is not None:
        _check_may_approve(of, conversation, author=by, asked_to=of)
    reply = _written(conversation, by, text, key, _States.ASKED)
    reply.asked_to, reply.answers = of, answers
    if _store(reply, conversation, files, "message.approval_asked") and of is not None:
        notify(conversation=conversation, to=of, kind=Notification.Kind.ASKED, about=reply.id, by=by)
    return reply


def _written(conversation: Conversation, by: Member, text: str, key: UUID, state: str) -> PendingReply:
    return PendingReply(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        author=by,
        text=text,
        key=key,
        spoken=queries.spoken_count(conversation),
        state=state,
    )


def _store(
    reply: PendingReply, conversation: Conversation, chosen: Sequence[IncomingFile], verb: str
) -> bool:
    """False for a form that was sent before."""
    check_sendable(conversation, reply.author, reply.text, chosen)
    with transaction.atomic():
        if not rows.add_once(reply):
            return False
        if queries.is_spoken(reply):
            # The same form again, and it has gone meanwhile.
            _same(reply).delete()
            return False
        for each in chosen:
            _attach(reply, each)
        audit.record(verb, reply, by=reply.author, to=reply.asked_to_id or "")
        live.publish(conversation)
    return True


def _attach(reply: PendingReply, file: IncomingFile) -> None:
    PendingFile.objects.create(
        organisation_id=reply.organisation_id,
        reply=reply,
        file=files.keep(file.content),
        name=safe_name(file.name),
        content_type=type_of(file.content, file.name),
    )


def release_reply(*, reply: PendingReply, doubt: str = "") -> Message | None:
    """Its moment has come: send it, or hold it when something was said since or it cannot go any more.

    With a `doubt` about its text it is held too, and its author reads why.
    """
    with transaction.atomic():
        conversation = _locked(reply)
        due = _same(reply).filter(state=_States.PLANNED, send_at__lte=Now())
        if not due.exists():
            return None
        if queries.spoken_count(conversation) != reply.spoken:
            doubt = "Er is intussen iets gezegd in dit gesprek."
        if not doubt:
            try:
                with transaction.atomic():
                    return _send(reply, conversation, _States.PLANNED)
            except Refused as refusal:
                doubt = str(refusal)
        hold(reply, doubt)
    return None


def send_pending(*, reply: PendingReply, by: Member) -> Message:
    """Send now what was planned or held: its author says so. Raises NotPending, and as `send_reply`."""
    if by.person_id != reply.author.person_id:
        raise NotPending
    with transaction.atomic():
        return _send(reply, _locked(reply), _States.PLANNED, _States.HELD)


def approve(*, reply: PendingReply, by: Member, text: str) -> Message:
    """Say yes, to this text: it goes in its author's name.

    Raises MayNotApprove, NotPending, and what `send_reply` raises.
    """
    with transaction.atomic():
        conversation = _locked(reply)
        _check_may_approve(by, conversation, author=reply.author, asked_to=reply.asked_to)
        is_changed = text.split() != reply.text.split()
        reply.text = text
        message = _send(reply, conversation, _States.ASKED)
        audit.record("message.approved", message, by=by, changed=int(is_changed))
    return message


def return_reply(*, reply: PendingReply, by: Member, remark: str) -> None:
    """Give it back to its author, with what to change. Raises NoRemark, MayNotApprove and NotPending."""
    if not remark.strip():
        raise NoRemark
    _check_may_approve(by, reply.conversation, author=reply.author, asked_to=reply.asked_to)
    with transaction.atomic():
        asked = _same(reply).filter(state=_States.ASKED)
        if not asked.update(state=_States.RETURNED, remark=remark, asked_to=by):
            raise NotPending
        audit.record("message.returned", reply, by=by)
        to, kind = reply.author, Notification.Kind.RETURNED
        notify(conversation=reply.conversation, to=to, kind=kind, about=reply.id, by=by)
        live.publish(reply.conversation)


def withdraw_reply(*, reply: PendingReply, by: Member) -> str:
    """Its author takes it back; returns its text. Raises NotPending."""
    if by.person_id != reply.author.person_id:
        raise NotPending
    with transaction.atomic():
        _take(reply, _States.PLANNED, _States.HELD, _States.ASKED, _States.RETURNED)
        audit.record("message.taken_back", reply, by=by)
        live.publish(reply.conversation)
        _same(reply).delete()
    return reply.text


def _send(reply: PendingReply, conversation: Conversation, *states: str) -> Message:
    """From waiting to a message, once: whoever takes the row sends it, and the key sees to the rest."""
    _take(reply, *states)
    message = send_reply(
        conversation=conversation,
        by=reply.author,
        text=reply.text,
        key=reply.key,
        files=tuple(queries.files_of(reply)),
    )
    failpoints.reach("release_reply.sent")
    _same(reply).delete()
    return message


def _take(reply: PendingReply, *states: str) -> None:
    if _same(reply).filter(state__in=states).update(state=_States.LEAVING) == 0:
        raise NotPending


def _locked(reply: PendingReply) -> Conversation:
    """As with an answer: two who send at once wait for each other."""
    found = Conversation.objects.select_for_update(of=("self",)).select_related("inbox", "contact")
    return found.get(organisation_id=reply.organisation_id, id=reply.conversation_id)


def _check_may_approve(
    by: Member, conversation: Conversation, *, author: Member, asked_to: Member | None
) -> None:
    covered = coverage_of(by.person).get(conversation.organisation_id)
    if covered is None or not covered.reaches(conversation.covered_by_id):
        raise NotCovered
    asked = asked_to.person_id if asked_to else None
    if not rules.may_approve(by.person_id, covered.rights, author=author.person_id, asked_to=asked):
        raise MayNotApprove


def _same(reply: PendingReply) -> models.QuerySet[PendingReply]:
    return PendingReply.objects.filter(organisation_id=reply.organisation_id, id=reply.id)

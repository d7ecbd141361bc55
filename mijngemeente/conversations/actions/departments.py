"""Asking a department, and what comes back: always a note, never a word to the resident."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, IncomingFile
from mijngemeente.organisations.models import Department, InboxAddress, Member
from mijngemeente.organisations.queries import digest_of, hours_of
from mijngemeente.organisations.rules.hours import NeverOpen, local_date, moment
from mijngemeente.platform import audit, jobs, live, rows

from .. import queries, rules
from ..errors import Empty
from ..models import Conversation, DepartmentQuestion, Message, Notification
from .clocks import keep_clock
from .entries import make_findable
from .notifications import notify
from .receiving import attach
from .states import change_status

OPEN_FOR = timedelta(days=30)
#: Working days of the municipality before the department is reminded.
REMIND_AFTER_DAYS = 3
EXCERPT_CHARACTERS = 20_000


def ask_department(
    *, conversation: Conversation, department: Department, question: str, excerpt: str, by: Member
) -> DepartmentQuestion:
    """Mail the question with a link that needs no account; the conversation waits. Raises Empty."""
    if not question.strip():
        raise Empty
    asked = DepartmentQuestion(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        department=department,
        asked_by=by,
        question=question,
        excerpt=excerpt[:EXCERPT_CHARACTERS],
        expires_at=timezone.now() + OPEN_FOR,
    )
    asked.token_digest = digest_of(queries.token_of_question(asked))
    with transaction.atomic():
        rows.add(asked)
        audit.record("question.asked", asked, by=by, department=department.id)
        _mail(asked)
        jobs.later(
            "conversations.remind_department",
            organisation_id=asked.organisation_id,
            at=_reminder_at(asked),
            id=asked.id,
        )
        change_status(conversation=conversation, status=Conversation.Status.WAITING_DEPARTMENT, by=by)
        live.publish(conversation)
    return asked


def _reminder_at(question: DepartmentQuestion) -> datetime:
    hours, at = hours_of(question.organisation_id), question.asked_at
    try:
        for _ in range(REMIND_AFTER_DAYS):
            at = hours.next_opening(moment(local_date(at) + timedelta(days=1), 0))
    except NeverOpen:
        return question.asked_at + timedelta(days=REMIND_AFTER_DAYS)
    return at


def _mail(question: DepartmentQuestion) -> None:
    jobs.later("conversations.mail_question", organisation_id=question.organisation_id, id=question.id)


def remind_department(*, question: DepartmentQuestion) -> bool:
    """Mail the same link once more; False if there is no need any longer."""
    if not question.is_open(timezone.now()):
        return False
    waiting = _open(question).filter(reminded_at=None)
    with transaction.atomic():
        if waiting.update(reminded_at=timezone.now()) == 0:
            return False
        audit.record("question.reminded", question)
        _mail(question)
    return True


def withdraw_question(*, question: DepartmentQuestion, by: Member) -> bool:
    """It is no longer needed: the link is dead, and the turn is ours if nobody else was asked."""
    with transaction.atomic():
        withdrawn = _open(question).update(withdrawn_at=timezone.now()) == 1
        if withdrawn:
            audit.record("question.withdrawn", question, by=by)
            _go_on(question.conversation)
    return withdrawn


def view_question(*, question: DepartmentQuestion) -> None:
    """Write down that somebody read it by the link (promise P4)."""
    audit.record("question.viewed", question)


def answer_question(*, question: DepartmentQuestion, text: str, name: str) -> bool:
    """What the department wrote by the link becomes a note; False if it was no longer open. Raises Empty."""
    if not text.strip():
        raise Empty
    now = timezone.now()
    with transaction.atomic():
        if _open(question).filter(expires_at__gt=now).update(answered_at=now) == 0:
            return False
        said_by = f"{question.department}, {name.strip()}" if name.strip() else str(question.department)
        said = f"Gevraagd: {question.question}\n\n{said_by} antwoordt:\n\n{text}"
        _note(question, question.conversation.inbox, said)
        _go_on(question.conversation)
    return True


def answer_by_mail(*, question: DepartmentQuestion, inbox: InboxAddress, incoming: Incoming) -> Message:
    """A mail that answers the question becomes a note, whoever sent it; read twice it is one note.

    A machine's answer is kept and told, and answers nothing.
    """
    incoming = rules.storable(incoming)
    known = queries.messages_by_external_id(question.organisation_id, incoming.external_id)
    if known:
        return known[0]
    is_stranger = incoming.sender.address.lower() != question.department.email.lower()
    sender = incoming.sender.address or "onbekend adres"
    text = (
        f"Gevraagd: {question.question}\n\n"
        f"{question.department} antwoordt per mail ({sender}):\n\n{incoming.text}"
    )
    with transaction.atomic():
        if not incoming.is_automatic:
            _open(question).update(answered_at=timezone.now())
            _go_on(question.conversation)
        return _note(
            question,
            inbox,
            text,
            external_id=incoming.external_id,
            files=incoming.files,
            is_stranger=is_stranger,
        )


def _note(
    question: DepartmentQuestion,
    inbox: InboxAddress,
    text: str,
    *,
    external_id: str = "",
    files: Sequence[IncomingFile] = (),
    is_stranger: bool = False,
) -> Message:
    """Nobody of ours wrote it: a note without an author."""
    message = Message(
        organisation_id=question.organisation_id,
        conversation_id=question.conversation_id,
        direction=Message.Direction.NOTE,
        inbox=inbox,
        external_id=external_id,
        text=text,
        is_from_stranger=is_stranger,
    )
    rows.add(message, audit.line("question.answered", message, question=question.id))
    make_findable(message, question.conversation, [attach(message, file).name for file in files])
    notify(
        conversation=question.conversation,
        to=question.asked_by,
        kind=Notification.Kind.DEPARTMENT,
        about=message.id,
    )
    live.publish(question.conversation)
    return message


def _go_on(conversation: Conversation) -> None:
    """The turn is ours again, unless another department is still to answer."""
    same = {"organisation_id": conversation.organisation_id}
    others = DepartmentQuestion.objects.filter(**same, conversation=conversation)
    if others.filter(answered_at=None, withdrawn_at=None).exists():
        return
    waiting = Conversation.objects.filter(
        **same, id=conversation.id, status=Conversation.Status.WAITING_DEPARTMENT
    )
    changed = waiting.update(
        status=Conversation.Status.OPEN,
        waiting_since=Coalesce("waiting_since", Value(timezone.now())),
    )
    if changed:
        keep_clock(conversation)
        live.publish(conversation)


def _open(question: DepartmentQuestion) -> QuerySet[DepartmentQuestion]:
    return DepartmentQuestion.objects.filter(
        organisation_id=question.organisation_id, id=question.id, answered_at=None, withdrawn_at=None
    )

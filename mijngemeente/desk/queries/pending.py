"""Answers that wait, as they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mijngemeente.conversations.models import Conversation, PendingReply
from mijngemeente.conversations.queries import pending_in, spoken_count
from mijngemeente.conversations.rules import may_approve
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Coverage

from .. import rules
from ..rules import Finding
from .checks import doubts_of
from .choices import Workplace
from .queues import url_of

SHOWN = 200


@dataclass(frozen=True)
class ShownPending:
    """An answer that waits, above the box."""

    id: UUID
    state: str
    author: str
    #: In words, when it goes by itself.
    moment: str
    asked_to: str
    text: str
    remark: str
    #: What the reader looks at before sending it, and their marks: pressing on accepts them.
    findings: list[Finding]
    sure: str
    files: list[str]
    #: How much had been said when this was drawn.
    seen: int
    #: Somebody spoke after it was written.
    is_crossed: bool
    is_mine: bool
    may_approve: bool
    withdraw_url: str
    send_url: str
    approve_url: str
    return_url: str


def pending_of(
    conversation: Conversation, request: MemberRequest, *, seen: int, changed: PendingReply | None = None
) -> list[ShownPending]:
    """What waits in this conversation, on a screen with the first `seen` of what was said.

    `changed` is one of them with the text that the reader would rather send.
    """
    replies = list(pending_in(conversation).prefetch_related("files"))
    if not replies:
        return []
    spoken = spoken_count(conversation)
    texts = {changed.id: changed.text} if changed else {}
    for each in replies:
        each.conversation, each.text = conversation, texts.get(each.id, each.text)
    return [_shown(each, request, seen, is_crossed=spoken != each.spoken) for each in replies]


def _shown(reply: PendingReply, request: MemberRequest, seen: int, *, is_crossed: bool) -> ShownPending:
    place = [request.organisation.slug, reply.conversation_id, reply.id]
    person = request.member.person_id
    rights = request.coverage[request.organisation.id].rights
    asked = reply.asked_to.person_id if reply.asked_to else None
    is_asked = reply.state == PendingReply.State.ASKED
    is_mine = reply.author.person_id == person
    doubts = doubts_of(reply, reply.text, request.member, reply.sure if is_mine else "")
    return ShownPending(
        id=reply.id,
        state=reply.state,
        author=str(reply.author),
        moment=rules.future_words(reply.send_at, timezone.now()) if reply.send_at else "",
        asked_to=str(reply.asked_to or ""),
        text=reply.text,
        remark=reply.remark,
        findings=doubts,
        sure=rules.marks_of(doubts),
        files=[each.name for each in reply.files.all()],
        seen=seen,
        is_crossed=is_crossed,
        is_mine=is_mine,
        may_approve=is_asked and may_approve(person, rights, author=reply.author.person_id, asked_to=asked),
        withdraw_url=reverse("desk:withdraw_pending", args=place),
        send_url=reverse("desk:send_pending", args=place),
        approve_url=reverse("desk:approve", args=place),
        return_url=reverse("desk:return_pending", args=place),
    )


@dataclass(frozen=True)
class PendingRow:
    """An answer that waits, in the list over all organisations."""

    url: str
    who: str
    number: int
    place: str
    author: str
    words: str
    #: In words, when it goes by itself.
    moment: str
    remark: str
    since: datetime


@dataclass(frozen=True)
class PendingLists:
    """What waits for this person."""

    to_read: list[PendingRow]
    held: list[PendingRow]
    returned: list[PendingRow]
    planned: list[PendingRow]
    asked: list[PendingRow]


def pending_for(workplace: Workplace, coverage: Mapping[int, Coverage], person: UUID) -> PendingLists:
    """What others ask this person to read, and what of their own waits. Inside `covering`."""
    states = PendingReply.State
    own = _rows(workplace).filter(author__person=person)
    return PendingLists(
        to_read=[_row(each, workplace) for each in _to_read(workplace, coverage, person)],
        held=[_row(each, workplace) for each in own.filter(state=states.HELD)[:SHOWN]],
        returned=[_row(each, workplace) for each in own.filter(state=states.RETURNED)[:SHOWN]],
        planned=[_row(each, workplace) for each in own.filter(state=states.PLANNED)[:SHOWN]],
        asked=[_row(each, workplace) for each in own.filter(state=states.ASKED)[:SHOWN]],
    )


def _to_read(workplace: Workplace, coverage: Mapping[int, Coverage], person: UUID) -> list[PendingReply]:
    asked = _rows(workplace).filter(Q(asked_to=None) | Q(asked_to__person=person))
    others = asked.filter(state=PendingReply.State.ASKED).exclude(author__person=person)
    return [
        each
        for each in others[:SHOWN]
        if may_approve(
            person,
            coverage[each.organisation_id].rights,
            author=each.author.person_id,
            asked_to=each.asked_to.person_id if each.asked_to else None,
        )
    ]


def _rows(workplace: Workplace) -> QuerySet[PendingReply]:
    rows = PendingReply.objects.filter(organisation_id__in=workplace.ids)
    return rows.select_related("conversation__contact", "author__person", "asked_to").order_by("id")


def _row(reply: PendingReply, workplace: Workplace) -> PendingRow:
    organisation = workplace.organisations[reply.organisation_id]
    return PendingRow(
        url=url_of(organisation.slug, reply.conversation_id),
        who=str(reply.conversation.contact),
        number=reply.conversation.number,
        place=organisation.name,
        author=str(reply.author),
        words=reply.text[:160],
        moment=rules.future_words(reply.send_at, timezone.now()) if reply.send_at else "",
        remark=reply.remark,
        since=reply.created_at,
    )

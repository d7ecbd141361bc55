"""Two conversations about one question go on as one, and apart again. No message moves."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live

from .. import queries
from ..errors import (
    AlreadyAnswered,
    ClosedTarget,
    MergedElsewhere,
    NotMerged,
    OtherResident,
    SameConversation,
)
from ..models import Closure, Conversation, ConversationQuerySet, Message
from .clocks import keep_clock
from .states import close, reopen_for_resident, take_apart


def merge(
    *, conversation: Conversation, into: Conversation, by: Member, confirmed_contact: UUID | None = None
) -> None:
    """Close the conversation and go on in `into`, where its messages are read among the others.

    Of two colleagues who merge the same two crosswise, one does. Two residents' conversations are merged only
    by whoever says of which other resident (`confirmed_contact`). Raises SameConversation, MergedElsewhere,
    ClosedTarget and OtherResident.
    """
    if conversation.id == into.id:
        raise SameConversation
    with transaction.atomic():
        rows = _locked(conversation, into)
        source, target = rows[conversation.id], rows[into.id]
        _refuse_merge(source, target, confirmed_contact)
        _take_over_turn(source, target)
        close(conversation=source, by=by, reason=Closure.Reason.MERGED)
        _same(source).update(merged_into=target, merged_at=timezone.now())
        audit.record("conversation.merged", source, by=by, to=target.id)
        audit.record("conversation.merged", target, by=by, to=source.id)
        live.publish(source)
        live.publish(target)


def _locked(*conversations: Conversation) -> Mapping[UUID, Conversation]:
    """The rows as they are now, locked in one order, so that nobody waits in a circle.

    Raises SameConversation for one of another organisation: to this one it does not exist.
    """
    ids = {each.id for each in conversations}
    rows = Conversation.objects.select_for_update(of=("self",)).order_by("id")
    here = rows.filter(organisation_id=conversations[0].organisation_id)
    found = {each.id: each for each in here.filter(id__in=ids)}
    if ids - found.keys():
        raise SameConversation
    return found


def _refuse_merge(source: Conversation, target: Conversation, confirmed_contact: UUID | None) -> None:
    for each in (source, target):
        if each.merged_into is not None:
            raise MergedElsewhere(each.number, each.merged_into.number)
    if target.is_closed:
        raise ClosedTarget(target.number)
    if source.contact_id not in (target.contact_id, confirmed_contact):
        raise OtherResident


def _take_over_turn(source: Conversation, target: Conversation) -> None:
    """Whoever waited in the one, waits in the other."""
    if source.status == Conversation.Status.OPEN:
        reopen_for_resident(target, at=source.waiting_since or timezone.now())
        target.waiting_since = min(filter(None, (source.waiting_since, target.waiting_since)))
    if source.last_message_at > target.last_message_at:
        target.last_message_at, target.excerpt = source.last_message_at, source.excerpt
    target.save(
        update_fields=["status", "waiting_since", "snoozed_until", "closed_at", "last_message_at", "excerpt"]
    )
    keep_clock(target)


def unmerge(*, conversation: Conversation, by: Member) -> None:
    """Take the conversation out again; what was written in it since stays with it.

    Raises NotMerged, and AlreadyAnswered once a colleague answered both at once.
    """
    if conversation.merged_into is None:
        raise NotMerged
    with transaction.atomic():
        rows = _locked(conversation, conversation.merged_into)
        source = rows[conversation.id]
        if source.merged_into_id != conversation.merged_into_id:
            raise NotMerged
        target = rows[conversation.merged_into.id]
        if _is_answered_since(source, target):
            raise AlreadyAnswered
        _same(source).update(merged_into=None, merged_at=None)
        take_apart(conversation=source, by=by)
        audit.record("conversation.unmerged", source, by=by, to=target.id)
        audit.record("conversation.unmerged", target, by=by, to=source.id)
        live.publish(source)
        live.publish(target)


def _is_answered_since(source: Conversation, target: Conversation) -> bool:
    """Whether a colleague answered where it went on, or further on still."""
    family = queries.family_ids(queries.current_of(target))
    answers = Message.objects.filter(
        organisation_id=source.organisation_id, conversation__in=family, is_automatic=False
    )
    since = answers.filter(direction=Message.Direction.OUTGOING, created_at__gt=source.merged_at)
    return since.exists()


def _same(conversation: Conversation) -> ConversationQuerySet:
    return Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)

"""Messages about something else go on in a conversation of their own."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live
from mijngemeente.platform.ids import uuid7

from .. import queries, rules
from ..errors import MergedElsewhere, NothingToSplit, TwoConversations
from ..models import Conversation, Link, Message
from .clocks import keep_clock
from .entries import refresh_entries
from .links import join
from .receiving import next_number


def split(
    *, conversation: Conversation, message_ids: Collection[UUID], subject: str, by: Member
) -> Conversation:
    """Take the messages out to a new conversation of the same resident, linked both ways.

    The resident keeps seeing them behind the old link. Raises NothingToSplit for no message or for all, and
    TwoConversations when they were written in two that were merged.
    """
    with transaction.atomic():
        queries.keep_residents(conversation.organisation_id)
        chosen = _chosen(conversation, message_ids)
        rows = Conversation.objects.select_for_update(of=("self",))
        source = rows.get(organisation_id=conversation.organisation_id, id=chosen[0].conversation_id)
        made = _begin(source, chosen, subject)
        moved = Message.objects.filter(
            organisation_id=source.organisation_id, conversation=source, id__in=[each.id for each in chosen]
        )
        if moved.update(conversation=made) != len(chosen):
            raise NothingToSplit
        _refresh(source)
        refresh_entries(source.organisation_id, [each.id for each in chosen])
        keep_clock(made)
        join(source, made, there=Link.Kind.SPLIT_TO, back=Link.Kind.SPLIT_FROM)
        audit.record("conversation.split", source, by=by, to=made.id)
        audit.record("conversation.opened", made, by=by)
        live.publish(source)
        live.publish(made)
    return made


def _chosen(conversation: Conversation, message_ids: Collection[UUID]) -> list[Message]:
    if conversation.merged_into is not None:
        raise MergedElsewhere(conversation.number, conversation.merged_into.number)
    family = queries.family_ids(conversation)
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation__in=family)
    chosen = list(rows.filter(id__in=message_ids).order_by("id"))
    sources = {each.conversation_id for each in chosen}
    if len(sources) > 1:
        raise TwoConversations
    spoken = rows.filter(conversation__in=sources, direction__in=_SPOKEN)
    is_something = any(each.direction in _SPOKEN for each in chosen)
    if not is_something or not spoken.exclude(id__in=message_ids).exists():
        raise NothingToSplit
    return chosen


_SPOKEN = (Message.Direction.INCOMING, Message.Direction.OUTGOING)


def _begin(source: Conversation, chosen: list[Message], subject: str) -> Conversation:
    spoken = [each for each in chosen if each.direction in _SPOKEN]
    last = spoken[-1]
    is_theirs = last.direction == Message.Direction.INCOMING
    state = Conversation.Status.OPEN if is_theirs else Conversation.Status.WAITING_RESIDENT
    return Conversation.objects.create(
        id=uuid7(),
        organisation_id=source.organisation_id,
        number=next_number(source.organisation_id),
        subject=subject or source.subject,
        contact_id=source.contact_id,
        inbox_id=source.inbox_id,
        channel=source.channel,
        language=source.language,
        covered_by_id=source.covered_by_id,
        covered_because=source.covered_because,
        covers_until=source.covers_until,
        split_from=source,
        status=state,
        waiting_since=last.created_at if is_theirs else None,
        last_message_at=last.created_at,
        excerpt=rules.excerpt_of(last.text),
    )


def _refresh(source: Conversation) -> None:
    """The list shows the last message that is still there."""
    rows = Message.objects.filter(organisation_id=source.organisation_id, conversation=source)
    last = rows.filter(direction__in=_SPOKEN).order_by("-id").first()
    if last is not None:
        source.last_message_at, source.excerpt = last.created_at, rules.excerpt_of(last.text)
        source.save(update_fields=["last_message_at", "excerpt"])

"""A resident who was not satisfied is called back: work of its own, in a conversation of its own."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.platform import audit, live, rows
from mijngemeente.platform.ids import uuid7

from .. import queries, rules
from ..models import Conversation, Link, Message
from .clocks import keep_clock
from .entries import make_findable
from .links import join
from .receiving import next_number


def ask_to_call_back(*, conversation: Conversation, subject: str, why: str) -> Conversation:
    """Put a call to make in the queue of nobody, linked to what it is about. Nothing goes to the resident."""
    inbox = queries.inbox_for(conversation.organisation_id, "note") or conversation.inbox
    call = Conversation(
        id=uuid7(),
        organisation_id=conversation.organisation_id,
        number=next_number(conversation.organisation_id),
        subject=subject,
        contact_id=conversation.contact_id,
        inbox=inbox,
        channel=inbox.kind,
        topic_id=conversation.topic_id,
        covered_by_id=conversation.covered_by_id,
        covered_because=conversation.covered_because,
        covers_until=conversation.covers_until,
        priority=Conversation.Priority.HIGH,
        waiting_since=timezone.now(),
        excerpt=rules.excerpt_of(why),
    )
    note = _note(call, why)
    with transaction.atomic():
        rows.add(call, note, audit.line("conversation.opened", call))
        make_findable(note, call)
        keep_clock(call)
        join(conversation, call, there=Link.Kind.RELATED, back=Link.Kind.RELATED)
        live.publish(call)
        live.publish(conversation)
    return call


def _note(call: Conversation, why: str) -> Message:
    return Message(
        organisation_id=call.organisation_id,
        conversation=call,
        direction=Message.Direction.NOTE,
        is_automatic=True,
        inbox_id=call.inbox_id,
        text=why,
    )

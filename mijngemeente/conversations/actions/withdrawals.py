"""Taking back what was not sent yet."""

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live

from .. import queries, rules
from ..errors import TooLate
from ..models import Closure, Conversation, Delivery, Message
from .clocks import keep_clock
from .states import reopen


def take_back(*, delivery: Delivery, by: Member) -> str:
    """Stop an answer that still waits, as if it was never written; returns its text.

    Whoever is first wins: the worker that sends it, or this. Raises TooLate when it was the worker.
    """
    message = delivery.message
    same = Delivery.objects.filter(organisation_id=delivery.organisation_id, id=delivery.id)
    with transaction.atomic():
        waiting = same.filter(state=Delivery.State.WAITING)
        if waiting.update(state=Delivery.State.WITHDRAWN, next_attempt_at=None) == 0:
            raise TooLate
        rows = Message.objects.filter(organisation_id=message.organisation_id, id=message.id)
        rows.update(direction=Message.Direction.WITHDRAWN, text="")
        message.attachments.all().delete()
        audit.record("message.taken_back", message, by=by)
        _give_back_the_turn(message, by)
        live.publish(message.conversation)
    return message.text


def _give_back_the_turn(message: Message, by: Member) -> None:
    """The next step is ours again, for as long as the resident waited before."""
    rows = Conversation.objects.select_for_update()
    conversation = rows.get(organisation_id=message.organisation_id, id=message.conversation_id)
    same = Conversation.objects.filter(organisation_id=message.organisation_id, id=conversation.id)
    if _was_closed_with(message, conversation):
        reopen(conversation=conversation, by=by)
        # Nobody asked again: what was too late stays too late.
        same.update(
            reopened_at=conversation.reopened_at,
            paused_minutes=conversation.paused_minutes,
            turn_paused_minutes=conversation.turn_paused_minutes,
        )
    last, asked = queries.last_said(conversation), queries.first_unanswered(conversation)
    same.filter(first_replied_at=message.created_at).update(first_replied_at=None)
    if last is not None:
        same.update(last_message_at=last.created_at, excerpt=rules.excerpt_of(last.text))
    if asked is not None:
        ours = same.filter(status__in=(Conversation.Status.WAITING_RESIDENT, Conversation.Status.OPEN))
        ours.update(status=Conversation.Status.OPEN, waiting_since=asked.created_at)
    keep_clock(conversation)


def _was_closed_with(message: Message, conversation: Conversation) -> bool:
    """Somebody sent the answer and closed the conversation at once."""
    closures = Closure.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, reopened_at=None
    )
    return closures.filter(by=message.author, at__gte=message.created_at).exists()

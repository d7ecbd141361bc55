"""A note for colleagues, and whom it calls."""

from uuid import UUID

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message, Notification
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import members_reading

from .. import rules


def note(*, conversation: Conversation, by: Member, text: str, key: UUID) -> Message:
    """Write something only colleagues read; whoever it names with an @ is told. Raises Empty."""
    with transaction.atomic():
        message = conversations.add_note(conversation=conversation, by=by, text=text, key=key)
        for member in _named(conversation, text):
            conversations.notify(
                conversation=conversation,
                to=member,
                kind=Notification.Kind.NAMED,
                about=message.id,
                by=by,
            )
    return message


def _named(conversation: Conversation, text: str) -> list[Member]:
    if "@" not in text:
        return []
    readers = members_reading(conversation.organisation_id)
    names = rules.named_in(text, {each.person.name for each in readers})
    return [each for each in readers if each.person.name in names]

"""The end of a shift: what stays, and what goes to whom."""

from uuid import UUID, uuid5

from django.db import transaction

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from .assignments import entrust
from .notes import note as write_note


def leave(*, conversation: Conversation, to: Member | None, note: str, key: UUID, by: Member) -> None:
    """Give one conversation to a colleague or back to the queue, with a note for whoever takes it.

    The same key again writes no second note. Raises Taken when it is no longer theirs.
    """
    with transaction.atomic():
        entrust(conversation=conversation, to=to, by=by, seen=by.id)
        if note:
            write_note(conversation=conversation, by=by, text=note, key=uuid5(key, str(conversation.id)))

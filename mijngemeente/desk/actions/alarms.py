"""The first answer to somebody in danger or distress."""

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.organisations.models import Member

from .. import rules
from ..queries.pages import as_whom
from ..queries.readings import first_answer_of


def send_first_answer(*, conversation: Conversation, by: Member) -> Message | None:
    """Send the fixed words with the numbers to call, once; None if nobody is in danger any more.

    The turn stays ours: this is where helping begins. Raises what `send_reply` raises.
    """
    letter = as_whom(conversation, conversation.organisation, by)
    if not conversation.alarm or letter is None:
        return None
    text = rules.placed(letter.opening, letter.caret, first_answer_of(conversation))
    with transaction.atomic():
        message = conversations.send_reply(
            conversation=conversation, by=by, text=text, key=rules.first_answer_key(conversation.id)
        )
        conversations.change_status(conversation=conversation, status=Conversation.Status.OPEN, by=by)
        if conversation.assignee_id is None and not by.person.is_machine:
            conversations.assign(conversation=conversation, to=by, by=by)
    return message

"""What a blocked sender sends is kept, but is no work for anybody."""

from mijngemeente.conversations.actions import Received, close, let_through
from mijngemeente.conversations.models import Closure
from mijngemeente.conversations.queries import block_on

from .. import rules


def put_aside(received: Received) -> bool:
    """Close what a blocked sender began or opened again; False if somebody has to look at it.

    Who sends a formal message is heard, whatever came before (Awb 6:4, 9:4); who may be in danger too. And
    what a colleague has open already stays open.
    """
    message, conversation = received.message, received.conversation
    block = block_on(message)
    if block is None or message.author_id is not None:
        return False
    if rules.suggested_formal(conversation.subject, message.text) or rules.has_danger(
        conversation.subject, message.text
    ):
        let_through(conversation=conversation)
        return False
    if received.is_new_conversation or _is_opened_by(received):
        close(conversation=conversation, by=None, reason=Closure.Reason.BLOCKED, explanation=block.reason)
    return True


def _is_opened_by(received: Received) -> bool:
    """Whether the conversation was closed until this message came in."""
    closures = Closure.objects.filter(
        organisation_id=received.message.organisation_id, conversation=received.conversation
    )
    return closures.filter(reopened_at=received.message.created_at).exists()

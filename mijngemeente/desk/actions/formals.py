"""The receipt that the law asks for, and where a formal message belongs."""

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.actions import Received
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from .. import rules
from ..queries.formals import arrival_of, designation_of, way_of


def refer(*, conversation: Conversation, kind: str, by: Member) -> None:
    """Say which formal message this is, confirm that it came in, and tell where such messages belong.

    Raises NotReceipted, and then marks nothing.
    """
    designation = designation_of(conversation.organisation_id, kind)
    text = rules.receipt_words(arrival_of(conversation, kind), way_of(designation), is_certain=True)
    with transaction.atomic():
        conversations.mark_formal(conversation=conversation, kind=kind, by=by)
        conversations.send_formal_receipt(conversation=conversation, text=text, by=by)


def receipt_at_once(received: Received) -> bool:
    """Send the legal receipt instead of the usual one, where the organisation wants that.

    The message is not marked: that is for a person to say.
    """
    conversation = received.conversation
    kind = rules.suggested_formal(conversation.subject, received.message.text)
    designation = designation_of(conversation.organisation_id, kind) if kind else None
    if designation is None or not designation.is_automatic:
        return False
    text = rules.receipt_words(arrival_of(conversation, kind), way_of(designation), is_certain=False)
    return conversations.send_formal_receipt(conversation=conversation, text=text, by=None)

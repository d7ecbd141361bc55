"""Conversations that belong together, and no longer."""

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live, rows

from ..errors import SameConversation
from ..models import Conversation, Link


def link(*, conversation: Conversation, to: Conversation, by: Member) -> bool:
    """Say that two conversations belong together; False if that was said before.

    In the other one too when it is of the same organisation; another organisation's is not ours to write in,
    and whoever reads both finds it from here. Raises SameConversation.
    """
    if conversation.id == to.id:
        raise SameConversation
    with transaction.atomic():
        is_new = join(conversation, to, there=Link.Kind.RELATED, back=Link.Kind.RELATED)
        if is_new:
            audit.record("conversation.linked", conversation, by=by, to=to.id)
            live.publish(conversation)
            live.publish(to)
    return is_new


def join(conversation: Conversation, other: Conversation, *, there: str, back: str) -> bool:
    """Store the link on each side that is ours; True if it was not there yet."""
    is_new = rows.add_once(_link(conversation, other, there))
    if other.organisation_id == conversation.organisation_id:
        rows.add_once(_link(other, conversation, back))
    return is_new


def _link(conversation: Conversation, other: Conversation, kind: str) -> Link:
    return Link(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        kind=kind,
        other_organisation_id=other.organisation_id,
        other_conversation_id=other.id,
    )


def unlink(*, link: Link, by: Member) -> bool:
    """Take a link away that a person or a mail made, on both sides; where a question went stays on record."""
    if link.kind != Link.Kind.RELATED:
        return False
    pair = (link.conversation_id, link.other_conversation_id)
    with transaction.atomic():
        both = Link.objects.filter(
            organisation_id=link.organisation_id,
            kind=Link.Kind.RELATED,
            conversation__in=pair,
            other_conversation_id__in=pair,
        )
        removed, _ = both.delete()
        if removed:
            audit.record("conversation.unlinked", link.conversation, by=by, to=link.other_conversation_id)
            live.publish(link.conversation)
    return bool(removed)

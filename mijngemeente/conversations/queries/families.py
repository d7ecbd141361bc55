"""Conversations that were merged are read as one; no message moves (docs/decisions/0010)."""

from uuid import UUID

from django.db.models import Q

from ..models import Conversation, Message


def family_ids(conversation: Conversation) -> list[UUID]:
    """The conversation and all that went up in it, however often."""
    found, newest = [conversation.id], [conversation.id]
    while newest:
        rows = Conversation.objects.filter(
            organisation_id=conversation.organisation_id, merged_into__in=newest
        )
        newest = list(rows.values_list("id", flat=True))
        found += newest
    return found


def current_of(conversation: Conversation) -> Conversation:
    """The conversation itself, or the one that it went up in."""
    while conversation.merged_into is not None:
        conversation = conversation.merged_into
    return conversation


def locked_current(organisation_id: int, conversation_id: UUID) -> Conversation:
    """The conversation in which this one goes on, locked: a merge or its undoing waits, or was first."""
    rows = Conversation.objects.filter(organisation_id=organisation_id)
    while True:
        current = current_of(rows.get(id=conversation_id))
        locked = rows.select_for_update(of=("self",)).get(id=current.id)
        if current_of(rows.get(id=conversation_id)).id == locked.id:
            return locked


def shown_to_resident(organisation_id: int, conversation_id: UUID) -> Q:
    """Which messages stand on the page behind this conversation's personal link.

    What was said in it, also what a colleague took out of it; and once it went up in another conversation of
    the same resident, what we answered there since. Never what another conversation held before: anybody can
    write in another's name, and the link is theirs.
    """
    rows = Conversation.objects.filter(organisation_id=organisation_id)
    shown = Q(conversation_id=conversation_id)
    for split in rows.filter(split_from=conversation_id).values_list("id", flat=True):
        shown |= _taken_out(organisation_id, split, before=split)
    for conversation in rows.filter(id=conversation_id, merged_into__isnull=False):
        shown |= _answered_since(conversation)
    return shown


def _taken_out(organisation_id: int, split_id: UUID, *, before: UUID) -> Q:
    """Ids follow time, so what is older than the conversation it is in was taken there."""
    taken = Q(conversation_id=split_id, id__lt=before)
    later = Conversation.objects.filter(organisation_id=organisation_id, split_from=split_id)
    for each in later.values_list("id", flat=True):
        taken |= _taken_out(organisation_id, each, before=before)
    return taken


def _answered_since(conversation: Conversation) -> Q:
    answered = Q()
    into = conversation.merged_into
    while into is not None and into.contact_id == conversation.contact_id:
        answered |= Q(
            conversation_id=into.id,
            direction=Message.Direction.OUTGOING,
            created_at__gt=conversation.merged_at,
        )
        into = into.merged_into
    return answered

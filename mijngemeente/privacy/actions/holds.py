"""Conversations that may not be erased for now."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from ..errors import AlreadyHeld, UnknownConversation
from ..models import Hold


def hold(*, organisation_id: int, number: int, reason: str, by: Member) -> Hold:
    """Keep the conversation with this number whatever its age. Raises UnknownConversation or AlreadyHeld."""
    rows = Conversation.objects.filter(organisation_id=organisation_id, anonymised_at=None)
    conversation = rows.filter(number=number).first()
    if conversation is None:
        raise UnknownConversation
    try:
        with transaction.atomic():
            made = Hold.objects.create(
                organisation_id=organisation_id, conversation=conversation, reason=reason, by=by
            )
            audit.record("conversation.held", conversation, by=by, reason=reason)
    except IntegrityError as error:
        raise AlreadyHeld from error
    return made


def lift_hold(*, hold: Hold, by: Member) -> None:
    """From now on it goes as any other; nothing if it was lifted."""
    same = Hold.objects.in_force().filter(organisation_id=hold.organisation_id, id=hold.id)
    with transaction.atomic():
        if same.update(lifted_at=timezone.now()):
            audit.record("conversation.hold_lifted", hold.conversation, by=by)

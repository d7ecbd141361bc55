"""A sender is put aside for a while, and let in again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live

from .. import queries
from ..errors import NoMail, PastMoment
from ..models import Block, ContactAddress, Conversation


def block(*, conversation: Conversation, until: datetime, reason: str, by: Member) -> Block:
    """Put the mail address of this conversation's resident aside until then; again sets a new end and reason.

    Raises NoMail, and PastMoment.
    """
    if until <= timezone.now():
        raise PastMoment
    address = _address_of(conversation)
    with transaction.atomic():
        made, _ = Block.objects.update_or_create(
            organisation_id=conversation.organisation_id,
            address=address,
            lifted_at=None,
            defaults={"until": until, "reason": reason, "by": by, "at": timezone.now()},
        )
        audit.record("sender.blocked", conversation, by=by, block=made.id)
        live.publish(conversation)
    return made


def _address_of(conversation: Conversation) -> ContactAddress:
    rows = ContactAddress.objects.filter(
        organisation_id=conversation.organisation_id,
        contact=conversation.contact_id,
        kind="email",
        value=queries.email_of(conversation),
    )
    address = rows.first()
    if address is None:
        raise NoMail
    return address


def lift_block(*, block: Block, by: Member) -> bool:
    """Let the sender in before the block ends; False if that was done already."""
    standing = Block.objects.filter(organisation_id=block.organisation_id, id=block.id, lifted_at=None)
    with transaction.atomic():
        lifted = standing.update(lifted_at=timezone.now()) == 1
        if lifted:
            audit.record("sender.unblocked", block, by=by)
    return lifted


def lift_silence(*, address: ContactAddress, by: Member) -> bool:
    """Let the automatic mails of this address through again; False if nothing kept them out."""
    silenced = ContactAddress.objects.filter(
        organisation_id=address.organisation_id, id=address.id, silenced_until__isnull=False
    )
    with transaction.atomic():
        lifted = silenced.update(silenced_until=None) == 1
        if lifted:
            audit.record("sender.unsilenced", address, by=by)
    return lifted


def let_through(*, conversation: Conversation) -> None:
    """Write down that a message of a blocked sender was not put aside."""
    audit.record("sender.let_through", conversation)

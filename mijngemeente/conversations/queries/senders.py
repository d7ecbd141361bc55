"""Senders that are kept out for a while."""

from datetime import datetime

from django.db.models import QuerySet

from ..models import Block, ContactAddress, Message


def block_on(message: Message) -> Block | None:
    """What stands against the writer of this message at the moment it came in."""
    standing = Block.objects.filter(
        organisation_id=message.organisation_id, lifted_at=None, until__gt=message.created_at
    )
    return standing.filter(address__contact=message.contact_id).first() if message.contact_id else None


def standing_blocks(organisation_id: int, now: datetime) -> QuerySet[Block]:
    """The blocks in force, the one that ends first on top."""
    rows = Block.objects.filter(organisation_id=organisation_id, lifted_at=None, until__gt=now)
    return rows.select_related("address__contact", "by__person").order_by("until")


def silenced_addresses(organisation_id: int, now: datetime) -> QuerySet[ContactAddress]:
    """Addresses whose automatic mails are put aside."""
    rows = ContactAddress.objects.filter(organisation_id=organisation_id, silenced_until__gt=now)
    return rows.select_related("contact").order_by("silenced_until")

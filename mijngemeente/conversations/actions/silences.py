"""A machine that keeps writing is put aside: stored, but no work for anybody."""

from datetime import timedelta

from mijngemeente.platform import audit

from .. import queries, rules
from ..models import ContactAddress, Message

SILENCE = timedelta(days=1)


def silence_loop(*, message: Message) -> bool:
    """Whether the sender of this automatic message is silenced, now or since earlier."""
    if message.contact_id is None:
        return False
    addresses = ContactAddress.objects.filter(
        organisation_id=message.organisation_id, contact_id=message.contact_id, kind="email"
    )
    if addresses.filter(silenced_until__gt=message.created_at).exists():
        return True
    hour_ago = message.created_at - timedelta(hours=1)
    count = queries.automatic_messages(message.contact_id, message.organisation_id, hour_ago)
    if not rules.is_loop(count):
        return False
    addresses.update(silenced_until=message.created_at + SILENCE)
    audit.record("sender.silenced", message)
    return True

"""A message is taken off the resident's page, and put back; colleagues go on seeing it."""

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live, rows

from ..models import Hiding, Message


def hide(*, message: Message, reason: str, by: Member) -> bool:
    """Keep the message inside; False if it was hidden before."""
    with transaction.atomic():
        hiding = Hiding(organisation_id=message.organisation_id, message=message, reason=reason, by=by)
        is_new = rows.add_once(hiding)
        if is_new:
            audit.record("message.hidden", message, by=by)
            live.publish(message.conversation)
    return is_new


def unhide(*, message: Message, by: Member) -> bool:
    """Show the message to the resident again; False if they saw it already."""
    with transaction.atomic():
        hidden = Hiding.objects.filter(organisation_id=message.organisation_id, message=message)
        removed, _ = hidden.delete()
        if removed:
            audit.record("message.unhidden", message, by=by)
            live.publish(message.conversation)
    return bool(removed)

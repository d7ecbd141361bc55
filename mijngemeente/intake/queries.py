"""What is known about an incoming message before it is routed."""

from mijngemeente.channels.contract import Direction
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import InboxAddress, InboxHealth

from .rules import Evidence


def evidence_for(inbox: InboxAddress) -> Evidence:
    """What the inbox tells."""
    return Evidence(inbox.organisation_id)


def pulled_inboxes() -> list[InboxAddress]:
    """Every account that we fetch from ourselves."""
    kinds = [kind for kind, channel in CHANNELS.items() if channel.wire.direction == Direction.PULLED]
    rows = InboxAddress.objects.filter(kind__in=kinds, is_active=True, organisation__is_active=True)
    return list(rows)


def position_of(inbox: InboxAddress) -> str:
    """Where reading of a pulled inbox stopped; empty at the beginning. Inside the owner's unit."""
    rows = InboxHealth.objects.filter(organisation_id=inbox.organisation_id, inbox=inbox)
    return rows.values_list("position", flat=True).first() or ""

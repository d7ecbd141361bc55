"""What is known about an incoming message before it is routed."""

from mijngemeente.organisations.models import InboxAddress

from .rules import Evidence


def evidence_for(inbox: InboxAddress) -> Evidence:
    """What the inbox tells."""
    return Evidence(inbox.organisation_id)

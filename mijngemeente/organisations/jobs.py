"""Organisations' part of the queue."""

from django.core.mail import EmailMessage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

from mijngemeente.platform import jobs

from .models import Invitation
from .queries import invitation_url


def send_invitation(*, organisation_id: int, id: str) -> None:
    """Mail the link; run again after a broken line, it mails the same link."""
    invitation = Invitation.objects.select_related("organisation", "invited_by__person").get(id=id)
    if not invitation.is_open(timezone.now()):
        return
    context = {"invitation": invitation, "url": invitation_url(invitation)}
    EmailMessage(
        subject=f"Uitnodiging om te werken voor {invitation.organisation.full_name}",
        body=render_to_string("organisations/mail/invitation.txt", context),
        to=[invitation.email],
        reply_to=[invitation.invited_by.person.email],
    ).send()


@jobs.every("40 3 * * *")
def sweep_sessions(timestamp: int) -> None:
    """Forget sessions that ended by themselves."""
    call_command("clearsessions")

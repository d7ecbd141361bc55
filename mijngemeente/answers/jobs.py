"""The answer bank's part of the queue."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for

from .actions import importing, reminding
from .queries.reviews import owners_to_remind, to_review


def bring_in(*, organisation_id: int, id: str) -> None:
    """Go on with an import."""
    importing.bring_in(organisation_id=organisation_id, import_id=id)


@jobs.every("20 6 * * 1")
def ask_owners(timestamp: int) -> None:
    """Each Monday: who owns an answer whose review date has passed hears of it."""
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.filter(is_active=True).values_list("id", flat=True):
            with turn(organisation_id):
                _ask_owners_of(organisation_id)


def _ask_owners_of(organisation_id: int) -> None:
    for owner_id in owners_to_remind(organisation_id, timezone.localdate()):
        once = f"remind {owner_id}"
        jobs.later("answers.remind", organisation_id=organisation_id, once=once, id=owner_id)


def remind(*, organisation_id: int, id: str) -> None:
    """Mail one owner a list; written down after it left, so that a broken line means once more, not never."""
    today = timezone.localdate()
    with acting_for(organisation_id):
        answers = to_review(organisation_id, UUID(id), today)
    if not answers:
        return
    owner = Member.objects.select_related("person", "organisation").get(id=id)
    path = reverse("answers:review", args=[owner.organisation.slug])
    context = {"owner": owner, "answers": answers, "url": f"{settings.PUBLIC_URL}{path}"}
    EmailMessage(
        subject="Antwoorden om na te kijken",
        body=render_to_string("answers/mail/review.txt", context),
        to=[owner.person.email],
    ).send()
    with acting_for(organisation_id):
        reminding.record_reminder(answers=answers, today=today)

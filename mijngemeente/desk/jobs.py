"""The desk's part of the queue."""

from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for

from . import actions


@jobs.every("50 3 * * *")
def sweep_drafts(timestamp: int) -> None:
    """Forget drafts that nobody came back to."""
    for organisation_id in Organisation.objects.values_list("id", flat=True):
        with acting_for(organisation_id):
            actions.forget_drafts(organisation_id=organisation_id, now=timezone.now())


@jobs.every("10 4 * * *")
def judge_answers(timestamp: int) -> None:
    """Find out which answers of the bank helped: by the resident's mark, or by their silence."""
    for organisation_id in Organisation.objects.values_list("id", flat=True):
        with acting_for(organisation_id):
            actions.judge_answers(organisation_id=organisation_id, now=timezone.now())

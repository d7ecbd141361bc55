"""Figures' part of the queue."""

from datetime import timedelta

from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs

from . import actions

#: As far back as the page looks.
LOOK_BACK = timedelta(days=366)


@jobs.every("40 2 * * *")
def keep_tallies(timestamp: int) -> None:
    """Before the night's cleaning: write down what the readings of each month came to."""
    today = timezone.localdate()
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.values_list("id", flat=True):
            with turn(organisation_id):
                actions.keep_tallies(organisation_id=organisation_id, since=today - LOOK_BACK, today=today)

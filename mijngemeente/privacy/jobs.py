"""Privacy's part of the queue."""

from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for

from . import actions
from .models import Erasure, Export


def erase(*, organisation_id: int, id: str) -> None:
    """Take away what somebody asked to be taken away."""
    with acting_for(organisation_id):
        actions.carry_out(erasure=Erasure.objects.get(id=id))


def make_export(*, organisation_id: int, id: str) -> None:
    """Gather everything of a resident; nothing when they were erased meanwhile."""
    with acting_for(organisation_id):
        rows = Export.objects.select_related("contact__organisation").defer("content")
        export = rows.filter(id=id).first()
        if export is not None:
            actions.make_export(export=export)


# Half past one in UTC: after two at night here, in summer and in winter.
@jobs.every("30 1 * * *")
def tidy(timestamp: int) -> None:
    """Ask every organisation's turn for the night's work."""
    for organisation_id in Organisation.objects.filter(is_active=True).values_list("id", flat=True):
        jobs.later(
            "privacy.retain",
            organisation_id=organisation_id,
            once=f"retain {organisation_id}",
            in_turn="retain",
            haste=jobs.Haste.CAN_WAIT,
        )


def retain(*, organisation_id: int) -> None:
    """Take away what is over time, piece by piece; broken off, it goes on where it was."""
    today = timezone.localdate()
    with acting_for(organisation_id):
        run = actions.start_run(organisation_id=organisation_id)
    more = True
    while more:
        with acting_for(organisation_id):
            more = actions.clear_batch(run=run, today=today) > 0
        with acting_for(organisation_id):
            actions.take_out_gone(run=run, least=actions.MANY)
    with acting_for(organisation_id):
        actions.finish_run(run=run, today=today)

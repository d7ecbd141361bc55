"""Assignment's part of the queue."""

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import covering

from . import actions
from .models import AssignmentRule


@jobs.every("* * * * * */30")
def fill(timestamp: int) -> None:
    """Give what waits for nobody: somebody may have room again, or the hour changed."""
    everywhere = list(Organisation.objects.filter(is_active=True).values_list("id", flat=True))
    with covering(everywhere):
        with_rules = set(AssignmentRule.objects.filter(is_on=True).values_list("organisation_id", flat=True))
    with jobs.in_turns() as turn:
        for organisation_id in sorted(with_rules):
            with turn(organisation_id):
                actions.fill(organisation_id=organisation_id)

"""The imports' part of the queue."""

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for

from . import actions


def bring_in(*, organisation_id: int, id: str) -> None:
    """Go on with an import."""
    actions.bring_in(organisation_id=organisation_id, import_id=id)


def take_back(*, organisation_id: int, id: str) -> None:
    """Go on undoing an import."""
    actions.take_back(organisation_id=organisation_id, import_id=id)


@jobs.every("40 3 * * *")
def clear_files(timestamp: int) -> None:
    """Each night: files that nobody needs any more go."""
    for organisation in Organisation.objects.order_by("id"):
        with acting_for(organisation.id):
            actions.clear_files(organisation_id=organisation.id)

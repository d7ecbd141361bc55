"""The imports' part of the queue."""

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs

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
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.order_by("id").values_list("id", flat=True):
            with turn(organisation_id):
                actions.clear_files(organisation_id=organisation_id)

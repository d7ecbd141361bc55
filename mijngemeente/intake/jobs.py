"""Intake's part of the queue."""

from mijngemeente.platform import failpoints
from mijngemeente.platform.tenancy import acting_for

from . import actions
from .models import Payload


def take_in(*, organisation_id: int, id: str) -> None:
    """Make one payload a message."""
    with acting_for(organisation_id):
        actions.take_in(
            payload=Payload.objects.select_related("inbox").select_for_update(of=("self",)).get(id=id)
        )
        failpoints.reach("take_in.written")
    failpoints.reach("take_in.committed")

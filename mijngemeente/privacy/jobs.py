"""Privacy's part of the queue."""

from mijngemeente.platform.tenancy import acting_for

from . import actions
from .models import Erasure


def erase(*, organisation_id: int, id: str) -> None:
    """Take away what somebody asked to be taken away."""
    with acting_for(organisation_id):
        actions.carry_out(erasure=Erasure.objects.get(id=id))

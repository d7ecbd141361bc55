"""The sessions' part of the queue."""

from mijngemeente.platform.tenancy import acting_for

from . import actions
from .models import Workshop


def end(*, organisation_id: int, id: str) -> None:
    """Nobody closed it: it ends by itself."""
    with acting_for(organisation_id):
        actions.close(workshop=Workshop.objects.get(id=id), by=None)

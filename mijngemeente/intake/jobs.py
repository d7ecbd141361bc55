"""Intake's part of the queue."""

from mijngemeente.channels.contract import WireError
from mijngemeente.organisations.actions.health import record_problem
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform import failpoints, jobs
from mijngemeente.platform.tenancy import acting_for

from . import actions, queries
from .models import Payload


def take_in(*, organisation_id: int, id: str) -> None:
    """Make one payload a message."""
    with acting_for(organisation_id):
        actions.take_in(
            payload=Payload.objects.select_related("inbox").select_for_update(of=("self",)).get(id=id)
        )
        failpoints.reach("take_in.written")
    failpoints.reach("take_in.committed")


def poll(*, organisation_id: int, id: str) -> None:
    """Fetch what is new in one inbox; trouble is shown to the administrator and tried again by the clock."""
    inbox = InboxAddress.objects.get(id=id, is_active=True)
    try:
        actions.fetch(inbox=inbox)
    except WireError as error:
        with acting_for(organisation_id):
            record_problem(inbox=inbox, problem=str(error))


@jobs.every("*/5 * * * *")
def poll_all(timestamp: int) -> None:
    """Look in every pulled inbox, also when nobody told us of news."""
    for inbox in queries.pulled_inboxes():
        actions.ask_for_poll(inbox=inbox)

"""Intake's part of the queue."""

from uuid import UUID

import structlog
from django.db import OperationalError

from mijngemeente.channels.contract import Direction as ChannelDirection
from mijngemeente.channels.contract import Way, WireError
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.actions.health import Direction, record_problem
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform import failpoints, files, jobs
from mijngemeente.platform.lines import lines
from mijngemeente.platform.memory import big_one_at_a_time
from mijngemeente.platform.tenancy import acting_for

from . import actions, queries
from .models import Payload

log = structlog.get_logger(__name__)


def take_in(*, organisation_id: int, id: str) -> None:
    """Make one payload a message; after ATTEMPTS faults of ours it waits for a person."""
    try:
        _take_in(organisation_id, id)
    except OperationalError:
        # The database is away, or a deadlock: the payload is not to blame.
        raise
    except Exception as error:
        log.exception("take_in.failed", payload=id)
        with acting_for(organisation_id):
            may_try_again = actions.record_stumble(payload_id=UUID(id), error=error)
        if may_try_again:
            raise


def _take_in(organisation_id: int, id: str) -> None:
    with acting_for(organisation_id):
        rows = Payload.objects.select_related("inbox__organisation").select_for_update(of=("self",))
        payload = files.with_first_piece(rows, "body").get(id=id)
        with big_one_at_a_time(payload.size_bytes):
            actions.take_in(payload=payload)
        failpoints.reach("take_in.written")
    failpoints.reach("take_in.committed")


def poll(*, organisation_id: int, id: str) -> None:
    """Fetch what is new in one inbox; trouble is shown to the administrator and tried again by the clock."""
    inbox = InboxAddress.objects.filter(id=id, is_active=True, organisation__is_active=True).first()
    if inbox is None:
        return
    with lines.to(inbox.id) as is_free:
        # Else at the next round: the clock asks again.
        problem = _fetch(inbox) if is_free else ""
    if problem:
        with acting_for(organisation_id):
            record_problem(inbox=inbox, direction=Direction.INCOMING, problem=problem)


def _fetch(inbox: InboxAddress) -> str:
    """What went wrong, if anything; never raises, as a job that waits for a retry keeps its like out."""
    try:
        if actions.fetch(inbox=inbox) == actions.FETCHED_AT_ONCE:
            actions.ask_for_poll(inbox=inbox)
    except WireError as error:
        return str(error)
    except Exception as error:
        log.exception("poll.failed", inbox=str(inbox.id))
        return f"Het ophalen mislukte door een fout in ons programma ({type(error).__name__})."
    return ""


def try_out(*, organisation_id: int, id: str) -> None:
    """Whether an account that was connected or changed works; what came out is its health."""
    inbox = InboxAddress.objects.filter(id=id, is_active=True, organisation__is_active=True).first()
    if inbox is None or CHANNELS[inbox.kind].wire.direction is not ChannelDirection.PULLED:
        return
    with acting_for(organisation_id):
        is_fetched = actions.can_pull(credentials_of(inbox))
    for way in Way if is_fetched else (Way.OUT,):
        actions.try_out(inbox=inbox, way=way)


@jobs.every("*/5 * * * *")
def poll_all(timestamp: int) -> None:
    """Look in every pulled inbox, also when nobody told us of news."""
    for inbox in queries.pulled_inboxes():
        actions.ask_for_poll(inbox=inbox)

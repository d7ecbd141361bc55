"""Assignment's part of the queue."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.utils import timezone

from mijngemeente.conversations.actions import look_again as ask_anew
from mijngemeente.organisations.models import Organisation, ServiceAgreement
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for, covering

from . import actions, queries
from .models import AssignmentRule

Turn = Callable[[int], AbstractContextManager[None]]


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


@jobs.every("* * * * *")
def move(timestamp: int) -> None:
    """The hour changed: what waits for nobody goes to the team that is there now."""
    everywhere = list(Organisation.objects.filter(is_active=True).values_list("id", flat=True))
    with covering(everywhere):
        due = queries.due_to_move(timezone.now())
    with jobs.in_turns() as turn:
        for organisation_id in due:
            _move_all(organisation_id, turn)


def _move_all(organisation_id: int, turn: Turn) -> None:
    has_more = True
    while has_more:
        # Stays so when it fails: what fails once would fail for ever.
        has_more = False
        with turn(organisation_id):
            has_more = actions.move(organisation_id=organisation_id, at=timezone.now())


@jobs.every("*/5 * * * *")
def check_agreements(timestamp: int) -> None:
    """An agreement whose team is gone switches itself off."""
    clients = ServiceAgreement.objects.filter(is_on=True).values_list("client_id", flat=True)
    with jobs.in_turns() as turn:
        for organisation_id in sorted(set(clients)):
            with turn(organisation_id):
                actions.check_agreements(organisation_id=organisation_id)


def look_again(*, organisation_id: int) -> None:
    """Agreements or hours are other ones now: ask of everything open who covers it."""
    with acting_for(organisation_id):
        ask_anew(organisation_id=organisation_id)
    has_more = True
    while has_more:
        with acting_for(organisation_id):
            has_more = actions.move(organisation_id=organisation_id, at=timezone.now())

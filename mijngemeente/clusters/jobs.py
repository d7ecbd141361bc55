"""Clusters' part of the queue. By the clock and not at each arrival: taking a message in stays as quick."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.tenancy import acting_for, covering

from . import actions, queries


@jobs.every("* * * * * */20")
def gather(timestamp: int) -> None:
    """Put what came in with the events that it speaks of."""
    now = timezone.now()
    everywhere = list(Organisation.objects.filter(is_active=True).values_list("id", flat=True))
    with covering(everywhere):
        waiting = queries.organisations_with_arrivals(now)
    try:
        _gather(waiting, now)
    finally:
        # What stumbled in one organisation keeps no event of others apart.
        _compare(now)


def _gather(organisation_ids: Iterable[int], now: datetime) -> None:
    with jobs.in_turns() as turn:
        for organisation_id in organisation_ids:
            with turn(organisation_id):
                actions.gather(organisation_id=organisation_id, now=now)


def _compare(now: datetime) -> None:
    """Look for each arrival in the other organisations of whoever covers its own."""
    seen: dict[int, set[UUID]] = {}
    for neighbourhood in queries.neighbourhoods():
        with covering(neighbourhood):
            arrivals = queries.to_compare(neighbourhood, now)
            parts = queries.Spread(neighbourhood, now).parts(arrivals) if arrivals else []
        for each in arrivals:
            seen.setdefault(each.organisation_id, set()).add(each.id)
        for part in parts:
            with acting_for(part.organisation_id):
                actions.add_part(part=part)
    for organisation_id, ids in seen.items():
        with acting_for(organisation_id):
            actions.mark_compared(organisation_id=organisation_id, trace_ids=ids)


@jobs.every("25 4 * * *")
def sweep_traces(timestamp: int) -> None:
    """Forget what is compared with no more, and events whose conversations are gone."""
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.values_list("id", flat=True):
            with turn(organisation_id):
                actions.forget_traces(organisation_id=organisation_id, now=timezone.now())
                actions.forget_events(organisation_id=organisation_id)

"""Whether an inbox works, as an administrator sees it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mijngemeente.platform import audit

from ..models import InboxAddress, InboxHealth

Direction = InboxHealth.Direction

# "It worked just now" is written down this often, not for each of a thousand messages.
FRESH = timedelta(minutes=1)


def record_success(*, inbox: InboxAddress, direction: Direction, position: str | None = None) -> bool:
    """The inbox worked just now; True if it had failed before. Inside the owner's unit.

    `position` is where reading stopped.
    """
    with transaction.atomic():
        health = _health_of(inbox, direction)
        is_recovery, now = health.failing_since is not None, timezone.now()
        is_news = health.last_success_at is None or health.last_success_at < now - FRESH
        if not (is_recovery or is_news or position is not None):
            return False
        health.last_success_at, health.failing_since, health.problem = now, None, ""
        if position is not None:
            health.position = position
        health.save()
        if is_recovery:
            audit.record("inbox.recovered", inbox, direction=direction)
    return is_recovery


def record_problem(*, inbox: InboxAddress, direction: Direction, problem: str) -> None:
    """The inbox does not work; the first time is written down. Inside the owner's unit."""
    with transaction.atomic():
        health = _health_of(inbox, direction)
        if health.failing_since is None:
            health.failing_since = timezone.now()
            audit.record("inbox.failed", inbox, direction=direction)
        health.problem = problem
        health.save(update_fields=["failing_since", "problem"])


def _health_of(inbox: InboxAddress, direction: Direction) -> InboxHealth:
    """Locked: reading and sending jobs of one inbox run side by side."""
    rows = InboxHealth.objects.select_for_update()
    health, _ = rows.get_or_create(organisation_id=inbox.organisation_id, inbox=inbox, direction=direction)
    return health

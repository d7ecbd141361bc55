"""Whether an inbox works, as an administrator sees it."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.platform import audit

from ..models import InboxAddress, InboxHealth


def record_success(*, inbox: InboxAddress, position: str | None = None) -> None:
    """The inbox worked just now; `position` is where reading stopped. Inside the owner's unit."""
    health = _health_of(inbox)
    with transaction.atomic():
        if health.failing_since is not None:
            audit.record("inbox.recovered", inbox)
        health.last_success_at = timezone.now()
        health.failing_since, health.problem = None, ""
        if position is not None:
            health.position = position
        health.save()


def record_problem(*, inbox: InboxAddress, problem: str) -> None:
    """The inbox does not work; the first time is written down. Inside the owner's unit."""
    health = _health_of(inbox)
    with transaction.atomic():
        if health.failing_since is None:
            health.failing_since = timezone.now()
            audit.record("inbox.failed", inbox)
        health.problem = problem
        health.save()


def _health_of(inbox: InboxAddress) -> InboxHealth:
    health, _ = InboxHealth.objects.get_or_create(organisation_id=inbox.organisation_id, inbox=inbox)
    return health

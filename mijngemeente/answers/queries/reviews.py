"""Which answers wait for their owner."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from ..models import Answer, SharedAnswer, State
from .bank import Known

#: Reminding every week would be noise.
PAUSE = timedelta(days=28)


def _due(today: date) -> Q:
    unheard = Q(reminded_on=None) | Q(reminded_on__lte=today - PAUSE)
    return unheard & Q(review_on__lt=today, state=State.PUBLISHED, owner__left_at=None)


def owners_to_remind(organisation_id: int, today: date) -> set[UUID]:
    """Members with an answer to look at, who have not heard of it lately."""
    found: set[UUID] = set()
    for table in (Answer, SharedAnswer):
        rows = table._default_manager.filter(_due(today), organisation_id=organisation_id)
        found |= set(rows.exclude(owner=None).values_list("owner_id", flat=True))
    return found


def to_review(organisation_id: int, owner_id: UUID, today: date) -> list[Known]:
    """What one owner has to look at."""
    rows: list[Known] = []
    for table in (Answer, SharedAnswer):
        due = table._default_manager.filter(_due(today), organisation_id=organisation_id, owner_id=owner_id)
        rows += due.order_by("review_on", "title")
    return rows

"""When the demo's organisations are open, and what was due in the past that was played."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F

from mijngemeente.conversations.actions import recompute
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import OpeningWeek, Organisation, ServiceLevel
from mijngemeente.organisations.queries import hours_of
from mijngemeente.organisations.rules.hour_words import day_of
from mijngemeente.organisations.rules.hours import OpeningHours
from mijngemeente.platform.tenancy import acting_for

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")

Row = Mapping[str, Any]


def write_norms(organisation: Organisation, row: Row) -> OpeningHours:
    """Its opening week and service levels, inside its unit."""
    days = (row["opening_hours"].get(day) for day in DAYS)
    week = OpeningHours(tuple(day_of(" - ".join(day)) if day else () for day in days))
    opening = OpeningWeek(organisation=organisation)
    opening.keep_week(week)
    opening.save()
    first, solution = (row["norms"][name] * 60 for name in ("first_answer_hours", "solution_hours"))
    ServiceLevel.objects.create(
        organisation=organisation, first_reply=first, next_reply=first, solution=solution
    )
    ServiceLevel.objects.create(
        organisation=organisation, priority=2, first_reply=60, next_reply=60, solution=solution
    )
    return week


def set_clocks() -> None:
    """Once the past lies in the past: what is due by then, less the time the resident had the turn."""
    for organisation in Organisation.objects.all():
        with acting_for(organisation.id):
            _remember_pauses(hours_of(organisation.id))
            recompute(organisation=organisation, because="night", after=None, moved=0)


def _remember_pauses(hours: OpeningHours) -> None:
    """Played in seconds, no pause lasted a minute."""
    rows = Conversation.objects.filter(waiting_since__gt=F("first_replied_at"))
    for row in rows.filter(closed_at=None):
        if row.waiting_since and row.first_replied_at:
            paused = hours.between(row.first_replied_at, row.waiting_since)
            Conversation.objects.filter(id=row.id).update(paused_minutes=paused // timedelta(minutes=1))

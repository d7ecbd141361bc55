"""What is over time, and what the next night will do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from mijngemeente.conversations.models import Conversation

from .. import rules
from ..models import Hold, RetentionPeriod, Way

NO_KIND = "zonder soort"


def periods_of(organisation_id: int) -> dict[str, rules.Period]:
    """Kind → how long this organisation keeps it: what it chose, or else the default."""
    rows = RetentionPeriod.objects.filter(organisation_id=organisation_id)
    chosen = {each.kind: each for each in rows}
    return {
        kind: rules.Period(chosen[kind].months, "eigen keuze", chosen[kind].way)
        if kind in chosen
        else default
        for kind, default in rules.DEFAULTS.items()
    }


def overdue(organisation_id: int, kind: str, months: int, today: date) -> QuerySet[Conversation]:
    """Closed conversations of this kind that are over time on that day; what is held is not among them.

    What went up in another conversation goes with that one.
    """
    held = Hold.objects.in_force().filter(organisation_id=organisation_id).values("conversation")
    with_held = Conversation.objects.filter(
        organisation_id=organisation_id, id__in=held, merged_into__isnull=False
    ).values("merged_into")
    before = rules.kept_from(today, months, timezone.get_current_timezone())
    rows = Conversation.objects.closed().filter(
        organisation_id=organisation_id,
        kind=kind,
        closed_at__lt=before,
        anonymised_at=None,
        merged_into=None,
    )
    return rows.exclude(id__in=held).exclude(id__in=with_held)


@dataclass(frozen=True)
class Line:
    """What the next night does with one kind."""

    kind: str
    name: str
    #: How long, in words.
    term: str
    source: str
    way: str
    way_text: str
    #: The last day of closing that is over time.
    up_to: date
    count: int


@dataclass(frozen=True)
class Preview:
    """What the next night will do."""

    day: date
    lines: list[Line]
    held: int

    @property
    def count(self) -> int:
        """How many conversations in all."""
        return sum(each.count for each in self.lines)


def preview_of(
    organisation_id: int, now: datetime, periods: Mapping[str, rules.Period] | None = None
) -> Preview:
    """What the next night will do, with these periods or the ones that hold."""
    day = rules.next_night(timezone.localtime(now))
    wanted = periods if periods is not None else periods_of(organisation_id)
    return Preview(
        day=day,
        lines=[_line(organisation_id, kind, period, day) for kind, period in wanted.items()],
        held=Hold.objects.in_force().filter(organisation_id=organisation_id).count(),
    )


def _line(organisation_id: int, kind: str, period: rules.Period, day: date) -> Line:
    return Line(
        kind=kind,
        name=str(dict(Conversation.Kind.choices).get(kind, NO_KIND)),
        term=rules.term(period.months),
        source=period.source,
        way=period.way,
        way_text=str(Way(period.way).label),
        up_to=rules.months_before(day, period.months) - timedelta(days=1),
        count=overdue(organisation_id, kind, period.months, day).count(),
    )

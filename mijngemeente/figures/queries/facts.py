"""What is known of each conversation, as the figures count it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import NullIf, TruncDate
from django.utils import timezone

from mijngemeente.conversations.models import Closure, Conversation, Message
from mijngemeente.conversations.queries.conditions import Asker, ask
from mijngemeente.conversations.queries.hours import within_hours
from mijngemeente.conversations.rules.conditions import Condition
from mijngemeente.desk.models import Satisfaction
from mijngemeente.platform.audit import AuditLine

from .. import rules
from ..rules import Dimension, Period, Reaction, Share

#: Conversations with what was annotated to them, which a type cannot tell.
Rows: TypeAlias = "QuerySet[Any]"


@dataclass(frozen=True)
class Selection:
    """Which conversations are counted."""

    organisation_ids: tuple[int, ...]
    period: Period
    #: A saved view that narrows it down; None for everything.
    condition: Condition | None = None


def counted(selection: Selection) -> Rows:
    """The conversations behind every figure; what is left out is said in `rules.EXCLUDED`."""
    begin, end = moment(selection.period.first), moment(selection.period.last + timedelta(days=1))
    rows = Conversation.objects.filter(
        organisation_id__in=selection.organisation_ids, created_at__gte=begin, created_at__lt=end
    )
    if selection.condition is not None:
        asker = Asker(timezone.now(), selection.organisation_ids)
        rows = rows.filter(id__in=ask(selection.condition, asker).rows.values("id"))
    own = rows.filter(merged_into=None, imported_at=None)
    asked = own.exclude(kind=Conversation.Kind.SPAM).exclude(Exists(_call_backs()))
    return asked.exclude(Exists(_put_aside()))


def moment(day: date) -> datetime:
    """When a Dutch day begins."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _call_backs() -> "QuerySet[Satisfaction]":
    """Work we made ourselves after a low mark."""
    return Satisfaction.objects.filter(
        organisation_id=OuterRef("organisation_id"), call_back_id=OuterRef("id")
    )


def _put_aside() -> "QuerySet[Closure]":
    """Handed over, spam, of a blocked sender, or put aside by a machine: still closed that way."""
    by_machine = Q(reason=Closure.Reason.UNANSWERED, by=None)
    gone = Q(reason__in=(Closure.Reason.HANDED_OVER, Closure.Reason.SPAM, Closure.Reason.BLOCKED))
    return _closures().filter(gone | by_machine, reopened_at=None)


def _closures() -> "QuerySet[Closure]":
    return Closure.objects.filter(organisation_id=OuterRef("organisation_id"), conversation_id=OuterRef("id"))


def with_reaction(rows: Rows) -> Rows:
    """Each with `waited` (None without a reaction), `began_on` and `reaction`, a value of Reaction."""
    waited = ExpressionWrapper(F("first_replied_at") - F("created_at"), output_field=DurationField())
    replied_on, began_on = TruncDate("first_replied_at"), TruncDate("created_at")
    timed: Rows = rows.annotate(waited=waited, replied_on=replied_on, began_on=began_on)
    steps = [
        When(waited__lt=timedelta(hours=hours), then=Value(each.value))
        for each, hours in rules.REACTION_HOURS.items()
    ]
    found: Rows = timed.annotate(
        reaction=Case(
            When(first_replied_at=None, then=Value(Reaction.NONE.value)),
            *steps,
            When(replied_on=F("began_on"), then=Value(Reaction.SAME_DAY.value)),
            When(replied_on=F("began_on") + Value(timedelta(days=1)), then=Value(Reaction.NEXT_DAY.value)),
            default=Value(Reaction.LATER.value),
            output_field=CharField(),
        )
    )
    return found


def holding(share: Share) -> Q:
    """For which conversations a share holds."""
    return {
        Share.ANSWERED: Q(first_replied_at__isnull=False),
        Share.IN_NORM: ~Q(Exists(_overdue())),
        Share.SOLVED_AT_ONCE: _solved_at_once(),
        Share.REOPENED: Q(Exists(_closures().exclude(reopened_at=None))),
    }[share]


def _overdue() -> "QuerySet[AuditLine]":
    return AuditLine.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        conversation_id=OuterRef("id"),
        verb="conversation.overdue",
        detail__norm=Conversation.Norm.FIRST_REPLY.value,
    )


def _solved_at_once() -> Q:
    answered = _closures().filter(reason=Closure.Reason.ANSWERED, reopened_at=None)
    again = Conversation.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        contact_id=OuterRef("contact_id"),
        created_at__gt=OuterRef("closed_at"),
        created_at__lte=OuterRef("closed_at") + Value(rules.AT_ONCE),
    )
    return (
        Q(status=Conversation.Status.CLOSED, answers=1)
        & Q(Exists(answered))
        & ~Q(Exists(_closures().exclude(reopened_at=None)))
        & ~Q(Exists(again))
    )


def with_answers(rows: Rows) -> Rows:
    """Each with `answers`: how often a person answered."""
    told = Message.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        conversation_id=OuterRef("id"),
        direction=Message.Direction.OUTGOING,
        is_automatic=False,
    )
    count = told.order_by().values("conversation_id").annotate(count=Count("id")).values("count")
    found: Rows = rows.annotate(answers=Subquery(count, output_field=IntegerField()))
    return found


def with_group(rows: Rows, dimension: Dimension, organisation_ids: Iterable[int]) -> Rows:
    """Each with `part`: in which line of the table it stands."""
    found: Rows = rows.annotate(part=_part(dimension, organisation_ids))
    return found


def _part(dimension: Dimension, organisation_ids: Iterable[int]) -> Case | F | NullIf:
    if dimension is Dimension.PLACE:
        return NullIf(F("place"), Value(""))
    if dimension is not Dimension.HOURS:
        return F(_COLUMNS[dimension])
    inside = within_hours("created_at", organisation_ids)
    return Case(When(inside, then=Value("binnen")), default=Value("buiten"), output_field=CharField())


_COLUMNS = {
    Dimension.CHANNEL: "channel",
    Dimension.TEAM: "covered_by__name",
    Dimension.TOPIC: "topic__label",
    Dimension.ORGANISATION: "organisation__name",
}

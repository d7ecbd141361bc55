"""What somebody did themselves; asked by nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Avg, Count, OuterRef, QuerySet, Subquery

from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.desk.models import Satisfaction

from ..rules import Period
from .facts import moment


@dataclass(frozen=True)
class OwnWeek:
    """One week of one person."""

    period: Period
    answers: int
    #: Conversations answered in.
    conversations: int
    marks: int
    #: The mean of those marks, as it is read.
    mean: str


def own_week(member_ids: Iterable[UUID], organisation_ids: Iterable[int], period: Period) -> OwnWeek:
    """What these memberships of one person did in a week."""
    mine = list(member_ids)
    told = _answers(organisation_ids).filter(author__in=mine, **_within("created_at", period))
    counted = told.aggregate(answers=Count("id"), conversations=Count("conversation", distinct=True))
    marks = _marks(mine, organisation_ids, period).aggregate(marks=Count("id"), mean=Avg("score"))
    mean = f"{marks['mean']:.1f}".replace(".", ",") if marks["mean"] is not None else "–"
    return OwnWeek(period, counted["answers"], counted["conversations"], marks["marks"], mean)


def open_with(member_ids: Iterable[UUID], organisation_ids: Iterable[int]) -> int:
    """How many conversations wait for them now."""
    rows = Conversation.objects.filter(
        organisation_id__in=list(organisation_ids),
        assignee__in=list(member_ids),
        status=Conversation.Status.OPEN,
    )
    return rows.count()


def _answers(organisation_ids: Iterable[int]) -> "QuerySet[Message]":
    return Message.objects.filter(
        organisation_id__in=list(organisation_ids), direction=Message.Direction.OUTGOING, is_automatic=False
    )


def _marks(mine: list[UUID], organisation_ids: Iterable[int], period: Period) -> "QuerySet[Satisfaction]":
    """Marks for conversations in which they answered last before it was given."""
    ids = list(organisation_ids)
    before = _answers(ids).filter(conversation=OuterRef("conversation"), created_at__lte=OuterRef("at"))
    last = Subquery(before.order_by("-id").values("author")[:1])
    rows = Satisfaction.objects.filter(organisation_id__in=ids, **_within("at", period))
    return rows.annotate(answered_by=last).filter(answered_by__in=mine)


def _within(column: str, period: Period) -> dict[str, object]:
    after = moment(period.last + timedelta(days=1))
    return {f"{column}__gte": moment(period.first), f"{column}__lt": after}

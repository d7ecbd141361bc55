"""What was picked for a deed on many, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import QueryDict

from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.organisations.models import Member

from ..models import BulkAct, BulkChange
from ..rules.bulk import MOST_AT_ONCE, Tally, Verb, told
from .choices import Choice, Workplace, found_in, is_view_id


@dataclass(frozen=True)
class Picked:
    """Conversations by organisation."""

    ids: Mapping[int, list[UUID]]
    #: All that the list holds, not only what stood on the page.
    is_all: bool

    @property
    def total(self) -> int:
        """How many."""
        return sum(map(len, self.ids.values()))


def picked_in(posted: QueryDict, choice: Choice, workplace: Workplace, now: datetime) -> Picked:
    """The conversations that were ticked, or all of the list; of too many one more than the bound."""
    is_all = posted.get("all") == "1"
    if is_all:
        rows = found_in(choice, workplace, now).rows.order_by()
    else:
        ids = [each for each in posted.getlist("picked") if is_view_id(each)][: MOST_AT_ONCE + 1]
        rows = Conversation.objects.filter(organisation_id__in=workplace.ids, id__in=ids)
    found: dict[int, list[UUID]] = {}
    for organisation_id, number in rows.values_list("organisation_id", "id")[: MOST_AT_ONCE + 1]:
        found.setdefault(organisation_id, []).append(number)
    return Picked(found, is_all)


def colleagues_of(workplace: Workplace) -> QuerySet[Member]:
    """Whom somebody may give conversations to: the people of their own organisations."""
    rows = Member.objects.current().filter(organisation_id__in=workplace.own_ids)
    return rows.select_related("person").order_by("person__name")


def label_names(picked: Picked) -> list[str]:
    """The labels of the organisations that were picked from."""
    rows = Label.objects.filter(organisation_id__in=picked.ids).values_list("name", flat=True)
    return sorted({name.lower(): name for name in rows}.values())


def done_in(act: BulkAct) -> int:
    """How many there are to undo."""
    rows = BulkChange.objects.filter(organisation_id=act.organisation_id, act=act)
    return rows.filter(state=BulkChange.State.DONE).count()


@dataclass(frozen=True)
class Report:
    """What came of a deed on many."""

    batch: UUID
    text: str
    #: The worker goes on with it.
    is_busy: bool
    may_undo: bool


def acts_in(batch: UUID, workplace: Workplace) -> QuerySet[BulkAct]:
    """The acts of a batch, each of one organisation, for who did them."""
    rows = BulkAct.objects.filter(organisation_id__in=workplace.ids, batch=batch, by__in=workplace.member_ids)
    return rows.select_related("by__person")


def report_of(batch: UUID, workplace: Workplace, *, is_undoing: bool = False) -> Report | None:
    """None when this person did no such thing."""
    acts = list(acts_in(batch, workplace))
    if not acts:
        return None
    changes = BulkChange.objects.filter(organisation_id__in=workplace.ids, act__in=acts).order_by()
    tally = Tally(**dict(changes.values_list("state").annotate(number=Count("id"))))
    touched = tally.undone + tally.kept
    is_busy = bool(tally.waiting or (tally.done and (touched or is_undoing)))
    return Report(batch, told(Verb(acts[0].verb), tally), is_busy, bool(tally.done) and not is_busy)

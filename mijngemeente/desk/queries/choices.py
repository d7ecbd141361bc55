"""Where somebody works, and which of its conversations are looked at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.conversations.queries.conditions import Asker, ask
from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.rules import Coverage, Right
from mijngemeente.platform.errors import Refused

from .. import rules
from ..models import SavedView
from ..rules import ORDERS, Audience, Queue


class Organisations(Mapping[int, Organisation]):
    """Organisations by id, read when somebody asks for one: of hundreds a page names a few.

    Who asks for one that was not read gets all of them read, so that nobody asks for each.
    """

    def __init__(self, ids: Iterable[int]) -> None:
        self._ids = frozenset(ids)
        self._read: dict[int, Organisation] = {}

    def read(self, ids: Iterable[int]) -> None:
        """Read these, in one statement."""
        missing = self._ids.intersection(ids).difference(self._read)
        if missing:
            self._read |= Organisation.objects.in_bulk(missing)

    def at(self, slug: str) -> Organisation | None:
        """The one with this name in addresses."""
        found = Organisation.objects.filter(slug=slug).first() if slug else None
        return found if found and found.id in self._ids else None

    def __getitem__(self, number: int) -> Organisation:
        if number not in self._read:
            self.read(self._ids)
        return self._read[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, number: object) -> bool:
        return number in self._ids


@dataclass(frozen=True)
class Workplace:
    """Where one person works: what they may read, and as whom."""

    #: Organisations whose conversations this person reads, by id.
    organisations: Organisations
    member_ids: frozenset[UUID]
    #: Organisations this person is a member of; the others are covered under an agreement.
    own_ids: frozenset[int]
    #: Organisations whose conversations they may change.
    changing_ids: frozenset[int] = frozenset()

    @cached_property
    def ids(self) -> list[int]:
        """The ids to name in every query."""
        return sorted(self.organisations)


def workplace_of(coverage: Mapping[int, Coverage]) -> Workplace:
    """The workplace of somebody with this coverage."""
    readable = {number: each for number, each in coverage.items() if Right.READ in each.rights}
    return Workplace(
        Organisations(readable),
        member_ids=frozenset(each.member_id for each in readable.values()),
        own_ids=frozenset(number for number, each in readable.items() if each.is_own),
        changing_ids=frozenset(number for number, each in readable.items() if Right.ORGANISE in each.rights),
    )


@dataclass(frozen=True)
class Choice:
    """Which queue is looked at: what stands in the address of the list."""

    queue: Queue = Queue.UNASSIGNED
    #: None: all organisations of the workplace.
    organisation: Organisation | None = None
    page: int = 1
    #: The id of a saved view instead of a queue; empty for a queue.
    view_id: str = ""
    #: None when it is gone, or out of reach in this unit.
    view: SavedView | None = None

    @property
    def is_elsewhere(self) -> bool:
        """It names a view that cannot be read here."""
        return bool(self.view_id) and self.view is None

    def ids(self, workplace: Workplace) -> list[int]:
        """The organisations to look in."""
        return workplace.ids if self.organisation is None else [self.organisation.id]

    @cached_property
    def query(self) -> str:
        """The choice as part of an address, without the page."""
        chosen = {"rij": self.view_id or self.queue.value}
        if self.organisation is not None:
            chosen["gemeente"] = self.organisation.slug
        return urlencode(chosen)


def choice_of(asked: QueryDict, workplace: Workplace) -> Choice:
    """What the address asks for; what it cannot ask for falls back to everything. Inside a unit."""
    organisation = workplace.organisations.at(asked.get("gemeente", ""))
    fallback = Queue.ALL if organisation else Queue.UNASSIGNED
    wanted = asked.get("rij", "")
    number = asked.get("pagina", "")
    view_id = wanted if is_view_id(wanted) else ""
    return Choice(
        Queue(wanted) if wanted in set(Queue) else fallback,
        organisation,
        int(number) if number.isdecimal() and len(number) < 6 else 1,
        view_id,
        views_of(workplace).filter(id=view_id).first() if view_id else None,
    )


def is_view_id(asked: str) -> bool:
    """Whether an address names a saved view."""
    return bool(_VIEW_ID.fullmatch(asked))


_VIEW_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def queue_condition(queue: Queue, workplace: Workplace, now: datetime) -> Q:
    """Which conversations stand in a queue. Only conditions that an index may serve under row security."""
    ours = Q(status=Conversation.Status.OPEN)
    return {
        Queue.MINE: ours & Q(assignee__in=workplace.member_ids),
        Queue.UNASSIGNED: ours & Q(assignee__isnull=True),
        Queue.TEAM: ours & Q(covered_by__in=workplace.own_ids),
        Queue.ALL: ours,
        Queue.WAITING: Q(
            status__in=(Conversation.Status.WAITING_RESIDENT, Conversation.Status.WAITING_DEPARTMENT)
        ),
        Queue.SNOOZED: Q(status=Conversation.Status.SNOOZED),
        Queue.LATE: Q(status__in=STATES, amber_at__lte=now),
        Queue.CLOSED: Q(status=Conversation.Status.CLOSED, closed_at__gte=now - rules.CLOSED_LATELY),
    }[queue]


#: All but closed.
STATES = [status for status in Conversation.Status if status != Conversation.Status.CLOSED]


@dataclass(frozen=True)
class Found:
    """What a choice holds, and what its view says about itself."""

    #: In the order of the list.
    rows: ConversationQuerySet
    sentence: str = ""
    #: What in its conditions is gone, each in a sentence.
    problems: list[str] = field(default_factory=list)


def found_in(choice: Choice, workplace: Workplace, now: datetime) -> Found:
    """The conversations of a queue or saved view."""
    if choice.view is not None:
        return _found_in_view(choice.view, choice.ids(workplace), workplace, now)
    rows = Conversation.objects.filter(organisation_id__in=choice.ids(workplace))
    if choice.is_elsewhere:
        return Found(rows.none())
    order = _ORDER.get(choice.queue, "waiting_since")
    return Found(rows.filter(queue_condition(choice.queue, workplace, now)).order_by(order, "id"))


#: Queues in which not whoever waits longest comes first.
_ORDER = {
    Queue.LATE: "due_at",
    Queue.SNOOZED: "snoozed_until",
    Queue.WAITING: "-last_message_at",
    Queue.CLOSED: "-closed_at",
}


def _found_in_view(view: SavedView, ids: list[int], workplace: Workplace, now: datetime) -> Found:
    asker = Asker(now, tuple(_within(view, ids)), workplace.member_ids)
    try:
        answer = ask(condition_of(view.condition), asker)
    except Refused as refusal:
        return Found(Conversation.objects.none(), problems=[str(refusal)])
    team = Q(covered_by=view.organisation_id) if view.audience == Audience.TEAM else Q()
    rows = answer.rows.filter(team)
    return Found(rows.order_by(ORDERS[view.sorted_by].column, "id"), answer.sentence, answer.problems)


def _within(view: SavedView, ids: list[int]) -> list[int]:
    """The organisations that a view goes over."""
    if view.audience in (Audience.ORGANISATION, Audience.REGION):
        return [each for each in ids if each == view.organisation_id]
    return ids


def in_queue(choice: Choice, workplace: Workplace, now: datetime) -> ConversationQuerySet:
    """The conversations of a choice, in the order of the list."""
    return found_in(choice, workplace, now).rows


def views_of(workplace: Workplace) -> QuerySet[SavedView]:
    """The views that somebody sees; inside a unit."""
    own = Q(audience=Audience.PERSONAL, owner__in=workplace.member_ids)
    shared = Q(audience__in=(Audience.TEAM, Audience.ORGANISATION), organisation_id__in=workplace.own_ids)
    everybodys = Q(audience=Audience.REGION)
    return SavedView.objects.filter(own | shared | everybodys, organisation_id__in=workplace.ids)


def list_url(choice: Choice) -> str:
    """The list at the first page of the choice."""
    return f"{_desk_url()}?{choice.query}"


@cache
def _desk_url() -> str:
    """Asked for once: a page for who covers 342 municipalities links to it as often."""
    return reverse("desk:desk")

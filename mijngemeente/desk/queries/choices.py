"""Where somebody works, and which of its conversations are looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules import Coverage, Right

from .. import rules
from ..rules import Queue


@dataclass(frozen=True)
class Workplace:
    """Where one person works: what they may read, and as whom."""

    #: Organisations whose conversations this person reads, by id.
    organisations: Mapping[int, Organisation]
    member_ids: frozenset[UUID]
    #: Organisations this person is a member of; the others are covered under an agreement.
    own_ids: frozenset[int]

    @cached_property
    def ids(self) -> list[int]:
        """The ids to name in every query."""
        return sorted(self.organisations)


def workplace_of(coverage: Mapping[int, Coverage]) -> Workplace:
    """The workplace of somebody with this coverage."""
    readable = {number: each for number, each in coverage.items() if Right.READ in each.rights}
    member_ids = frozenset(each.member_id for each in readable.values())
    own = Member.objects.filter(id__in=member_ids).values_list("organisation_id", flat=True)
    return Workplace(Organisation.objects.in_bulk(readable.keys()), member_ids, frozenset(own))


@dataclass(frozen=True)
class Choice:
    """Which queue is looked at: what stands in the address of the list."""

    queue: Queue = Queue.UNASSIGNED
    #: None: all organisations of the workplace.
    organisation: Organisation | None = None
    page: int = 1

    @property
    def query(self) -> str:
        """The choice as part of an address, without the page."""
        chosen = {"rij": self.queue.value}
        if self.organisation is not None:
            chosen["gemeente"] = self.organisation.slug
        return urlencode(chosen)


def choice_of(asked: QueryDict, workplace: Workplace) -> Choice:
    """What the address asks for; anything it may not or cannot ask for falls back to everything."""
    slug = asked.get("gemeente", "")
    organisation = next((each for each in workplace.organisations.values() if each.slug == slug), None)
    fallback = Queue.ALL if organisation else Queue.UNASSIGNED
    wanted = asked.get("rij", "")
    number = asked.get("pagina", "")
    return Choice(
        Queue(wanted) if wanted in set(Queue) else fallback,
        organisation,
        int(number) if number.isdecimal() and len(number) < 6 else 1,
    )


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
        Queue.CLOSED: Q(status=Conversation.Status.CLOSED, last_message_at__gte=now - rules.CLOSED_LATELY),
    }[queue]


def in_queue(choice: Choice, workplace: Workplace, now: datetime) -> ConversationQuerySet:
    """The conversations of a queue: whoever waits longest first, or what happened last first."""
    ids = workplace.ids if choice.organisation is None else [choice.organisation.id]
    rows = Conversation.objects.filter(queue_condition(choice.queue, workplace, now), organisation_id__in=ids)
    if choice.queue.is_ours:
        return rows.order_by("waiting_since", "id")
    if choice.queue is Queue.SNOOZED:
        return rows.order_by("snoozed_until", "id")
    return rows.order_by("-last_message_at", "id")


def list_url(choice: Choice) -> str:
    """The list at the first page of the choice."""
    return f"{reverse('desk:desk')}?{choice.query}"

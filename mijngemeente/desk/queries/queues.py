"""The queues, how many wait in each, and the conversations in one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q
from django.http import QueryDict
from django.urls import reverse

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules import Coverage, Right

from .. import rules
from ..rules import QUEUES, Queue

ROWS = 50


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


def _condition(queue: Queue, workplace: Workplace, now: datetime) -> Q:
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
    rows = Conversation.objects.filter(_condition(choice.queue, workplace, now), organisation_id__in=ids)
    if choice.queue.is_ours:
        return rows.order_by("waiting_since", "id")
    if choice.queue is Queue.SNOOZED:
        return rows.order_by("snoozed_until", "id")
    return rows.order_by("-last_message_at", "id")


Counts = Mapping[int, Mapping[Queue, int]]


def counts_of(workplace: Workplace, now: datetime) -> Counts:
    """Organisation id → how many conversations stand in each queue.

    Two queries, as an `or` of what is open and what was closed lately makes PostgreSQL check row security
    row by row: 2 seconds instead of 65 milliseconds over 342 organisations with 40,000 such rows.
    """
    rows = Conversation.objects.filter(organisation_id__in=workplace.ids).order_by()
    numbers = {queue.name: Count("id", filter=_condition(queue, workplace, now)) for queue in _UNFINISHED}
    unfinished = rows.filter(status__in=_STATES).values("organisation_id").annotate(**numbers)
    counted: dict[int, dict[Queue, int]] = {
        number: dict(zip(_UNFINISHED, each, strict=True))
        for number, *each in unfinished.values_list("organisation_id", *numbers)
    }
    closed = rows.filter(_condition(Queue.CLOSED, workplace, now)).values("organisation_id")
    for number, count in closed.annotate(number=Count("id")).values_list("organisation_id", "number"):
        counted.setdefault(number, {})[Queue.CLOSED] = count
    return counted


_UNFINISHED = [queue for queue in Queue if queue is not Queue.CLOSED]
_STATES = [status for status in Conversation.Status if status != Conversation.Status.CLOSED]


@dataclass(frozen=True)
class QueueLink:
    """A queue in the first pane."""

    id: str
    name: str
    url: str
    icon: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class QueueGroup:
    """Queues under one heading."""

    id: str
    title: str
    queues: list[QueueLink]

    @property
    def is_long(self) -> bool:
        """So many that one wants to search."""
        return len(self.queues) > 12


def groups_of(choice: Choice, workplace: Workplace, counts: Counts) -> list[QueueGroup]:
    """The first pane: the queues, and with more than one organisation each of those."""
    groups = [QueueGroup("queues", "", [_queue_link(queue, choice, counts) for queue in Queue])]
    if len(workplace.organisations) > 1:
        named = sorted(workplace.organisations.values(), key=lambda each: each.name)
        links = [_organisation_link(each, choice, counts) for each in named]
        groups.append(QueueGroup("organisations", "Per gemeente", links))
    return groups


def _queue_link(queue: Queue, choice: Choice, counts: Counts) -> QueueLink:
    words = QUEUES[queue]
    return QueueLink(
        id=f"count-{queue.value}",
        name=words.name,
        url=list_url(Choice(queue, choice.organisation)),
        icon=words.icon,
        count=total_of(Choice(queue, choice.organisation), counts),
        is_current=queue == choice.queue,
    )


def _organisation_link(organisation: Organisation, choice: Choice, counts: Counts) -> QueueLink:
    is_current = choice.organisation == organisation
    return QueueLink(
        id=f"count-{organisation.slug}",
        name=organisation.name,
        # The chosen one leads back to all of them.
        url=list_url(Choice(choice.queue, None if is_current else organisation)),
        icon="",
        count=total_of(Choice(choice.queue, organisation), counts),
        is_current=is_current,
    )


def list_url(choice: Choice) -> str:
    """The list at the first page of the choice."""
    return f"{reverse('desk:desk')}?{choice.query}"


def total_of(choice: Choice, counts: Counts) -> int:
    """How many conversations the choice holds."""
    if choice.organisation is not None:
        return counts.get(choice.organisation.id, {}).get(choice.queue, 0)
    return sum(each.get(choice.queue, 0) for each in counts.values())


@dataclass(frozen=True)
class Due:
    """How long somebody waits."""

    #: calm or paused
    state: str
    text: str


@dataclass(frozen=True)
class Row:
    """One conversation in the list."""

    id: UUID
    url: str
    #: Fetches this row again.
    row_url: str
    number: int
    who: str
    topic: str
    words: str
    channel_icon: str
    channel_name: str
    #: Name of the organisation; empty when the list holds only one.
    place: str
    last_at: datetime
    due: Due | None
    assignee: Member | None
    #: As a badge; empty when it is ordinary.
    priority: str = ""
    is_current: bool = False
    #: No longer in this queue; it goes when the list is fetched anew.
    is_leaving: bool = False


@dataclass(frozen=True)
class List:
    """The second pane."""

    choice: Choice
    title: str
    page: "Page[Conversation]"
    rows: list[Row]
    empty_title: str
    empty_text: str
    new_note_url: str
    #: When it was read: news is what came after.
    read_at: datetime

    @property
    def query(self) -> str:
        """What the page links repeat."""
        return f"{self.choice.query}&"


class _Counted(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of a queue whose length is known already."""

    def __init__(self, rows: ConversationQuerySet, total: int) -> None:
        super().__init__(rows, ROWS)
        self._total = total

    @cached_property
    def count(self) -> int:
        """Counted with all other queues."""
        return self._total


def list_of(
    choice: Choice, workplace: Workplace, counts: Counts, *, now: datetime, current: str = ""
) -> List:
    """One page of a queue; `current` is the id of the conversation that stands open beside it."""
    found = in_queue(choice, workplace, now)
    # Related rows only for these fifty: joined, they would be read for the whole queue before sorting.
    related = found.prefetch_related("contact", "topic", "assignee__person")
    page = _Counted(related, total_of(choice, counts)).get_page(choice.page)
    words = QUEUES[choice.queue]
    return List(
        choice,
        title=words.name if choice.organisation is None else f"{words.name}: {choice.organisation.name}",
        page=page,
        rows=[row_of(each, choice, workplace, now=now, is_current=str(each.id) == current) for each in page],
        empty_title=words.empty_title,
        empty_text=words.empty_text,
        new_note_url=_new_note_url(choice, workplace),
        read_at=now,
    )


def row_of(
    conversation: Conversation,
    choice: Choice,
    workplace: Workplace,
    *,
    now: datetime,
    is_current: bool = False,
    is_leaving: bool = False,
) -> Row:
    """The conversation as the list shows it."""
    organisation = workplace.organisations[conversation.organisation_id]
    channel = CHANNELS.get(conversation.channel)
    is_alone = len(workplace.organisations) == 1 or choice.organisation is not None
    return Row(
        id=conversation.id,
        url=f"{url_of(organisation.slug, conversation.id)}?{choice.query}",
        row_url=f"{reverse('desk:row', args=[organisation.slug, conversation.id])}?{choice.query}",
        number=conversation.number,
        who=str(conversation.contact),
        topic=str(conversation.topic or conversation.subject),
        words=conversation.excerpt,
        channel_icon=channel.icon if channel else "envelope",
        channel_name=channel.name if channel else conversation.channel,
        place="" if is_alone else organisation.name,
        last_at=conversation.last_message_at,
        due=due_of(conversation, now),
        assignee=conversation.assignee,
        priority=priority_words(conversation),
        is_current=is_current,
        is_leaving=is_leaving,
    )


def due_of(conversation: Conversation, now: datetime) -> Due | None:
    """The clock of a conversation; None once it is closed."""
    if conversation.is_closed:
        return None
    if conversation.status != Conversation.Status.OPEN:
        return Due("paused", status_words(conversation, now))
    return Due("calm", rules.waiting_words(conversation.waited_seconds(now)))


def status_words(conversation: Conversation, now: datetime) -> str:
    """How it stands; of what was put off also until when."""
    until = conversation.snoozed_until
    said = conversation.get_status_display()
    return f"{said} tot {rules.future_words(until, now)}" if until else said


def priority_words(conversation: Conversation) -> str:
    """How much haste there is; empty when it is ordinary."""
    is_ordinary = conversation.priority == Conversation.Priority.NORMAL
    return "" if is_ordinary else conversation.get_priority_display()


def url_of(slug: str, conversation_id: UUID) -> str:
    """The page of a conversation."""
    return reverse("desk:conversation", args=[slug, conversation_id])


def _new_note_url(choice: Choice, workplace: Workplace) -> str:
    """Where a call is recorded: for the chosen organisation, or else one's own."""
    organisation = choice.organisation or workplace.organisations.get(min(workplace.own_ids, default=0))
    if organisation is None:
        return ""
    return reverse("desk:record_contact", args=[organisation.slug])


def next_in(choice: Choice, workplace: Workplace, *, after: str, now: datetime) -> Conversation | None:
    """The first conversation of the queue that is not the one just done."""
    rows = in_queue(choice, workplace, now)
    return next((each for each in rows[:2] if str(each.id) != after), None)


def longest_waiting(workplace: Workplace, choice: Choice) -> list[int]:
    """Organisations with a conversation of nobody, who waits longest first."""
    ids = workplace.ids if choice.organisation is None else [choice.organisation.id]
    rows = Conversation.objects.filter(
        organisation_id__in=ids, status=Conversation.Status.OPEN, assignee__isnull=True
    )
    oldest = rows.order_by().values("organisation_id").annotate(since=Min("waiting_since")).order_by("since")
    return list(oldest.values_list("organisation_id", flat=True))


def news_in(choice: Choice, workplace: Workplace, *, since: datetime, now: datetime) -> int:
    """How many conversations came into the queue since then."""
    rows = in_queue(choice, workplace, now)
    if choice.queue.is_ours:
        return rows.filter(waiting_since__gt=since).count()
    return rows.filter(last_message_at__gt=since).count()

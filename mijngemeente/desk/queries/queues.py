"""The second pane: the conversations in one queue."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q
from django.urls import reverse

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.conversations.queries.conditions import capped_count
from mijngemeente.reference.queries import topic_label

from .. import rules
from ..rules import MOST_COUNTED, QUEUES, Queue, QueueWords, count_words
from .addresses import address_of
from .choices import Choice, Workplace, found_in, in_queue
from .drafts import drafted
from .panes import Counts, total_of

ROWS = 50


@dataclass(frozen=True)
class Due:
    """How much time is left, or how long somebody waits while no norm says."""

    #: calm, soon (amber), late (red) or paused
    state: str
    text: str
    #: With the norm it is about; empty without one.
    full: str = ""


@dataclass(frozen=True)
class Row:
    """One conversation in the list."""

    conversation: Conversation
    url: str
    #: Fetches this row again.
    row_url: str
    who: str
    topic: str
    channel_icon: str
    channel_name: str
    #: Name of the organisation; empty when the list holds only one.
    place: str
    due: Due | None
    #: As a badge; empty when it is ordinary.
    priority: str
    #: It may be picked, to do something with many at once.
    is_pickable: bool
    #: The reader has a text here that was not sent.
    has_draft: bool = False
    is_current: bool = False
    #: No longer in this queue; it goes when the list is fetched anew.
    is_leaving: bool = False


@dataclass(frozen=True)
class List:
    """The second pane."""

    choice: Choice
    words: QueueWords
    page: "Page[Conversation]"
    rows: list[Row]
    new_note_url: str
    #: When it was read: news is what came after.
    read_at: datetime
    #: What a saved view asks, and what is wrong with it.
    sentence: str
    problems: list[str]
    #: Somebody may do something with many at once.
    is_pickable: bool

    @property
    def title(self) -> str:
        """The queue, and the organisation it is narrowed to."""
        organisation = self.choice.organisation
        return self.words.name if organisation is None else f"{self.words.name}: {organisation.name}"

    @property
    def edit_url(self) -> str:
        """Where a saved view is changed."""
        return reverse("desk:edit_view", args=[self.choice.view_id]) if self.choice.view else ""

    @property
    def total_words(self) -> str:
        """How many there are, as it is shown."""
        total = self.page.paginator.count
        return count_words(total) if self.choice.view_id else str(total)

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
    found = found_in(choice, workplace, now)
    # Related rows only for these fifty: joined, they would be read for the whole queue before sorting.
    rows = found.rows.prefetch_related("contact", "assignee__person")
    page = _Counted(rows, _total_of(rows, choice, counts)).get_page(choice.page)
    first = _alarming(rows) if page.number == 1 else []
    shown = [*first, *(each for each in page if each not in first)]
    return List(
        choice,
        words=_words_of(choice),
        page=page,
        rows=_drawn(shown, choice, workplace, now=now, current=current),
        new_note_url=_new_note_url(choice, workplace),
        read_at=now,
        sentence=found.sentence,
        problems=found.problems,
        is_pickable=bool(workplace.changing_ids),
    )


def _total_of(rows: ConversationQuerySet, choice: Choice, counts: Counts) -> int:
    return capped_count(rows, MOST_COUNTED) if choice.view_id else total_of(choice, counts)


def _drawn(
    shown: list[Conversation], choice: Choice, workplace: Workplace, *, now: datetime, current: str
) -> list[Row]:
    workplace.organisations.read(each.organisation_id for each in shown)
    drafts = drafted(shown, workplace.member_ids)
    return [
        row_of(
            each,
            choice,
            workplace,
            now=now,
            has_draft=each.id in drafts,
            is_current=str(each.id) == current,
        )
        for each in shown
    ]


def _alarming(rows: ConversationQuerySet) -> list[Conversation]:
    """Who may be in danger stands above the queue, whatever its order."""
    alarming = rows.filter(status=Conversation.Status.OPEN).exclude(alarm="")
    return list(alarming.order_by("waiting_since", "id")[:ALARMS])


#: More at once are one event; the rest follows as these are taken.
ALARMS = 10


def _words_of(choice: Choice) -> QueueWords:
    if choice.view is not None:
        return QueueWords(choice.view.name, choice.view.icon, *_NONE_MATCHES)
    return _GONE if choice.is_elsewhere else QUEUES[choice.queue]


_NONE_MATCHES = (
    "Er staat niets in deze rij",
    "Nu is er geen gesprek dat aan de voorwaarden voldoet.",
)
_GONE = QueueWords(
    "Deze rij is er niet meer", "filter", "Deze rij is er niet meer", "Kies links een andere rij."
)


def row_of(
    conversation: Conversation, choice: Choice, workplace: Workplace, *, now: datetime, **marks: bool
) -> Row:
    """The conversation as the list shows it; `marks` are the last fields of `Row`."""
    organisation = workplace.organisations[conversation.organisation_id]
    icon, name = channel_words(conversation.channel)
    is_alone = len(workplace.organisations) == 1 or choice.organisation is not None
    return Row(
        conversation,
        url=f"{url_of(organisation.slug, conversation.id)}?{choice.query}",
        row_url=f"{address_of('row', organisation.slug, conversation.id)}?{choice.query}",
        who=str(conversation.contact),
        topic=topic_label(conversation.topic_id) or conversation.subject,
        channel_icon=icon,
        channel_name=name,
        place="" if is_alone else organisation.name,
        due=due_of(conversation, now),
        priority=priority_words(conversation),
        is_pickable=organisation.id in workplace.changing_ids,
        **marks,
    )


def channel_words(kind: str) -> tuple[str, str]:
    """The picture and the name of a channel, also of one that is no more."""
    channel = CHANNELS.get(kind)
    return (channel.icon, channel.name) if channel else ("envelope", kind)


def due_of(conversation: Conversation, now: datetime) -> Due | None:
    """The clock of a conversation; None once it is closed."""
    if conversation.is_closed:
        return None
    state = _state_of(conversation, now)
    if conversation.status != Conversation.Status.OPEN and state in ("paused", "calm"):
        return Due("paused", status_words(conversation, now))
    if conversation.due_at is None:
        return Due("calm", rules.waiting_words(conversation.waited_seconds(now)))
    norm = conversation.get_due_norm_display()
    return Due(
        state,
        rules.left_words(conversation.due_at, now),
        rules.norm_words(norm, conversation.due_at, now),
    )


def _state_of(conversation: Conversation, now: datetime) -> str:
    if conversation.due_at is None or conversation.amber_at is None:
        return "paused"
    if conversation.due_at <= now:
        return "late"
    return "soon" if conversation.amber_at <= now else "calm"


def status_words(conversation: Conversation, now: datetime) -> str:
    """How it stands; of what was put off also until when."""
    until = conversation.snoozed_until
    said = conversation.get_status_display()
    return f"{said} tot {rules.future_words(until, now)}" if until else said


def priority_words(conversation: Conversation) -> str:
    """How much haste there is, danger before all; empty when it is ordinary."""
    if conversation.alarm:
        return conversation.get_alarm_display()
    is_ordinary = conversation.priority == Conversation.Priority.NORMAL
    return "" if is_ordinary else conversation.get_priority_display()


def url_of(slug: str, conversation_id: UUID) -> str:
    """The page of a conversation."""
    return address_of("conversation", slug, conversation_id)


def _new_note_url(choice: Choice, workplace: Workplace) -> str:
    """Where a call is recorded: for the chosen organisation, or else one's own; empty for who only reads."""
    number = choice.organisation.id if choice.organisation else min(workplace.own_ids, default=0)
    if number not in workplace.changing_ids:
        return ""
    workplace.organisations.read([number])
    return reverse("desk:record_contact", args=[workplace.organisations[number].slug])


def next_in(choice: Choice, workplace: Workplace, *, after: str, now: datetime) -> Conversation | None:
    """The first conversation of the queue that is not the one just done."""
    rows = in_queue(choice, workplace, now)
    first = [*_alarming(rows), *rows[:2]]
    return next((each for each in first if str(each.id) != after), None)


def longest_waiting(workplace: Workplace, choice: Choice) -> list[int]:
    """Organisations with a conversation of nobody, who waits longest first; danger before that."""
    ids = workplace.ids if choice.organisation is None else [choice.organisation.id]
    rows = Conversation.objects.filter(
        organisation_id__in=ids, status=Conversation.Status.OPEN, assignee__isnull=True
    )
    alarms = Count("id", filter=~Q(alarm=""))
    grouped = rows.order_by().values("organisation_id").annotate(since=Min("waiting_since"), alarms=alarms)
    oldest = grouped.order_by("-alarms", "since")
    return list(oldest.values_list("organisation_id", flat=True))


def news_in(choice: Choice, workplace: Workplace, *, since: datetime, now: datetime) -> int:
    """How many conversations came into the queue since then."""
    rows = in_queue(choice, workplace, now)
    return rows.filter(**{f"{_arrival(choice)}__gt": since}).order_by()[:MOST_COUNTED].count()


@dataclass(frozen=True)
class Alarming:
    """Somebody who may be in danger or distress."""

    who: str
    url: str


def alarm_since(workplace: Workplace, since: datetime) -> Alarming | None:
    """Who came since then and cannot wait until somebody asks for the news, in whatever queue."""
    rows = Conversation.objects.filter(organisation_id__in=workplace.ids, waiting_since__gt=since)
    alarming = rows.filter(status=Conversation.Status.OPEN).exclude(alarm="").select_related("contact")
    first = alarming.order_by("waiting_since", "id").first()
    if first is None:
        return None
    slug = workplace.organisations[first.organisation_id].slug
    return Alarming(str(first.contact), reverse("desk:conversation", args=[slug, first.id]))


def _arrival(choice: Choice) -> str:
    """What tells when a conversation came into the queue."""
    if choice.view_id:
        return "last_message_at"
    return "waiting_since" if choice.queue.is_ours else _ARRIVALS.get(choice.queue, "last_message_at")


_ARRIVALS = {Queue.CLOSED: "closed_at"}

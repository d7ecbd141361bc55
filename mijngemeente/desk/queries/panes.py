"""The first pane: the queues, and how many wait in each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Count
from django.urls import reverse

from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.queries import asked_in
from mijngemeente.conversations.queries.conditions import capped_count
from mijngemeente.organisations.models import Organisation

from ..models import SavedView
from ..rules import MOST_COUNTED, QUEUES, Queue, count_words
from .choices import STATES, Choice, Workplace, found_in, list_url, queue_condition, views_of

Counts = Mapping[int, Mapping[Queue, int]]


def counts_of(workplace: Workplace, now: datetime) -> Counts:
    """Organisation id → how many conversations stand in each queue.

    Two queries, as an `or` of what is open and what was closed lately makes PostgreSQL check row security
    row by row: 2 seconds instead of 65 milliseconds over 342 organisations with 40,000 such rows.
    """
    rows = Conversation.objects.filter(organisation_id__in=workplace.ids).order_by()
    numbers = {
        # Of a column that the index holds.
        queue.name: Count("organisation_id", filter=queue_condition(queue, workplace, now))
        for queue in _UNFINISHED
    }
    unfinished = rows.filter(status__in=STATES).values("organisation_id").annotate(**numbers)
    counted: dict[int, dict[Queue, int]] = {
        number: dict(zip(_UNFINISHED, each, strict=True))
        for number, *each in unfinished.values_list("organisation_id", *numbers)
    }
    closed = rows.filter(queue_condition(Queue.CLOSED, workplace, now)).values("organisation_id")
    for number, count in closed.annotate(number=Count("*")).values_list("organisation_id", "number"):
        counted.setdefault(number, {})[Queue.CLOSED] = count
    return counted


_UNFINISHED = [queue for queue in Queue if queue is not Queue.CLOSED]


@dataclass(frozen=True)
class QueueLink:
    """A queue in the first pane."""

    id: str
    name: str
    url: str
    icon: str
    #: None while it is still being counted.
    count: int | None
    is_current: bool
    #: Of a count that has a bound.
    shown: str = ""


@dataclass(frozen=True)
class QueueGroup:
    """Queues under one heading."""

    id: str
    title: str
    queues: list[QueueLink]
    #: Where its counts are fetched afterwards; empty when they are here.
    counts_url: str = ""
    #: Where one is added.
    new_url: str = ""
    #: Where the rest of it comes from once somebody opens it; empty when it is all here.
    rest_url: str = ""


def groups_of(choice: Choice, workplace: Workplace, counts: Counts) -> list[QueueGroup]:
    """The first pane: the queues, and with more than one organisation each of those."""
    groups = [QueueGroup("queues", "", [_queue_link(queue, choice, counts) for queue in Queue])]
    groups.append(_views_group(choice, workplace))
    groups.append(QueueGroup("pending", "", [_pending_link(workplace)]))
    if len(workplace.organisations) > 1:
        groups.append(_organisations_group(choice, workplace, counts))
    return groups


def _organisations_group(choice: Choice, workplace: Workplace, counts: Counts) -> QueueGroup:
    """Of many only the chosen one: a list of 342 was most of each page, and of what it cost."""
    title = "Per gemeente"
    if len(workplace.organisations) <= FEW:
        return QueueGroup("organisations", title, organisation_links(choice, workplace, counts))
    chosen = [choice.organisation] if choice.organisation else []
    links = [_organisation_link(each, choice, counts) for each in chosen]
    url = f"{reverse('desk:organisations')}?{choice.query}"
    return QueueGroup("organisations", title, links, rest_url=url)


def organisation_links(choice: Choice, workplace: Workplace, counts: Counts) -> list[QueueLink]:
    """Each organisation as a narrowing of the queue, by name."""
    named = sorted(workplace.organisations.values(), key=lambda each: each.name)
    return [_organisation_link(each, choice, counts) for each in named]


def _pending_link(workplace: Workplace) -> QueueLink:
    """Answers that wait; the count is of those that this person is asked to read."""
    return QueueLink(
        id="count-pending",
        name="Klaargezet",
        url=reverse("desk:pending"),
        icon="eye",
        count=asked_in(workplace.changing_ids, workplace.member_ids).count(),
        is_current=False,
    )


def _views_group(choice: Choice, workplace: Workplace) -> QueueGroup:
    url = f"{reverse('desk:view_counts')}?{choice.query}"
    links = [_view_link(view, choice) for view in views_of(workplace)[:VIEWS]]
    return QueueGroup("views", "Eigen rijen", links, url if links else "", reverse("desk:new_view"))


def _view_link(view: SavedView, choice: Choice, count: int | None = None) -> QueueLink:
    return QueueLink(
        id=f"count-{view.id}",
        name=view.name,
        url=list_url(Choice(organisation=choice.organisation, view_id=str(view.id))),
        icon=view.icon,
        count=count,
        is_current=choice.view_id == str(view.id),
        shown="" if count is None else count_words(count),
    )


def view_links(choice: Choice, workplace: Workplace, now: datetime) -> list[QueueLink]:
    """The saved views with their counts, as far as these can be had quickly."""
    return [
        _view_link(view, choice, _quick_count(replace(choice, view=view), workplace, now))
        for view in views_of(workplace)[:VIEWS]
    ]


def _quick_count(choice: Choice, workplace: Workplace, now: datetime) -> int | None:
    """None when it takes the database too long; others want it too."""
    try:
        with transaction.atomic():
            _allow(COUNT_MILLISECONDS)
            count = capped_count(found_in(choice, workplace, now).rows, MOST_COUNTED)
            _allow(0)
    except OperationalError:
        return None
    return count


def _allow(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])


#: More organisations than this one wants to search.
FEW = 12
#: As many views are listed and counted.
VIEWS = 40
#: For one view; a slow one stays without a count, and costs nobody else more than this.
COUNT_MILLISECONDS = 500


def _queue_link(queue: Queue, choice: Choice, counts: Counts) -> QueueLink:
    words = QUEUES[queue]
    return QueueLink(
        id=f"count-{queue.value}",
        name=words.name,
        url=list_url(Choice(queue, choice.organisation)),
        icon=words.icon,
        count=total_of(Choice(queue, choice.organisation), counts),
        is_current=queue == choice.queue and not choice.view_id,
    )


def _organisation_link(organisation: Organisation, choice: Choice, counts: Counts) -> QueueLink:
    is_current = choice.organisation == organisation
    return QueueLink(
        id=f"count-{organisation.slug}",
        name=organisation.name,
        # The chosen one leads back to all of them.
        url=list_url(replace(choice, organisation=None if is_current else organisation)),
        icon="",
        count=total_of(Choice(choice.queue, organisation), counts),
        is_current=is_current,
    )


def total_of(choice: Choice, counts: Counts) -> int:
    """How many conversations the choice holds."""
    if choice.organisation is not None:
        return counts.get(choice.organisation.id, {}).get(choice.queue, 0)
    return sum(each.get(choice.queue, 0) for each in counts.values())

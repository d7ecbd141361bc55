"""Which team covers a conversation by the agreements of its organisation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, DepartmentQuestion
from mijngemeente.organisations.models import ServiceAgreement
from mijngemeente.organisations.queries import hours_for, members_answering_for
from mijngemeente.organisations.rules.covering import (
    Asked,
    Clocks,
    Cover,
    Crowd,
    Terms,
    is_on_duty,
    line_of,
    who_covers,
)
from mijngemeente.reference.models import Topic

from .placing import TRIED_ON


def agreements_of(organisation_id: int) -> "QuerySet[ServiceAgreement]":
    """All of its agreements that are not over, in the order in which they are looked at."""
    lasting = ServiceAgreement.objects.lasting(timezone.localdate()).filter(client_id=organisation_id)
    return lasting.select_related("provider", "client").order_by("position", "starts_on", "id")


def agreements_at_work(organisation_id: int) -> "QuerySet[ServiceAgreement]":
    """Those by which others get what residents ask this organisation."""
    return agreements_of(organisation_id).filter(is_on=True)


def broken_agreements(organisation_id: int) -> "QuerySet[ServiceAgreement]":
    """Those that switched themselves off, and wait for somebody to mend them."""
    return agreements_of(organisation_id).filter(is_on=False).exclude(problem="")


class Covering:
    """Who covers what of one organisation, with its agreements and everybody's hours read once."""

    def __init__(self, organisation_id: int, agreements: Iterable[ServiceAgreement]) -> None:
        self.terms: Sequence[Terms] = [each.terms for each in agreements]
        hours = hours_for({organisation_id, *(each.provider_id for each in self.terms)})
        self._clocks = Clocks(hours[organisation_id], hours)

    @property
    def counts_crowds(self) -> bool:
        """How busy it is makes a difference."""
        return any(each.helps_above is not None or each.most_open is not None for each in self.terms)

    def is_open(self, at: datetime) -> bool:
        """The organisation itself."""
        return self._clocks.own.is_open(at)

    def could_take(self, terms: Terms, asked: Asked, at: datetime) -> bool:
        """Whether that team was there for it, crowds left out."""
        return terms.are_about(asked) and is_on_duty(terms, self._clocks, at)

    def of(self, asked: Asked, crowd: Crowd, at: datetime) -> Cover:
        """Who covers it at that moment."""
        return who_covers(asked, self.terms, self._clocks, crowd, at)


def asked_of(conversation: Conversation) -> Asked:
    """What decides who covers the conversation."""
    questions = _department_questions(conversation.organisation_id)
    return _asked(conversation, asks_department=questions.filter(conversation=conversation).exists())


def _asked(conversation: Conversation, *, asks_department: bool) -> Asked:
    return Asked(
        channel=conversation.channel,
        topic_group=conversation.topic.group if conversation.topic else "",
        line=line_of(
            conversation.kind,
            is_formal=bool(conversation.formal_kind),
            asks_department=asks_department,
            is_alarm=bool(conversation.alarm),
        ),
        covered_by=conversation.covered_by_id,
    )


def _department_questions(organisation_id: int) -> "QuerySet[DepartmentQuestion]":
    return DepartmentQuestion.objects.filter(organisation_id=organisation_id, withdrawn_at=None)


def crowd_of(organisation_id: int) -> Crowd:
    """How busy it is for each team that works for this organisation."""
    rows = Conversation.objects.filter(organisation_id=organisation_id, status=Conversation.Status.OPEN)
    counted = rows.order_by().values_list("covered_by").annotate(count=Count("id"))
    own = rows.filter(covered_by=organisation_id, assignee__isnull=True)
    return Crowd(own.count(), dict(counted))


def due_to_move(now: datetime) -> list[int]:
    """Organisations with something open of nobody for which the hour has changed: one index."""
    rows = Conversation.objects.filter(
        covers_until__lte=now, status=Conversation.Status.OPEN, assignee__isnull=True
    )
    return sorted(set(rows.values_list("organisation_id", flat=True)))


@dataclass(frozen=True)
class Shift:
    """What an agreement would have done in the past month."""

    #: New conversations in that time, and how many this team would have got as they came in.
    asked: int
    moved: int
    #: How many of those moved came while the organisation was closed.
    while_closed: int
    #: How many more this team could have taken, had one above it not taken them first.
    taken_before: int
    #: The most frequent topics among those moved, with their counts.
    topics: list[tuple[str, int]]
    #: Only the newest were looked at.
    is_part: bool


#: Somebody waits for the number.
LOOKED_BACK = 10_000
TOPICS = 5


def shift_by(tried: ServiceAgreement, above: Iterable[ServiceAgreement], now: datetime) -> Shift:
    """Try an agreement on last month, as if it held all of it, below those that are looked at before it.

    Without crowds: how busy it was at each moment nobody wrote down.
    """
    covering = Covering(tried.client_id, [*above, tried])
    *before, terms = covering.terms
    terms = replace(terms, starts_on=date.min, ends_on=None)
    recent, is_part = _lately(tried.client_id, now)
    fitting = [(each, asked) for each, asked in recent if covering.could_take(terms, asked, each.created_at)]
    moved = [
        each
        for each, asked in fitting
        if not any(covering.could_take(first, asked, each.created_at) for first in before)
    ]
    topics = Counter(str(each.topic or "nog geen onderwerp") for each in moved)
    return Shift(
        asked=len(recent),
        moved=len(moved),
        while_closed=sum(not covering.is_open(each.created_at) for each in moved),
        taken_before=len(fitting) - len(moved),
        topics=topics.most_common(TOPICS),
        is_part=is_part,
    )


def _lately(organisation_id: int, now: datetime) -> tuple[list[tuple[Conversation, Asked]], bool]:
    """New conversations of the past month with what is asked of each, and whether there were more."""
    rows = Conversation.objects.filter(organisation_id=organisation_id, created_at__gte=now - TRIED_ON)
    recent = list(rows.select_related("topic").order_by("-created_at")[: LOOKED_BACK + 1])
    asking = set(_department_questions(organisation_id).values_list("conversation_id", flat=True))
    found = [(each, _asked(each, asks_department=each.id in asking)) for each in recent[:LOOKED_BACK]]
    return found, len(recent) > LOOKED_BACK


def trouble_with(agreement: ServiceAgreement) -> str:
    """Why an agreement can no longer do what it says, in a sentence; empty when it can."""
    provider = agreement.provider
    if agreement.is_over(timezone.localdate()):
        return "Deze afspraak is voorbij. Maak een nieuwe."
    if not provider.is_active:
        return f"{provider.name} doet niet meer mee."
    if not any(each.organisation_id == provider.id for each in members_answering_for(provider.id)):
        return f"Bij {provider.name} werkt niemand meer die mag antwoorden."
    if agreement.channels and not set(agreement.channels) & set(CHANNELS):
        return "De kanalen van deze afspraak bestaan niet meer."
    groups = Topic.objects.filter(group__in=agreement.topic_groups)
    if agreement.topic_groups and not groups.exists():
        return "De onderwerpen van deze afspraak bestaan niet meer."
    return ""

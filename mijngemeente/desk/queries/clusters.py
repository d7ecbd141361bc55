"""Events that many write about, as the desk shows them, and what each would be answered."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mijngemeente.answers.rules.blanks import blanks_in, fill
from mijngemeente.clusters import rules as clusters
from mijngemeente.clusters.models import Belonging, Cluster
from mijngemeente.clusters.queries import belonging_of, first_texts
from mijngemeente.conversations.models import Conversation, Delivery, Message
from mijngemeente.conversations.rules import excerpt_of
from mijngemeente.organisations.models import EngagementRules, Member, Organisation
from mijngemeente.organisations.queries import rules_of

from ..models import ClusterAnswer, ClusterReply
from ..rules import Finding, placed
from ..rules.clusters import REASONS, SETTLED, Purpose, Reason, Standing, reason_to_skip, told
from .answers import values_for
from .checks import check
from .choices import Workplace
from .pages import as_whom

#: More of one event on one page is not read.
SHOWN = 200
#: More events in one list are not read either.
LISTED = 50

_State = Cluster.State


def parts_of(event: UUID, workplace: Workplace) -> list[Cluster]:
    """What this person may see of an event: the parts of the organisations they work for."""
    rows = Cluster.objects.filter(organisation_id__in=workplace.ids, event=event)
    return list(rows.order_by("first_at", "organisation_id"))


@dataclass(frozen=True)
class Event:
    """An event in the list."""

    name: str
    sentence: str
    #: The same without the name.
    counted: str
    state: str
    state_words: str
    url: str
    #: Names of the organisations, where these are more than one.
    places: list[str]
    words: list[str]


def events_in(workplace: Workplace, *states: str) -> list[Event]:
    """Those in these states, the latest first."""
    rows = Cluster.objects.filter(organisation_id__in=workplace.ids, state__in=states)
    found: dict[UUID, list[Cluster]] = {}
    for each in rows.order_by("-last_at")[: 10 * LISTED]:
        found.setdefault(each.event, []).append(each)
    counts = counts_of([part for parts in found.values() for part in parts])
    workplace.organisations.read(part.organisation_id for parts in found.values() for part in parts)
    shown = [parts for parts in found.values() if is_telling(parts, counts)]
    return [_event(parts, counts, workplace) for parts in shown[:LISTED]]


def counts_of(parts: Iterable[Cluster]) -> Mapping[UUID, int]:
    """How many conversations belong to each part."""
    ids = [each.id for each in parts]
    rows = Belonging.objects.filter(cluster__in=ids, state=Belonging.State.IN).order_by()
    return dict(rows.values_list("cluster").annotate(number=Count("id")))


def is_telling(parts: Sequence[Cluster], counts: Mapping[UUID, int]) -> bool:
    """Whether this reader sees enough of it to judge: one message of an event elsewhere is nothing yet."""
    judged = any(each.state != _State.PROPOSED for each in parts)
    return judged or sum(counts.get(each.id, 0) for each in parts) >= clusters.FEWEST


def _event(parts: Sequence[Cluster], counts: Mapping[UUID, int], workplace: Workplace) -> Event:
    first = parts[0]
    return Event(
        name=first.name,
        sentence=sentence_of(parts, counts),
        counted=counted_of(parts, counts),
        state=first.state,
        state_words=first.get_state_display(),
        url=reverse("desk:cluster", args=[first.event]),
        places=[workplace.organisations[each.organisation_id].name for each in parts],
        words=first.words[:5],
    )


def sentence_of(parts: Sequence[Cluster], counts: Mapping[UUID, int]) -> str:
    """ "7 meldingen over riolering in Berkel-Enschot sinds 9:10"."""
    total, since = _total(parts, counts)
    return clusters.told(total, parts[0].name, since, timezone.localtime())


def counted_of(parts: Sequence[Cluster], counts: Mapping[UUID, int]) -> str:
    """ "7 meldingen sinds 9:10"."""
    total, since = _total(parts, counts)
    return clusters.counted(total, since, timezone.localtime())


def _total(parts: Sequence[Cluster], counts: Mapping[UUID, int]) -> tuple[int, datetime]:
    """How many, and when the first came."""
    first_at = min(each.first_at for each in parts)
    return sum(counts.get(each.id, 0) for each in parts), timezone.localtime(first_at)


@dataclass(frozen=True)
class ShownMember:
    """One conversation of an event."""

    id: UUID
    who: str
    number: int
    #: First words of what the resident wrote first.
    said: str
    at: datetime
    url: str
    is_in: bool
    is_later: bool
    status: str
    is_answered: bool


@dataclass(frozen=True)
class ShownPart:
    """What one organisation has of it."""

    cluster: Cluster
    organisation: Organisation
    members: list[ShownMember]
    left_out: list[ShownMember]
    #: How many there are that do not stand on the page.
    unseen: int
    may_judge: bool
    may_answer: bool
    #: In it and without an answer.
    unanswered: int


def part_of(cluster: Cluster, workplace: Workplace, *, may_answer: bool) -> ShownPart:
    """With its conversations, the oldest first."""
    organisation = workplace.organisations[cluster.organisation_id]
    rows = Belonging.objects.filter(organisation_id=cluster.organisation_id, cluster=cluster)
    unanswered = Q(state=Belonging.State.IN, conversation__first_replied_at=None)
    open_ones = ~Q(conversation__status=Conversation.Status.CLOSED)
    tally = rows.aggregate(total=Count("id"), unanswered=Count("id", filter=unanswered & open_ones))
    found = rows.select_related("conversation__contact").order_by("conversation__created_at", "id")
    shown = list(found[:SHOWN])
    texts = first_texts([each.conversation for each in shown])
    members = [_member(each, organisation.slug, texts[each.conversation_id]) for each in shown]
    return ShownPart(
        cluster=cluster,
        organisation=organisation,
        members=[each for each in members if each.is_in or cluster.state == _State.REFUSED],
        left_out=[each for each in members if not each.is_in and cluster.state != _State.REFUSED],
        unseen=max(0, tally["total"] - SHOWN),
        may_judge=cluster.organisation_id in workplace.changing_ids,
        may_answer=may_answer,
        unanswered=tally["unanswered"],
    )


def _member(belonging: Belonging, slug: str, text: str) -> ShownMember:
    conversation = belonging.conversation
    return ShownMember(
        id=conversation.id,
        who=str(conversation.contact),
        number=conversation.number,
        said=excerpt_of(text),
        at=conversation.created_at,
        url=reverse("desk:conversation", args=[slug, conversation.id]),
        is_in=belonging.state == Belonging.State.IN,
        is_later=belonging.is_later,
        status=conversation.get_status_display(),
        is_answered=conversation.first_replied_at is not None,
    )


@dataclass(frozen=True)
class Belongs:
    """The event that an open conversation belongs to, as its page tells it."""

    name: str
    url: str
    number: int
    #: What others were told, when this resident can have it too with one key.
    answer: str


def belongs_of(conversation: Conversation) -> Belongs | None:
    """None for a conversation of no event."""
    belonging = belonging_of(conversation)
    if belonging is None:
        return None
    cluster = belonging.cluster
    last = last_answer(cluster)
    fits = last is not None and reason_for(conversation, cluster, Purpose(last.purpose)) is None
    return Belongs(
        name=cluster.name,
        url=reverse("desk:cluster", args=[cluster.event]),
        number=counts_of([cluster]).get(cluster.id, 0),
        answer=last.text if last is not None and fits else "",
    )


def last_answer(cluster: Cluster) -> ClusterAnswer | None:
    """What all were told last."""
    rows = ClusterAnswer.objects.filter(organisation_id=cluster.organisation_id, cluster=cluster)
    return rows.filter(state=ClusterAnswer.State.SENDING).order_by("-at").first()


def reason_for(conversation: Conversation, cluster: Cluster, purpose: Purpose) -> Reason | None:
    """Why this conversation cannot have the answer of all."""
    return reason_to_skip(standing_of(conversation, had_news(cluster, [conversation.id])), purpose)


def standing_of(conversation: Conversation, had: Iterable[UUID]) -> Standing:
    """How it stands; `had` are those that got an answer of the event before."""
    return Standing(
        is_closed=conversation.is_closed,
        is_merged=conversation.merged_into_id is not None,
        is_formal=bool(conversation.formal_kind) or conversation.kind == Conversation.Kind.FORMAL,
        alarm=conversation.alarm,
        language=conversation.language,
        has_answer=conversation.first_replied_at is not None,
        is_waiting=conversation.waiting_since is not None,
        had_news=conversation.id in set(had),
    )


def had_news(cluster: Cluster, conversation_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these got an answer of this event before."""
    rows = ClusterReply.objects.filter(
        organisation_id=cluster.organisation_id,
        answer__cluster=cluster,
        state=ClusterReply.State.SENT,
        conversation__in=list(conversation_ids),
    )
    return set(rows.values_list("conversation_id", flat=True))


def spoken_in(organisation_id: int, conversation_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How much resident and colleagues said, as `spoken_count` has it for one."""
    rows = Message.objects.filter(
        organisation_id=organisation_id, conversation__in=conversation_ids, is_automatic=False
    )
    rows = rows.exclude(direction=Message.Direction.NOTE).order_by()
    return dict(rows.values_list("conversation").annotate(number=Count("id")))


def letter_to(
    conversation: Conversation,
    organisation: Organisation,
    by: Member,
    text: str,
    engagement: EngagementRules,
) -> str | None:
    """The whole answer as this resident reads it; None if there is no way to reach them."""
    letter = as_whom(conversation, organisation, by, engagement)
    if letter is None:
        return None
    return placed(letter.opening, letter.caret, fill(text, values_for(conversation, by)))


@dataclass(frozen=True)
class Skipped:
    """Somebody who does not get the answer, and why."""

    who: str
    number: int
    why: str
    url: str
    needs_person: bool


@dataclass(frozen=True)
class Preview:
    """What one organisation is about to say."""

    organisation: Organisation
    #: How many get it.
    number: int
    #: To the first of them.
    who: str
    letter: str
    #: Blanks that nothing fills there.
    open_blanks: list[str]
    findings: list[Finding]
    skipped: list[Skipped]


def preview_of(answer: ClusterAnswer, organisation: Organisation) -> Preview:
    """As its first resident would read it; in the unit of that organisation."""
    waiting = _replies(answer, ClusterReply.State.WAITING)
    first = waiting.first()
    letter, findings = "", list[Finding]()
    if first is not None:
        conversation = first.conversation
        letter = (
            letter_to(conversation, organisation, answer.by, answer.text, rules_of(organisation.id)) or ""
        )
        findings = check(letter, conversation, organisation, answer.by, has_files=False)
    return Preview(
        organisation=organisation,
        number=waiting.count(),
        who=str(first.conversation.contact) if first else "",
        letter=letter,
        open_blanks=blanks_in(letter),
        findings=findings,
        skipped=skipped_in([answer], {organisation.id: organisation}),
    )


def _replies(answer: ClusterAnswer, state: str) -> QuerySet[ClusterReply]:
    rows = ClusterReply.objects.filter(organisation_id=answer.organisation_id, answer=answer, state=state)
    return rows.select_related("conversation__contact", "conversation__organisation").order_by("id")


def skipped_in(answers: Iterable[ClusterAnswer], organisations: Mapping[int, Organisation]) -> list[Skipped]:
    """Who does not get it; those who need a person first."""
    rows = ClusterReply.objects.filter(
        organisation_id__in=list(organisations),
        answer__in=[each.id for each in answers],
        state=ClusterReply.State.SKIPPED,
    ).select_related("conversation__contact")
    found = [_skipped(each, organisations[each.organisation_id].slug) for each in rows.order_by("id")[:SHOWN]]
    return sorted(found, key=lambda each: not each.needs_person)


def _skipped(reply: ClusterReply, slug: str) -> Skipped:
    reason = Reason(reply.reason)
    return Skipped(
        who=str(reply.conversation.contact),
        number=reply.conversation.number,
        why=REASONS[reason],
        url=reverse("desk:conversation", args=[slug, reply.conversation_id]),
        needs_person=reason not in SETTLED,
    )


@dataclass(frozen=True)
class AnswerReport:
    """How far one answer to all is."""

    batch: UUID
    text: str
    is_busy: bool
    #: Somebody has it for whom it can still be taken back.
    may_undo: bool
    skipped: list[Skipped] = field(default_factory=list)


def answers_in(event: UUID, batch: UUID, workplace: Workplace) -> list[ClusterAnswer]:
    """The answers of a batch to an event, each of one organisation."""
    rows = ClusterAnswer.objects.filter(organisation_id__in=workplace.ids, cluster__event=event, batch=batch)
    return list(rows.select_related("by__person", "cluster").order_by("organisation_id"))


def latest_batch(event: UUID, workplace: Workplace) -> UUID | None:
    """What all were told last."""
    rows = ClusterAnswer.objects.filter(
        organisation_id__in=workplace.ids, cluster__event=event, state=ClusterAnswer.State.SENDING
    )
    return rows.order_by("-at").values_list("batch", flat=True).first()


def report_of(event: UUID, batch: UUID, workplace: Workplace) -> AnswerReport | None:
    """None when there is no such answer for this reader."""
    found = answers_in(event, batch, workplace)
    answers = [each for each in found if each.state == ClusterAnswer.State.SENDING]
    if not answers:
        return None
    rows = ClusterReply.objects.filter(organisation_id__in=workplace.ids, answer__in=answers).order_by()
    counts = Counter(dict(rows.values_list("state").annotate(number=Count("id"))))
    state = ClusterReply.State
    is_mine = all(each.by_id in workplace.member_ids for each in answers)
    sent = rows.filter(state=state.SENT).values("id")
    waiting = Delivery.objects.filter(
        organisation_id__in=workplace.ids, state=Delivery.State.WAITING, message__key__in=sent
    )
    return AnswerReport(
        batch,
        told(counts[state.SENT], counts[state.WAITING], counts[state.SKIPPED], counts[state.BACK]),
        is_busy=bool(counts[state.WAITING]),
        may_undo=is_mine and waiting.exists(),
        skipped=skipped_in(answers, workplace.organisations),
    )

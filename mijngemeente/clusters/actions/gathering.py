"""What came in is put with the event it speaks of, or begins one, for a person to judge."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest, Least

from mijngemeente.conversations.models import Conversation
from mijngemeente.platform import audit, live, rows

from .. import queries, rules
from ..models import Belonging, Cluster, Trace
from ..queries import Part, Recent

# Any number that nobody else uses: the first half of the key to who gathers for an organisation.
_GATHERING = 20_261_122
#: So many of its messages alike are as good as likeness to all of it.
_VOTES = 2


def gather(*, organisation_id: int, now: datetime) -> None:
    """Look at what came in since the last time, each once.

    A second worker that does the same leaves it at once: hands that wait here take no message in.
    """
    arrivals = queries.arrivals_in(organisation_id, now) if _is_free(organisation_id) else []
    if arrivals:
        around = Around(organisation_id, now)
        for trace in queries.traces_for(arrivals):
            around.look_at(trace)


def _is_free(organisation_id: int) -> bool:
    """As `take_turn`, for who has something else to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_GATHERING, organisation_id])
        return bool(cursor.fetchone()[0])


def take_turn(organisation_id: int) -> None:
    """Until the end of the transaction nobody else puts conversations with events here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_GATHERING, organisation_id])


class Around:
    """What there is to compare with, read once for all that came in."""

    def __init__(self, organisation_id: int, now: datetime) -> None:
        self._organisation_id = organisation_id
        self._now = now
        self._recent = queries.recent_in(organisation_id, now)
        self._usual = queries.usual_in([organisation_id], now)
        self._clusters = {each.id: each for each in queries.joinable([organisation_id], now)}

    def look_at(self, trace: Trace) -> None:
        """Store it, and put it with the event that it speaks of."""
        if not rows.add_once(trace):
            return
        cluster = self._place(trace) if trace.words else None
        self._recent.insert(0, Recent(trace, cluster.id if cluster else None))

    def _place(self, trace: Trace) -> Cluster | None:
        alike = [each for each in self._recent if self._binds(each.trace.said, trace.said)]
        cluster = self._fitting(trace, alike)
        if cluster is not None:
            join(cluster=cluster, conversation_ids=[trace.conversation_id], at=trace.at)
            return cluster
        alone = [each.trace for each in alike if each.cluster_id is None]
        return self._propose([trace, *alone])

    def _binds(self, one: rules.Said, other: rules.Said) -> bool:
        return rules.bond_of(one, other, self._usual).holds

    def _fitting(self, trace: Trace, alike: Sequence[Recent]) -> Cluster | None:
        """The event that it is like as a whole, or of which it is like some messages."""
        for cluster in self._clusters.values():
            if self._binds(cluster.core, trace.said):
                return cluster
        votes = Counter(each.cluster_id for each in alike if each.cluster_id in self._clusters)
        known, count = votes.most_common(1)[0] if votes else (None, 0)
        return self._clusters[known] if known and count >= _VOTES else None

    def _propose(self, traces: Sequence[Trace]) -> Cluster | None:
        if len(traces) < rules.FEWEST:
            return None
        count = queries.residents_in(self._organisation_id, [each.conversation_id for each in traces])
        core = rules.core_of([each.said for each in traces], self._usual)
        span = traces[0].at - min(each.at for each in traces)
        expected = queries.expected_for([self._organisation_id], core, span, self._now)
        if not rules.is_unusual(count, expected):
            return None
        cluster = propose(organisation_id=self._organisation_id, event=uuid4(), core=core, traces=traces)
        self._clusters[cluster.id] = cluster
        members = {each.id for each in traces}
        self._recent = [
            Recent(each.trace, cluster.id if each.trace.id in members else each.cluster_id)
            for each in self._recent
        ]
        return cluster


def propose(*, organisation_id: int, event: UUID, core: rules.Said, traces: Sequence[Trace]) -> Cluster:
    """Put these together, for a person to say whether that is right."""
    ids = [each.conversation_id for each in traces]
    found = Conversation.objects.filter(organisation_id=organisation_id, id__in=ids)
    words = queries.written_words(list(found[:20]), core.words)
    # As residents wrote it: what is compared has lost its capitals.
    places = Counter(each.place for each in found if each.place and core.place)
    place = places.most_common(1)[0][0] if places else ""
    cluster = Cluster(
        organisation_id=organisation_id,
        event=event,
        name=rules.name_of(queries.topic_label(core.topic), place, words),
        topic=core.topic,
        place=core.place,
        lexemes=sorted(core.words),
        words=words,
        first_at=min(each.at for each in traces),
        last_at=max(each.at for each in traces),
    )
    belongings = [
        Belonging(organisation_id=organisation_id, cluster=cluster, conversation_id=each) for each in ids
    ]
    rows.add(cluster, *belongings, audit.line("cluster.proposed", cluster, conversations=len(ids)))
    live.publish_all(organisation_id, ids[:1])
    return cluster


def join(*, cluster: Cluster, conversation_ids: Iterable[UUID], at: datetime) -> None:
    """Put what came in later with its event; what a person left out stays out."""
    for conversation_id in conversation_ids:
        belonging = Belonging(
            organisation_id=cluster.organisation_id,
            cluster=cluster,
            conversation_id=conversation_id,
            is_later=cluster.is_known,
        )
        if cluster.state == Cluster.State.REFUSED:
            belonging.state = Belonging.State.OUT
        if rows.add_once(belonging) and cluster.is_known:
            tell_gathered(cluster, [conversation_id])
    same = Cluster.objects.filter(organisation_id=cluster.organisation_id, id=cluster.id)
    same.update(last_at=Greatest(F("last_at"), at), first_at=Least(F("first_at"), at))


def tell_gathered(cluster: Cluster, conversation_ids: Sequence[UUID]) -> None:
    """In the timeline of each: to which event it belongs."""
    found = Conversation.objects.filter(organisation_id=cluster.organisation_id, id__in=conversation_ids)
    rows.add(*(audit.line("conversation.gathered", each, to=cluster.id) for each in found))
    live.publish_all(cluster.organisation_id, conversation_ids)


def add_part(*, part: Part) -> None:
    """Propose this organisation's part, or add to the one that it has; what has an event keeps it."""
    take_turn(part.organisation_id)
    if part.was is not None:
        _follow(part, part.was)
    ids = [each.conversation_id for each in part.traces]
    known = Belonging.objects.filter(organisation_id=part.organisation_id, conversation__in=ids)
    taken = set(known.values_list("conversation_id", flat=True))
    traces = [each for each in part.traces if each.conversation_id not in taken]
    if not traces:
        return
    same = Cluster.objects.filter(organisation_id=part.organisation_id, event=part.event).first()
    if same is None:
        propose(organisation_id=part.organisation_id, event=part.event, core=part.core, traces=traces)
    else:
        join(cluster=same, conversation_ids=[each.conversation_id for each in traces], at=traces[0].at)


def _follow(part: Part, was: UUID) -> None:
    """From now on its own part belongs to the event that others have; not once a person judged it."""
    mine = Cluster.objects.filter(organisation_id=part.organisation_id)
    if not mine.filter(event=part.event).exists():
        mine.filter(event=was, state=Cluster.State.PROPOSED).update(event=part.event)


def mark_compared(*, organisation_id: int, trace_ids: Iterable[UUID]) -> None:
    """These were looked for beside their own organisation."""
    same = Trace.objects.filter(organisation_id=organisation_id, id__in=list(trace_ids))
    same.update(is_compared=True)


def forget_traces(*, organisation_id: int, now: datetime) -> int:
    """Remove what is compared with no more; how many."""
    old = Trace.objects.filter(organisation_id=organisation_id, at__lt=now - rules.HISTORY)
    return old.delete()[0]


def forget_events(*, organisation_id: int) -> int:
    """Remove events of which no conversation is left: their words were those of residents; how many."""
    belonging = Belonging.objects.filter(organisation_id=organisation_id, cluster=OuterRef("id"))
    empty = Cluster.objects.filter(~Exists(belonging), organisation_id=organisation_id)
    return empty.delete()[1].get("clusters.Cluster", 0)

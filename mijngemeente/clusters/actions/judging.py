"""What a person says of an event. Over several organisations each part is judged in its own."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live, rows

from ..errors import DecidedAlready
from ..models import Belonging, Cluster
from .gathering import take_turn, tell_gathered

_State = Cluster.State


def confirm(*, cluster: Cluster, by: Member, name: str = "") -> None:
    """These belong together: from now on what comes in about it joins. Raises DecidedAlready."""
    with transaction.atomic():
        _decide(cluster, by, _State.CONFIRMED, "cluster.confirmed", name=name or cluster.name)
        tell_gathered(cluster, _ids_in(cluster))


def refuse(*, cluster: Cluster, by: Member) -> None:
    """These do not belong together, and are not proposed again. Raises DecidedAlready."""
    with transaction.atomic():
        _decide(cluster, by, _State.REFUSED, "cluster.refused")
        _belongings(cluster).update(state=Belonging.State.OUT)


def _decide(cluster: Cluster, by: Member, state: str, verb: str, **changed: str) -> None:
    """Of two who decide at once the second is told."""
    take_turn(cluster.organisation_id)
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), **changed}
    if not _same(cluster).filter(state=_State.PROPOSED).update(**decided):
        raise DecidedAlready
    audit.record(verb, cluster, by=by)
    live.publish_all(cluster.organisation_id, _ids_in(cluster)[:1])


def rename(*, cluster: Cluster, by: Member, name: str) -> None:
    """Call it otherwise."""
    with transaction.atomic():
        if _same(cluster).exclude(name=name).update(name=name):
            audit.record("cluster.named", cluster, by=by)


def end(*, cluster: Cluster, by: Member) -> bool:
    """It is over; whoever has not heard that yet still joins for a while. False if it was over already."""
    with transaction.atomic():
        confirmed = _same(cluster).filter(state=_State.CONFIRMED)
        is_ended = bool(confirmed.update(state=_State.OVER, ended_at=timezone.now()))
        if is_ended:
            audit.record("cluster.ended", cluster, by=by)
    return is_ended


def leave_out(*, cluster: Cluster, conversation_ids: Iterable[UUID], by: Member) -> int:
    """These do not belong to it; how many of them did. Raises DecidedAlready when it was refused."""
    inside = _belongings(cluster).filter(conversation__in=list(conversation_ids), state=Belonging.State.IN)
    return _move(cluster, inside, by, to=Belonging.State.OUT)


def bring_back(*, cluster: Cluster, conversation_ids: Iterable[UUID], by: Member) -> int:
    """These do belong to it after all, unless they belong to another event by now; how many.

    Raises DecidedAlready when it was refused meanwhile.
    """
    elsewhere = Belonging.objects.filter(
        organisation_id=cluster.organisation_id,
        conversation=OuterRef("conversation"),
        state=Belonging.State.IN,
    )
    outside = _belongings(cluster).filter(
        ~Exists(elsewhere), conversation__in=list(conversation_ids), state=Belonging.State.OUT
    )
    return _move(cluster, outside, by, to=Belonging.State.IN)


def _move(cluster: Cluster, belongings: QuerySet[Belonging], by: Member, *, to: str) -> int:
    """Which these are is asked once it is our turn."""
    with transaction.atomic():
        take_turn(cluster.organisation_id)
        cluster.refresh_from_db(fields=["state"])
        if cluster.state == _State.REFUSED:
            raise DecidedAlready
        moved = list(belongings.values_list("conversation_id", flat=True))
        found = _belongings(cluster).filter(conversation__in=moved)
        found.update(state=to, by=by, at=timezone.now())
        _tell_moved(cluster, moved, by, to)
    return len(moved)


def _tell_moved(cluster: Cluster, conversation_ids: Sequence[UUID], by: Member, to: str) -> None:
    """What was only proposed was never told in a timeline."""
    if cluster.state == _State.PROPOSED:
        return
    verb = "conversation.ungathered" if to == Belonging.State.OUT else "conversation.gathered"
    found = Conversation.objects.filter(organisation_id=cluster.organisation_id, id__in=conversation_ids)
    rows.add(*(audit.line(verb, each, by=by, to=cluster.id) for each in found))
    live.publish_all(cluster.organisation_id, conversation_ids)


def _ids_in(cluster: Cluster) -> list[UUID]:
    found = _belongings(cluster).filter(state=Belonging.State.IN)
    return list(found.values_list("conversation_id", flat=True))


def _same(cluster: Cluster) -> QuerySet[Cluster]:
    return Cluster.objects.filter(organisation_id=cluster.organisation_id, id=cluster.id)


def _belongings(cluster: Cluster) -> QuerySet[Belonging]:
    return Belonging.objects.filter(organisation_id=cluster.organisation_id, cluster=cluster)

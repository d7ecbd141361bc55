"""What a person says of an event. Over several organisations each part is judged in its own."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
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
        rows_in = Belonging.objects.filter(organisation_id=cluster.organisation_id, cluster=cluster)
        rows_in.update(state=Belonging.State.OUT)


def _decide(cluster: Cluster, by: Member, state: str, verb: str, **changed: str) -> None:
    """Of two who decide at once the second is told."""
    take_turn(cluster.organisation_id)
    same = Cluster.objects.filter(organisation_id=cluster.organisation_id, id=cluster.id)
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), **changed}
    if not same.filter(state=_State.PROPOSED).update(**decided):
        raise DecidedAlready
    audit.record(verb, cluster, by=by)
    live.publish_all(cluster.organisation_id, _ids_in(cluster)[:1])


def rename(*, cluster: Cluster, by: Member, name: str) -> None:
    """Call it otherwise."""
    with transaction.atomic():
        same = Cluster.objects.filter(organisation_id=cluster.organisation_id, id=cluster.id)
        if same.exclude(name=name).update(name=name):
            audit.record("cluster.named", cluster, by=by)


def end(*, cluster: Cluster, by: Member) -> bool:
    """It is over; whoever has not heard that yet still joins for a while. False if it was over already."""
    with transaction.atomic():
        same = Cluster.objects.filter(organisation_id=cluster.organisation_id, id=cluster.id)
        confirmed = same.filter(state=_State.CONFIRMED)
        is_ended = bool(confirmed.update(state=_State.OVER, ended_at=timezone.now()))
        if is_ended:
            audit.record("cluster.ended", cluster, by=by)
    return is_ended


def leave_out(*, cluster: Cluster, conversation_ids: Iterable[UUID], by: Member) -> int:
    """These do not belong to it; how many of them did."""
    return _move(cluster, conversation_ids, by, to=Belonging.State.OUT)


def bring_back(*, cluster: Cluster, conversation_ids: Iterable[UUID], by: Member) -> int:
    """These do belong to it after all, unless they belong to another event by now; how many."""
    others = Belonging.objects.filter(
        organisation_id=cluster.organisation_id,
        conversation__in=list(conversation_ids),
        state=Belonging.State.IN,
    )
    taken = set(others.values_list("conversation_id", flat=True))
    return _move(cluster, set(conversation_ids) - taken, by, to=Belonging.State.IN)


def _move(cluster: Cluster, conversation_ids: Iterable[UUID], by: Member, *, to: str) -> int:
    is_out = to == Belonging.State.OUT
    with transaction.atomic():
        take_turn(cluster.organisation_id)
        found = Belonging.objects.filter(
            organisation_id=cluster.organisation_id, cluster=cluster, conversation__in=list(conversation_ids)
        ).exclude(state=to)
        moved = list(found.values_list("conversation_id", flat=True))
        found.update(state=to, by=by, at=timezone.now())
        _tell_moved(cluster, moved, by, "conversation.ungathered" if is_out else "conversation.gathered")
    return len(moved)


def _tell_moved(cluster: Cluster, conversation_ids: Sequence[UUID], by: Member, verb: str) -> None:
    """What was only proposed was never told in a timeline."""
    if cluster.state == _State.PROPOSED:
        return
    found = Conversation.objects.filter(organisation_id=cluster.organisation_id, id__in=conversation_ids)
    rows.add(*(audit.line(verb, each, by=by, to=cluster.id) for each in found))
    live.publish_all(cluster.organisation_id, conversation_ids)


def _ids_in(cluster: Cluster) -> list[UUID]:
    found = Belonging.objects.filter(
        organisation_id=cluster.organisation_id, cluster=cluster, state=Belonging.State.IN
    )
    return list(found.values_list("conversation_id", flat=True))

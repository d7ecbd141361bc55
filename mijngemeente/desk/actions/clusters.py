"""One answer to all who write about one event, each in their own municipality's voice."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.clusters.actions import end
from mijngemeente.clusters.models import Belonging, Cluster
from mijngemeente.clusters.queries import belonging_of
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.errors import TooLate
from mijngemeente.conversations.models import Closure, Conversation, Delivery
from mijngemeente.conversations.queries import spoken_count
from mijngemeente.organisations.models import EngagementRules, Member, Organisation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform import audit, jobs
from mijngemeente.platform.errors import Refused

from ..models import ClusterAnswer, ClusterReply
from ..queries import clusters as queries
from ..rules.clusters import Purpose, Reason, reason_to_skip

_State = ClusterReply.State


def prepare_answer(
    *,
    cluster: Cluster,
    batch: UUID,
    by: Member,
    text: str,
    purpose: Purpose,
    only: Collection[UUID] = (),
) -> ClusterAnswer:
    """Lay the answer ready, with who gets it as all stands now; asking again for the same batch is the same.

    With `only` those conversations, of those that belong to it.
    """
    answer, is_new = ClusterAnswer.objects.get_or_create(
        organisation_id=cluster.organisation_id,
        batch=batch,
        defaults={"cluster": cluster, "by": by, "text": text, "purpose": purpose},
    )
    if is_new:
        _lay_ready(answer, cluster, only)
    return answer


def _lay_ready(answer: ClusterAnswer, cluster: Cluster, only: Collection[UUID]) -> None:
    found = Conversation.objects.filter(
        organisation_id=cluster.organisation_id,
        belongings__cluster=cluster,
        belongings__state=Belonging.State.IN,
    )
    # In one order, so that two answers to the same people wait for each other in no circle.
    members = list((found.filter(id__in=only) if only else found).order_by("id"))
    ids = [each.id for each in members]
    had, spoken = queries.had_news(cluster, ids), queries.spoken_in(cluster.organisation_id, ids)
    replies = []
    for each in members:
        reason = reason_to_skip(queries.standing_of(each, had), Purpose(answer.purpose))
        replies.append(
            ClusterReply(
                organisation_id=cluster.organisation_id,
                answer=answer,
                conversation=each,
                state=_State.SKIPPED if reason else _State.WAITING,
                reason=reason or "",
                spoken=spoken.get(each.id, 0),
            )
        )
    ClusterReply.objects.bulk_create(replies, batch_size=500)


def begin_sending(*, answer: ClusterAnswer, by: Member) -> bool:
    """From now on it goes out, by the worker; False if that was said before.

    The closing answer ends the event.
    """
    with transaction.atomic():
        same = ClusterAnswer.objects.filter(
            organisation_id=answer.organisation_id, id=answer.id, state=ClusterAnswer.State.PREPARED
        )
        if not same.update(state=ClusterAnswer.State.SENDING, at=timezone.now()):
            return False
        waiting = ClusterReply.objects.filter(
            organisation_id=answer.organisation_id, answer=answer, state=_State.WAITING
        )
        audit.record("cluster.answered", answer.cluster, by=by, conversations=waiting.count())
        if answer.purpose == Purpose.CLOSING:
            end(cluster=answer.cluster, by=by)
        jobs.later(
            "desk.answer_all",
            organisation_id=answer.organisation_id,
            in_turn=f"cluster {answer.id}",
            haste=jobs.Haste.PERSON,
            id=answer.id,
        )
    return True


def answer_some(answer: ClusterAnswer, *, most: int) -> bool:
    """Send it to the next so many; True while there are more.

    Row and message are one transaction, and the row's id is the message's key: whatever dies between two of
    them, nobody gets two and nobody is passed over.
    """
    organisation = Organisation.objects.get(id=answer.organisation_id)
    engagement = rules_of(organisation.id)
    waiting = ClusterReply.objects.filter(
        organisation_id=answer.organisation_id, answer=answer, state=_State.WAITING
    )
    with transaction.atomic():
        for reply in waiting.select_for_update(skip_locked=True, of=("self",)).order_by("id")[:most]:
            reason = _send(answer, reply, organisation, engagement)
            reply.state, reply.reason = (_State.SKIPPED, reason) if reason else (_State.SENT, "")
            reply.save(update_fields=["state", "reason"])
    return waiting.exists()


def _send(
    answer: ClusterAnswer, reply: ClusterReply, organisation: Organisation, engagement: EngagementRules
) -> Reason | None:
    """Why it was not sent; None when it was."""
    locked = Conversation.objects.select_for_update(of=("self",)).select_related("inbox", "contact")
    conversation = locked.get(organisation_id=answer.organisation_id, id=reply.conversation_id)
    conversation.organisation = organisation
    reason = _hindrance(answer, reply, conversation)
    if reason is not None:
        return reason
    text = queries.letter_to(conversation, organisation, answer.by, answer.text, engagement)
    if text is None:
        return Reason.UNREACHABLE
    try:
        _say(answer, reply, conversation, text)
    except Refused:
        return Reason.UNREACHABLE
    return None


def _say(answer: ClusterAnswer, reply: ClusterReply, conversation: Conversation, text: str) -> None:
    with transaction.atomic():
        conversations.send_reply(
            conversation=conversation,
            by=answer.by,
            text=text,
            key=reply.id,
            wait_seconds=answer.by.person.undo_seconds,
        )
        if answer.purpose == Purpose.CLOSING and not conversation.is_closed:
            conversations.close(conversation=conversation, by=answer.by, reason=Closure.Reason.ANSWERED)


def _hindrance(answer: ClusterAnswer, reply: ClusterReply, conversation: Conversation) -> Reason | None:
    """What changed since the answer was looked at."""
    same = Belonging.objects.filter(
        organisation_id=answer.organisation_id, cluster=answer.cluster_id, conversation=conversation
    )
    if not same.filter(state=Belonging.State.IN).exists():
        return Reason.LEFT
    if spoken_count(conversation) != reply.spoken:
        return Reason.CROSSED
    return queries.reason_for(conversation, answer.cluster, Purpose(answer.purpose))


def take_back_answer(*, answer: ClusterAnswer, by: Member) -> int:
    """Stop what still waits to leave; for how many. Who has it already keeps it."""
    with transaction.atomic():
        waiting = ClusterReply.objects.filter(
            organisation_id=answer.organisation_id, answer=answer, state=_State.WAITING
        )
        count = waiting.update(state=_State.BACK)
        sent = ClusterReply.objects.filter(
            organisation_id=answer.organisation_id, answer=answer, state=_State.SENT
        )
        count += sum(_take_back(each, by) for each in sent.select_for_update(of=("self",)).order_by("id"))
        audit.record("cluster.answer_taken_back", answer.cluster, by=by, conversations=count)
    return count


def _take_back(reply: ClusterReply, by: Member) -> bool:
    rows = Delivery.objects.select_related("message__conversation", "message__author")
    delivery = rows.filter(organisation_id=reply.organisation_id, message__key=reply.id).first()
    if delivery is None:
        return False
    try:
        with transaction.atomic():
            conversations.take_back(delivery=delivery, by=by)
    except TooLate:
        return False
    reply.state = _State.BACK
    reply.save(update_fields=["state"])
    return True


def answer_likewise(*, conversation: Conversation, by: Member, key: UUID) -> bool:
    """Give one who came later what all others were told; False if that cannot be."""
    belonging = belonging_of(conversation)
    last = queries.last_answer(belonging.cluster) if belonging else None
    if belonging is None or last is None:
        return False
    with transaction.atomic():
        answer = prepare_answer(
            cluster=belonging.cluster,
            batch=key,
            by=by,
            text=last.text,
            purpose=Purpose(last.purpose),
            only=[conversation.id],
        )
        begin_sending(answer=answer, by=by)
        answer_some(answer, most=1)
    return answer.replies.filter(state=_State.SENT).exists()


def forget_prepared(*, organisation_id: int, before: datetime) -> int:
    """Remove what was laid ready and never sent."""
    old = ClusterAnswer.objects.filter(
        organisation_id=organisation_id, state=ClusterAnswer.State.PREPARED, at__lt=before
    )
    return old.delete()[0]

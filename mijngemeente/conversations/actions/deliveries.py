"""What became of what we said."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from mijngemeente.channels.contract import Bounce, Receipt, StatusUpdate, WireError
from mijngemeente.channels.contract import Direction as ChannelDirection
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.actions.health import Direction, record_problem, record_success
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform import audit, jobs, live

from ..errors import NotRetryable
from ..models import Delivery, Message, Notification
from .notifications import notify

# Seconds before each next attempt, the last repeated; after ATTEMPTS it has failed. Together five days, as
# long as mail servers keep trying (RFC 5321 section 4.5.4.1).
PAUSES = (10, 60, 300, 900, 3600)
ATTEMPTS = 124
# What waits longest goes first; the rest has its own next attempt.
HURRIED = 1_000


def claim(delivery: Delivery) -> bool:
    """Take the delivery for this worker; False if another has it or it is done.

    From then on the number of the attempt says whose it is: what an earlier attempt, slower than the sweep,
    still has to tell cannot undo a later one.
    """
    number, now = delivery.attempts + 1, timezone.now()
    # By the database's clock, as the queue's own: a job that was started a moment early would be lost.
    waited = Q(state=Delivery.State.WAITING, next_attempt_at__lte=Now())
    ready = _attempt(delivery).filter(Q(state=Delivery.State.QUEUED) | waited)
    claimed = ready.update(state=Delivery.State.SENDING, claimed_at=now, attempts=number) == 1
    if claimed:
        delivery.state, delivery.attempts = Delivery.State.SENDING, number
    return claimed


def _attempt(delivery: Delivery) -> models.QuerySet[Delivery]:
    """The row, as long as nobody began a later attempt."""
    return Delivery.objects.filter(
        organisation_id=delivery.organisation_id, id=delivery.id, attempts=delivery.attempts
    )


def name_message(*, delivery: Delivery, external_id: str) -> None:
    """Write down the id that the message will have at the other side, before we speak.

    A report, an answer or a copy of our own message may be here before we know that it was sent.
    """
    rows = Message.objects.filter(organisation_id=delivery.organisation_id, id=delivery.message_id)
    if external_id:
        rows.update(external_id=external_id)


def record_receipt(*, delivery: Delivery, receipt: Receipt) -> None:
    """The channel took it."""
    with transaction.atomic():
        if _settle(delivery, receipt.state):
            name_message(delivery=delivery, external_id=receipt.external_id)
        _note_success(delivery.inbox)


def _note_success(inbox: InboxAddress) -> None:
    if _is_line(inbox) and record_success(inbox=inbox, direction=Direction.OUTGOING):
        hurry(inbox=inbox)


def _is_line(inbox: InboxAddress) -> bool:
    """Our own pages are always there."""
    return CHANNELS[inbox.kind].wire.direction is not ChannelDirection.OWN


def hurry(*, inbox: InboxAddress) -> None:
    """The inbox can send again: what waits for a later attempt is tried now. Inside the owner's unit."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        organisation_id=inbox.organisation_id,
        inbox=inbox,
        state=Delivery.State.QUEUED,
        next_attempt_at__gt=now,
    )
    first = list(waiting.order_by("id").values_list("id", flat=True)[:HURRIED])
    Delivery.objects.filter(organisation_id=inbox.organisation_id, id__in=first).update(next_attempt_at=now)
    for delivery_id in first:
        jobs.later("conversations.deliver", organisation_id=inbox.organisation_id, id=delivery_id)


def record_failure(*, delivery: Delivery, error: WireError, is_idempotent: bool) -> None:
    """The channel refused it, or the line broke: try again, give up, or ask a person."""
    with transaction.atomic():
        if error.spoken and not is_idempotent:
            _settle(delivery, Delivery.State.UNCERTAIN, problem=str(error))
        elif error.permanent or delivery.attempts >= ATTEMPTS:
            _settle(delivery, Delivery.State.FAILED, problem=str(error))
        else:
            _queue_again(delivery, error)
        if error.account:
            record_problem(inbox=delivery.inbox, direction=Direction.OUTGOING, problem=str(error))


def _settle(delivery: Delivery, state: str, *, problem: str = "") -> bool:
    """The outcome of this attempt, also when it came after the sweep gave the attempt up for lost."""
    unsettled = (Delivery.State.SENDING, Delivery.State.UNCERTAIN, Delivery.State.QUEUED)
    return _move(_attempt(delivery).filter(state__in=unsettled), delivery, state, problem=problem)


def _queue_again(delivery: Delivery, error: WireError) -> None:
    at = timezone.now() + timedelta(seconds=PAUSES[min(delivery.attempts - 1, len(PAUSES) - 1)])
    unsettled = _attempt(delivery).filter(state__in=(Delivery.State.SENDING, Delivery.State.UNCERTAIN))
    if unsettled.update(state=Delivery.State.QUEUED, problem=str(error), next_attempt_at=at):
        jobs.later("conversations.deliver", organisation_id=delivery.organisation_id, at=at, id=delivery.id)
        live.publish(delivery.message.conversation)


def abandon(*, delivery: Delivery, is_idempotent: bool) -> None:
    """A worker was lost while sending: again with the same key, or uncertain if there is none."""
    sending = _attempt(delivery).filter(state=Delivery.State.SENDING)
    problem = "De verbinding viel weg tijdens het verzenden."
    with transaction.atomic():
        if not is_idempotent:
            _move(sending, delivery, Delivery.State.UNCERTAIN, problem=problem)
        elif delivery.attempts >= ATTEMPTS:
            _move(sending, delivery, Delivery.State.FAILED, problem=problem)
        elif sending.update(state=Delivery.State.QUEUED):
            jobs.later("conversations.deliver", organisation_id=delivery.organisation_id, id=delivery.id)


def retry_delivery(*, delivery: Delivery, by: Member) -> None:
    """Send again what failed or is uncertain, because a person says so. Raises NotRetryable."""
    stuck = _in(delivery, Delivery.State.FAILED, Delivery.State.UNCERTAIN)
    with transaction.atomic():
        if not _move(stuck, delivery, Delivery.State.QUEUED, by=by):
            raise NotRetryable
        jobs.later("conversations.deliver", organisation_id=delivery.organisation_id, id=delivery.id)


def confirm_delivery(*, delivery: Delivery, by: Member) -> None:
    """A person found out that an uncertain message did arrive. Raises NotRetryable."""
    uncertain = _in(delivery, Delivery.State.UNCERTAIN)
    with transaction.atomic():
        if not _move(uncertain, delivery, Delivery.State.SENT, by=by, verb="delivery.confirmed"):
            raise NotRetryable


def record_status(*, delivery: Delivery, update: StatusUpdate) -> None:
    """The channel tells later what became of it; never back from a further state."""
    earlier = _in(delivery, Delivery.State.SENDING, Delivery.State.SENT, Delivery.State.UNCERTAIN)
    with transaction.atomic():
        _move(earlier, delivery, update.state, problem=update.reason)


def record_bounce(*, delivery: Delivery, bounce: Bounce) -> None:
    """A report came back that it did not arrive."""
    states = Delivery.State
    sent = _in(delivery, states.SENDING, states.SENT, states.DELIVERED, states.UNCERTAIN)
    with transaction.atomic():
        if bounce.is_permanent:
            _move(sent, delivery, states.FAILED, problem=bounce.reason)


def _in(delivery: Delivery, *states: str) -> models.QuerySet[Delivery]:
    """The row, if it is in one of these states."""
    return Delivery.objects.filter(organisation_id=delivery.organisation_id, id=delivery.id, state__in=states)


_VERBS = {
    Delivery.State.SENT: "delivery.sent",
    Delivery.State.DELIVERED: "delivery.delivered",
    Delivery.State.FAILED: "delivery.failed",
    Delivery.State.UNCERTAIN: "delivery.uncertain",
    Delivery.State.QUEUED: "delivery.retried",
}


def _move(
    rows: models.QuerySet[Delivery],
    delivery: Delivery,
    state: str,
    *,
    problem: str = "",
    by: Member | None = None,
    verb: str = "",
) -> bool:
    """Change the state if the delivery still is among `rows`; True if it was."""
    moved = rows.update(state=state, problem=problem, changed_at=timezone.now()) == 1
    if moved:
        audit.record(verb or _VERBS[Delivery.State(state)], delivery.message, by=by, delivery=delivery.id)
        live.publish(delivery.message.conversation)
        if state in (Delivery.State.FAILED, Delivery.State.UNCERTAIN):
            _tell_author(delivery)
    return moved


def _tell_author(delivery: Delivery) -> None:
    """Each attempt that fails is told anew: somebody sent it again, and believes that it went."""
    message = delivery.message
    if message.author is not None:
        notify(
            conversation=message.conversation,
            to=message.author,
            kind=Notification.Kind.FAILED,
            about=f"{delivery.id} {delivery.attempts}",
        )

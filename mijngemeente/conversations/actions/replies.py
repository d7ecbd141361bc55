"""What we say: answers, automatic messages and notes."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.errors import NotCovered
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Right
from mijngemeente.platform import audit, failpoints, jobs, live, rows

from .. import queries, rules
from ..errors import Empty, NoAddress, TooLong
from ..models import Conversation, Delivery, Message
from .clocks import keep_clock
from .entries import make_findable
from .receiving import attach
from .states import refuse_merged


def send_reply(
    *,
    conversation: Conversation,
    by: Member,
    text: str,
    key: UUID,
    files: Sequence[IncomingFile] = (),
    wait_seconds: int = 0,
) -> Message:
    """Answer the resident in the municipality's name; the same key again returns the same message.

    For `wait_seconds` it can be taken back (`take_back`).
    Raises NotCovered, MergedElsewhere, Empty, TooLong or NoAddress.
    """
    inbox, address = check_sendable(conversation, by, text, files)
    message = _written(conversation, inbox, text, address, author=by, key=key)
    with transaction.atomic():
        if not rows.add_once(message):
            return Message.objects.get(organisation_id=conversation.organisation_id, key=key)
        failpoints.reach("send_reply.written")
        make_findable(message, conversation, [attach(message, file).name for file in files])
        delivery = _delivery(message, inbox, address)
        if wait_seconds:
            delivery.state = Delivery.State.WAITING
            delivery.next_attempt_at = message.created_at + timedelta(seconds=wait_seconds)
        rows.add(delivery, audit.line("message.sent", message, by=by))
        _queue(delivery, jobs.Haste.PERSON)
        _pass_the_turn(conversation, message)
        live.publish(conversation)
    return message


def check_sendable(
    conversation: Conversation, by: Member, text: str, files: Sequence[IncomingFile]
) -> tuple[InboxAddress, str]:
    """The account an answer leaves from and the address it goes to; raises as `send_reply`."""
    _check_may_speak(conversation, by)
    refuse_merged(conversation)
    inbox, address = queries.way_to(conversation)
    _check_fits(inbox, text, files)
    return inbox, address


def send_automatic(*, conversation: Conversation, text: str) -> Message | None:
    """Send what no person wrote; None if there is no way to the resident, or a machine seems to be there."""
    try:
        inbox, address = queries.way_to(conversation)
    except NoAddress:
        return None
    if address and _is_loop(conversation, address):
        return None
    with transaction.atomic(savepoint=False):
        message = _written(conversation, inbox, text, address, author=None, key=None)
        delivery = _delivery(message, inbox, address)
        rows.add(message, delivery, audit.line("message.automatic", message))
        make_findable(message, conversation)
        _queue(delivery, jobs.Haste.CAN_WAIT)
        live.publish(conversation)
    return message


def _is_loop(conversation: Conversation, address: str) -> bool:
    """Whether writing there would be writing to ourselves, or to a machine that answers each mail."""
    hour_ago = timezone.now() - timedelta(hours=1)
    sent = queries.automatic_sent(conversation, hour_ago)
    return rules.has_had_enough(sent) or queries.is_ours(address)


def add_note(*, conversation: Conversation, by: Member, text: str, key: UUID) -> Message:
    """Write something only colleagues read; the same key again returns the same note. Raises Empty."""
    if not text.strip():
        raise Empty
    message = Message(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        direction=Message.Direction.NOTE,
        author=by,
        inbox_id=conversation.inbox_id,
        text=text,
        key=key,
    )
    with transaction.atomic():
        if not rows.add_once(message):
            return Message.objects.get(organisation_id=conversation.organisation_id, key=key)
        audit.record("message.noted", message, by=by)
        make_findable(message, conversation)
        live.publish(conversation)
    return message


def _check_may_speak(conversation: Conversation, by: Member) -> None:
    covered = coverage_of(by.person).get(conversation.organisation_id)
    if (
        covered is None
        or Right.REPLY not in covered.rights
        or not covered.reaches(conversation.covered_by_id)
    ):
        raise NotCovered


def _check_fits(inbox: InboxAddress, text: str, files: Sequence[IncomingFile]) -> None:
    limits = CHANNELS[inbox.kind].wire.limits
    if not text.strip():
        raise Empty
    if len(text) > limits.text_characters:
        raise TooLong
    if len(files) > limits.files or sum(len(file.content) for file in files) > limits.total_bytes:
        raise TooLong("De bijlagen zijn samen te groot voor dit kanaal.")


def _written(
    conversation: Conversation,
    inbox: InboxAddress,
    text: str,
    address: str,
    *,
    author: Member | None,
    key: UUID | None,
) -> Message:
    return Message(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        direction=Message.Direction.OUTGOING,
        is_automatic=author is None,
        author=author,
        inbox=inbox,
        text=text,
        key=key,
        recipients=[address] if address else [],
    )


def _delivery(message: Message, inbox: InboxAddress, address: str) -> Delivery:
    return Delivery(
        organisation_id=message.organisation_id, message=message, inbox=inbox, recipient_address=address
    )


def _queue(delivery: Delivery, haste: jobs.Haste) -> None:
    organisation_id = delivery.organisation_id
    at = delivery.next_attempt_at
    jobs.later("conversations.deliver", organisation_id=organisation_id, at=at, haste=haste, id=delivery.id)


def _pass_the_turn(conversation: Conversation, message: Message) -> None:
    """After an answer the next step is the resident's, unless it was closed already."""
    same = Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)
    same.update(
        last_message_at=message.created_at, excerpt=rules.excerpt_of(message.text), waiting_since=None
    )
    same.filter(first_replied_at=None).update(first_replied_at=message.created_at)
    same.open().update(status=Conversation.Status.WAITING_RESIDENT, snoozed_until=None)
    keep_clock(conversation)

"""From bytes to a conversation on the desk. The whole story of an incoming message is told here."""

import hashlib
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mijngemeente.channels.contract import Credentials, Incoming, StatusUpdate, Unreadable, Way, WireError
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations import queries as of_conversations
from mijngemeente.conversations.actions import Received
from mijngemeente.desk.actions import admit, welcome
from mijngemeente.organisations.actions.health import Direction, record_problem, record_success
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform import audit, failpoints, files, jobs, rows
from mijngemeente.platform.tenancy import acting_for, acting_organisation

from .. import queries, rules
from ..models import Payload
from .municipalities import ask_where, pass_on, settle_by_text


@dataclass(frozen=True)
class Kept:
    """Bytes that we have now."""

    payload: Payload
    #: False: we had them already.
    is_new: bool


def keep(*, inbox: InboxAddress, body: bytes | bytearray, conversation_id: UUID | None = None) -> Kept:
    """Store the bytes and queue their reading; once this is committed, the sender may be told "yes".

    The same bytes again give the same payload and no second message. Inside the unit of the inbox's owner.
    With `conversation_id` they can be shown on that conversation's page until they are read.
    """
    payload = Payload(
        organisation_id=inbox.organisation_id,
        inbox=inbox,
        digest=hashlib.sha256(body).digest(),
        body=files.at_once(body),
        size_bytes=len(body),
        conversation_id=conversation_id,
    )
    with transaction.atomic(savepoint=False):
        if not rows.add_once(payload):
            return Kept(queries.same_payload(payload), is_new=False)
        files.write_big(payload, "body", body)
        failpoints.reach("keep.stored")
        turn = str(conversation_id) if conversation_id else None
        jobs.later("intake.take_in", organisation_id=inbox.organisation_id, in_turn=turn, id=payload.id)
    return Kept(payload, is_new=True)


# After so many the others get a turn: a new mailbox may hold years of mail.
FETCHED_AT_ONCE = 200


def fetch(*, inbox: InboxAddress) -> int:
    """Keep what is new in a pulled inbox, FETCHED_AT_ONCE at most; returns how many messages there were.

    Each message is stored together with the place where reading goes on. No transaction is open while we
    talk to the mailbox. Raises WireError.
    """
    with acting_for(inbox.organisation_id):
        credentials, position = credentials_of(inbox), queries.position_of(inbox)
    if not can_pull(credentials):
        return 0
    count = 0
    with closing(CHANNELS[inbox.kind].wire.fetch(credentials, position)) as mails:
        for fetched in islice(mails, FETCHED_AT_ONCE):
            with acting_for(inbox.organisation_id):
                keep(inbox=inbox, body=fetched.body)
                record_success(inbox=inbox, direction=Direction.INCOMING, position=fetched.position)
            count += 1
    if count == 0:
        with acting_for(inbox.organisation_id):
            record_success(inbox=inbox, direction=Direction.INCOMING)
    return count


def can_pull(credentials: Credentials) -> bool:
    """Whether we fetch from this account, or its server brings the mail."""
    return credentials.get("incoming", "imap") == "imap" and bool(credentials)


def ask_for_poll(*, inbox: InboxAddress) -> None:
    """Queue one look in the inbox; asked ten times it is one look."""
    name = f"poll {inbox.id}"
    jobs.later("intake.poll", organisation_id=inbox.organisation_id, once=name, in_turn=name, id=inbox.id)


def ask_to_try_out(*, inbox: InboxAddress) -> None:
    """Queue finding out whether the account works, both ways."""
    jobs.later("intake.try_out", organisation_id=inbox.organisation_id, once=f"try {inbox.id}", id=inbox.id)


def try_out(*, inbox: InboxAddress, way: Way) -> None:
    """Find out whether the account works one way, and write down what came out.

    No transaction is open while we talk to it.
    """
    with acting_for(inbox.organisation_id):
        credentials = credentials_of(inbox)
    direction, problem = Direction(way.value), ""
    try:
        CHANNELS[inbox.kind].wire.try_out(credentials, way)
    except WireError as error:
        problem = str(error)
    with acting_for(inbox.organisation_id):
        if problem:
            record_problem(inbox=inbox, direction=direction, problem=problem)
        else:
            record_success(inbox=inbox, direction=direction)
            _go_on(inbox, way, credentials)


def _go_on(inbox: InboxAddress, way: Way, credentials: Credentials) -> None:
    """What waited for the account is done now."""
    if way is Way.OUT:
        conversations.hurry(inbox=inbox)
    elif can_pull(credentials):
        ask_for_poll(inbox=inbox)


def submit(*, inbox: InboxAddress, submission: Submission) -> None:
    """Keep what a resident typed; its page shows it from now on.

    A new conversation may be begun by whichever of its messages is read first.
    """
    keep(inbox=inbox, body=body_of(submission), conversation_id=submission.conversation_id)


def take_in(*, payload: Payload) -> None:
    """Read, route, receive and accept one payload; a second time changes nothing.

    What cannot be read stays, with the reason, for an administrator.
    """
    if payload.state == Payload.State.TAKEN_IN:
        return
    try:
        content = CHANNELS[payload.inbox.kind].wire.parse(queries.body_of(payload))
    except Unreadable as error:
        _finish(payload, Payload.State.UNREADABLE, problem=str(error))
        return
    message_id = _record(payload.inbox, content)
    _finish(payload, Payload.State.TAKEN_IN, message_id=message_id)


def _record(inbox: InboxAddress, content: Incoming | StatusUpdate) -> UUID | None:
    if isinstance(content, StatusUpdate):
        return _update_delivery(inbox, content)
    bounced = _record_bounce(inbox, content) if content.bounce is not None else None
    return bounced or _receive(inbox, content)


def _receive(inbox: InboxAddress, incoming: Incoming) -> UUID:
    question = of_conversations.question_of_mail(inbox.organisation_id, incoming.conversation_id)
    if question is not None:
        return conversations.answer_by_mail(question=question, inbox=inbox, incoming=incoming).id
    route = rules.decide_route(queries.evidence_for(inbox, incoming))
    received = conversations.receive_message(
        inbox=inbox,
        incoming=incoming,
        organisation_id=route.organisation_id,
        covered_by_id=route.covered_by_id,
        understood=route.understood,
    )
    failpoints.reach("take_in.received")
    if received.is_new_message and admit(received=received, is_automatic=incoming.is_automatic):
        _lead_on(received, route, incoming)
    return received.message.id


def _lead_on(received: Received, route: rules.Route, incoming: Incoming) -> None:
    """To its municipality, or the question which one that is; else onto the desk here."""
    conversation, is_new = received.conversation, received.is_new_conversation
    if incoming.is_automatic or incoming.is_mass or received.message.author_id is not None:
        is_led = False
    elif is_new and route.passes_on_to is not None:
        is_led = pass_on(conversation=conversation, to_id=route.passes_on_to)
    elif is_new and route.asks:
        is_led = ask_where(conversation=conversation)
    else:
        is_addition = not is_new and queries.is_national(received.message.inbox.organisation)
        is_led = is_addition and (
            settle_by_text(conversation=conversation, text=incoming.text)
            or conversations.send_after(message=received.message)
        )
    if not is_led:
        welcome(received=received, is_automatic=incoming.is_automatic, is_mass=incoming.is_mass)


def _update_delivery(inbox: InboxAddress, update: StatusUpdate) -> UUID | None:
    delivery = of_conversations.delivery_by_external_id(inbox, update.external_id)
    if delivery is None:
        return None
    conversations.record_status(delivery=delivery, update=update)
    return delivery.message_id


def _record_bounce(inbox: InboxAddress, incoming: Incoming) -> UUID | None:
    """The message of ours that the report names, so that both are erased together; otherwise it is shown."""
    assert incoming.bounce is not None
    delivery = of_conversations.delivery_by_external_id(inbox, incoming.bounce.external_id)
    if delivery is None:
        return None
    conversations.record_bounce(delivery=delivery, bounce=incoming.bounce)
    return delivery.message_id


def _finish(payload: Payload, state: str, *, problem: str = "", message_id: UUID | None = None) -> None:
    Payload.objects.filter(organisation_id=payload.organisation_id, id=payload.id).update(
        state=state, problem=problem, message_id=message_id, attempts=payload.attempts + 1
    )


# With the pauses of the queue some three minutes: longer would keep waiting what must be read after it.
ATTEMPTS = 5


def record_stumble(*, payload_id: UUID, error: Exception) -> bool:
    """Reading met a fault of our own; True if it may be tried again by itself.

    An administrator reads the kind of fault only: what it says may quote the message.
    """
    rows = Payload.objects.filter(organisation_id=acting_organisation(), id=payload_id)
    problem = f"Dit bericht kan niet worden verwerkt ({type(error).__name__})."
    rows.exclude(state=Payload.State.TAKEN_IN).update(attempts=F("attempts") + 1, problem=problem)
    given_up = rows.filter(state=Payload.State.KEPT, attempts__gte=ATTEMPTS)
    return not given_up.update(state=Payload.State.UNREADABLE)


def view_payload(*, payload: Payload, by: Member, limit_bytes: int) -> bytes:
    """The first bytes of what could not be read; each look is recorded."""
    audit.record("payload.viewed", payload, by=by, bytes=limit_bytes)
    return queries.start_of(payload, limit_bytes)


def retry_payload(*, payload: Payload, by: Member) -> None:
    """Read the payload once more, as after a mended parser; nothing for one that became a message."""
    with transaction.atomic():
        rows = Payload.objects.filter(organisation_id=payload.organisation_id, id=payload.id)
        if rows.exclude(state=Payload.State.TAKEN_IN).update(state=Payload.State.KEPT):
            jobs.later("intake.take_in", organisation_id=payload.organisation_id, id=payload.id)
            audit.record("payload.retried", payload, by=by)

"""What was said at the telephone or the counter."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from mijngemeente.channels.note.wire import Record, incoming_of
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Closure, Conversation
from mijngemeente.conversations.queries import inbox_for
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.reference.models import Topic

from ..errors import NoInbox
from .receipts import accept


@dataclass(frozen=True)
class Contact:
    """A contact at the telephone or the counter, as a member wrote it down."""

    key: UUID
    #: "Telefoongesprek" or "Gesprek aan de balie".
    subject: str
    text: str
    name: str = ""
    email: str = ""
    phone: str = ""
    #: What the resident was told; empty if the answer is still to come.
    told: str = ""
    topic: Topic | None = None
    is_done: bool = False


def record_contact(*, organisation: Organisation, by: Member, contact: Contact) -> Conversation:
    """Put a spoken contact on the desk; the same key again returns the same conversation. Raises NoInbox."""
    inbox = inbox_for(organisation.id, "note")
    if inbox is None:
        raise NoInbox
    record = Record(
        key=contact.key,
        text=contact.text,
        recorded_by=by.id,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        subject=contact.subject,
    )
    with transaction.atomic():
        received = conversations.receive_message(
            inbox=inbox,
            incoming=incoming_of(record),
            organisation_id=organisation.id,
            covered_by_id=organisation.id,
        )
        if received.is_new_message:
            accept(received=received, is_automatic=False, is_mass=False)
            _finish_contact(received.conversation, by, contact)
    return received.conversation


def _finish_contact(conversation: Conversation, by: Member, contact: Contact) -> None:
    conversations.assign(conversation=conversation, to=by, by=by)
    if contact.topic is not None:
        conversations.change_topic(conversation=conversation, topic=contact.topic, by=by)
    if contact.told:
        text = f"Verteld aan de inwoner:\n{contact.told}"
        conversations.add_note(conversation=conversation, by=by, text=text, key=uuid5(contact.key, "told"))
    if contact.is_done:
        conversations.close(conversation=conversation, by=by, reason=Closure.Reason.ANSWERED)

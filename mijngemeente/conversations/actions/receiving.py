"""A message comes in: the contact, the conversation, the message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, IncomingFile, Party
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform import audit, files, live, rows
from mijngemeente.platform.file_types import safe_name, type_of
from mijngemeente.platform.ids import uuid7

from .. import queries, rules
from ..models import Attachment, Contact, ContactAddress, Conversation, Link, Message, MessageReference
from .clocks import CLOCK_FIELDS, set_clock
from .entries import make_findable
from .holds import hold_planned
from .notifications import tell_followers
from .readings import ALARM_FIELDS, heed, understand
from .states import STATE_FIELDS, reopen_for_resident

# Comes from outside: the column's length is the limit.
CONTENT_ID_CHARACTERS = 255
SUBJECT_CHARACTERS = 300
LANGUAGE_CHARACTERS = 3
# A mail to more people than this is not a conversation between them.
RECIPIENTS = 50
REFERENCES = 20


@dataclass(frozen=True)
class Received:
    """What became of an incoming message."""

    message: Message
    #: Where it goes on: not the conversation the message is in, when that was merged into another.
    conversation: Conversation
    is_new_message: bool
    is_new_conversation: bool


def receive_message(
    *,
    inbox: InboxAddress,
    incoming: Incoming,
    organisation_id: int,
    covered_by_id: int,
    understood: rules.Understood | None = None,
) -> Received:
    """Store one message in its conversation; the second time it returns what the first time made.

    What was understood of it shapes a new conversation, and can only make an old one more urgent.
    """
    incoming = rules.storable(incoming)
    with transaction.atomic(savepoint=False):
        queries.take_turns(organisation_id, incoming)
        place = _place_of(organisation_id, inbox, incoming)
        known = _known(place.twins, inbox, place.conversation)
        if known is not None:
            there = queries.current_of(known.conversation)
            return Received(known, there, is_new_message=False, is_new_conversation=False)
        contact = _contact_of(organisation_id, incoming, place.conversation)
        covering = {"organisation_id": organisation_id, "covered_by_id": covered_by_id}
        conversation = place.conversation or _begin(inbox, incoming, contact, understood, **covering)
        message = _store(conversation, inbox, incoming, contact, place.thread)
        _join(message, conversation, place, understood)
    current = place.current or conversation
    return Received(message, current, is_new_message=True, is_new_conversation=place.current is None)


@dataclass(frozen=True)
class _Place:
    """Where an incoming message belongs, before it is stored."""

    #: The same message as it was read in other inboxes.
    twins: Sequence[Message]
    thread: rules.Thread
    #: What it answers, and where that goes on: elsewhere when it was merged. None for a new one.
    conversation: Conversation | None
    current: Conversation | None


def _place_of(organisation_id: int, inbox: InboxAddress, incoming: Incoming) -> _Place:
    thread = queries.thread_of(organisation_id, inbox, incoming)
    current = queries.conversation_of(organisation_id, thread)
    return _Place(
        twins=queries.messages_by_external_id(organisation_id, incoming.external_id),
        thread=thread,
        conversation=queries.named_by(organisation_id, thread, current),
        current=current,
    )


def _join(
    message: Message, conversation: Conversation, place: _Place, understood: rules.Understood | None
) -> None:
    """Tell what it is said in, beside and after."""
    related = {twin.conversation_id for twin in place.twins} | place.thread.related
    if place.current is not None:
        related |= queries.begun_by_answers(message.inbox, message)
    for related_id in related:
        _link_related(conversation, related_id)
    if place.current is not None:
        go_on_with(place.current, message, understood)
    for changed in {conversation, place.current or conversation}:
        live.publish(changed)


def _known(
    twins: Sequence[Message], inbox: InboxAddress, conversation: Conversation | None
) -> Message | None:
    """The same message, read before: in this inbox, or in another one for the same conversation."""
    here = conversation.id if conversation else None
    return next((each for each in twins if each.inbox_id == inbox.id or each.conversation_id == here), None)


def _contact_of(organisation_id: int, incoming: Incoming, conversation: Conversation | None) -> Contact:
    """Who writes; an addition without an address, on the personal page, is the same resident's."""
    if conversation is not None and not incoming.sender.address:
        return conversation.contact
    contact = contact_at(organisation_id, incoming.sender)
    for party in incoming.also_known_as:
        _remember_address(contact, party)
    return contact


def contact_at(organisation_id: int, party: Party) -> Contact:
    """Who has this address, known or new; without an address always somebody new."""
    if not party.address:
        return _add_contact(Contact(organisation_id=organisation_id, name=party.name[:200]))
    known = queries.address_of(organisation_id, party)
    return known.contact if known else _new_contact(organisation_id, party)


def _new_contact(organisation_id: int, party: Party) -> Contact:
    """Two first messages of one resident may arrive at once: the second finds the first's contact."""
    contact = Contact(organisation_id=organisation_id, name=party.name[:200])
    if _remember_address(contact, party):
        return _add_contact(contact)
    known = queries.address_of(organisation_id, party)
    return known.contact if known else _add_contact(contact)


def _add_contact(contact: Contact) -> Contact:
    rows.add(contact)
    return contact


def _remember_address(contact: Contact, party: Party) -> bool:
    """False for an address that is somebody's already, or none at all."""
    value = rules.normal_address(party.kind, party.address)
    return bool(value) and rows.add_once(
        ContactAddress(organisation_id=contact.organisation_id, contact=contact, kind=party.kind, value=value)
    )


def _begin(
    inbox: InboxAddress,
    incoming: Incoming,
    contact: Contact,
    understood: rules.Understood | None,
    *,
    organisation_id: int,
    covered_by_id: int,
) -> Conversation:
    conversation = Conversation(
        id=incoming.new_conversation_id or uuid7(),
        organisation_id=organisation_id,
        number=next_number(organisation_id),
        subject=incoming.subject[:SUBJECT_CHARACTERS],
        contact=contact,
        inbox=inbox,
        channel=inbox.kind,
        language=incoming.language[:LANGUAGE_CHARACTERS],
        covered_by_id=covered_by_id,
        waiting_since=timezone.now(),
        excerpt=rules.excerpt_of(incoming.text),
    )
    made: list[Model] = [conversation, audit.line("conversation.opened", conversation)]
    if understood is not None:
        made.append(understand(conversation, understood))
    set_clock(conversation, at=conversation.created_at, norms=queries.Norms())
    rows.add(*made)
    return conversation


def next_number(organisation_id: int) -> int:
    """The next conversation number; the row lock makes two askers wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_counter (id, organisation_id, last_number) VALUES (%s, %s, 1)"
            " ON CONFLICT (organisation_id) DO UPDATE"
            " SET last_number = conversations_counter.last_number + 1 RETURNING last_number",
            [uuid7(), organisation_id],
        )
        return int(cursor.fetchone()[0])


def _store(
    conversation: Conversation,
    inbox: InboxAddress,
    incoming: Incoming,
    contact: Contact,
    thread: rules.Thread,
) -> Message:
    message = _message_of(conversation, inbox, incoming, contact, thread)
    verb = "message.recorded" if incoming.recorded_by else "message.received"
    line = audit.line(verb, message, by=message.author)
    rows.add(message, line, *_references(message, incoming.replies_to))
    names = [attach(message, file).name for file in incoming.files]
    make_findable(message, conversation, names)
    if incoming.is_forged:
        audit.record("message.forged", message)
    return message


def _message_of(
    conversation: Conversation,
    inbox: InboxAddress,
    incoming: Incoming,
    contact: Contact,
    thread: rules.Thread,
) -> Message:
    return Message(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        direction=Message.Direction.INCOMING,
        is_automatic=incoming.is_automatic,
        author=queries.member_of(incoming.recorded_by),
        contact=contact,
        inbox=inbox,
        external_id=incoming.external_id,
        text=incoming.text,
        folded=incoming.folded,
        html=incoming.html,
        sent_at=_plausible(incoming.sent_at),
        is_from_stranger=thread.is_from_stranger,
        problems=list(incoming.problems),
        recipients=[rules.normal_address("email", each) for each in incoming.recipients[:RECIPIENTS]],
    )


def _references(message: Message, external_ids: Sequence[str]) -> Iterator[MessageReference]:
    for each in dict.fromkeys(external_ids[:REFERENCES]):
        yield MessageReference(
            organisation_id=message.organisation_id,
            message=message,
            inbox_id=message.inbox_id,
            external_id=each,
        )


def _plausible(sent_at: datetime | None) -> datetime | None:
    """PostgreSQL knows year 1 to 294276, Python year 1 to 9999: both ends are nonsense for a message."""
    if sent_at is None or sent_at.year < 1970:
        return None
    return min(sent_at, timezone.now())


def attach(message: Message, file: IncomingFile) -> Attachment:
    """Keep a file with a message of the acting organisation."""
    return Attachment.objects.create(
        organisation_id=message.organisation_id,
        message=message,
        file=files.keep(file.content),
        name=safe_name(file.name),
        content_type=type_of(file.content, file.name),
        is_inline=file.is_inline,
        content_id=file.content_id[:CONTENT_ID_CHARACTERS],
        size_bytes=len(file.content),
    )


def _link_related(conversation: Conversation, related_id: UUID) -> None:
    """Every next mail to the same two inboxes links the same two conversations."""
    link = Link(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        kind=Link.Kind.RELATED,
        other_organisation_id=conversation.organisation_id,
        other_conversation_id=related_id,
    )
    if rows.add_once(link):
        audit.record("conversation.linked", conversation, to=related_id)


def go_on_with(conversation: Conversation, message: Message, understood: rules.Understood | None) -> None:
    """The resident wrote in it: the turn is ours."""
    conversation.last_message_at = message.created_at
    conversation.excerpt = rules.excerpt_of(message.text)
    changed = ["last_message_at", "excerpt"]
    if not message.is_automatic:
        hold_planned(conversation)
        heed(conversation, understood)
        reopen_for_resident(conversation, at=message.created_at)
        set_clock(conversation, at=message.created_at, norms=queries.Norms())
        tell_followers(conversation=conversation, message=message)
        changed += [*ALARM_FIELDS, *STATE_FIELDS, *CLOCK_FIELDS]
    conversation.save(update_fields=changed)

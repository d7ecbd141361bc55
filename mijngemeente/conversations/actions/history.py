"""What another system knew comes in: with its own dates, and without asking anything of anybody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform import audit, rows
from mijngemeente.platform.files import StoredFile, forget
from mijngemeente.platform.ids import uuid7_at

from .. import queries, rules
from ..models import (
    Attachment,
    Closure,
    Contact,
    ContactAddress,
    ContactNote,
    Conversation,
    Message,
    MessageReference,
)
from ..rules.history import OldContact, OldConversation, OldMessage
from .entries import make_findable
from .receiving import (
    RECIPIENTS,
    REFERENCES,
    SUBJECT_CHARACTERS,
    attach,
    contact_at,
    next_number,
)


def keep_old_contacts(*, olds: Sequence[OldContact], note_until: date, by: Member) -> dict[str, Contact]:
    """Residents of another system, by its key; not those of whom an address is known here already."""
    organisation_id = by.organisation_id
    queries.keep_residents(organisation_id)
    made, addresses = _newcomers(organisation_id, olds)
    noted = [old for old in olds if old.note and old.key in made]
    notes = [_note(made[old.key], old.note, note_until, by) for old in noted]
    with transaction.atomic(savepoint=False):
        Contact.objects.bulk_create(made.values())
        ContactAddress.objects.bulk_create(addresses)
        ContactNote.objects.bulk_create(notes)
        lines = [audit.line("contact.imported", each, by=by) for each in made.values()]
        audit.AuditLine.objects.bulk_create(lines)
    return made


def _newcomers(
    organisation_id: int, olds: Sequence[OldContact]
) -> tuple[dict[str, Contact], list[ContactAddress]]:
    """Those of whom no address is known, here or of somebody earlier in the list."""
    taken = _taken(organisation_id, olds)
    made: dict[str, Contact] = {}
    addresses: list[ContactAddress] = []
    for old in olds:
        own = _normal(old)
        if not own or own & taken:
            continue
        taken |= own
        contact = made[old.key] = Contact(organisation_id=organisation_id, name=old.name[:200])
        addresses += [
            ContactAddress(organisation_id=organisation_id, contact=contact, kind=kind, value=value)
            for kind, value in own
        ]
    return made, addresses


def _note(contact: Contact, text: str, ends_on: date, author: Member) -> ContactNote:
    return ContactNote(
        organisation_id=contact.organisation_id, contact=contact, text=text, author=author, ends_on=ends_on
    )


def _taken(organisation_id: int, olds: Sequence[OldContact]) -> set[tuple[str, str]]:
    """Of all their addresses: those that are somebody's already."""
    wanted = {each for old in olds for each in _normal(old)}
    kinds, values = {kind for kind, _ in wanted}, {value for _, value in wanted}
    # With the kinds named too the index leads to each of them, however many residents there are.
    known = ContactAddress.objects.filter(organisation_id=organisation_id, kind__in=kinds, value__in=values)
    return set(known.values_list("kind", "value"))


def _normal(old: OldContact) -> set[tuple[str, str]]:
    return {(each.kind, rules.normal_address(each.kind, each.address)) for each in old.addresses}


def keep_old_conversation(
    *, old: OldConversation, inbox: InboxAddress, authors: Mapping[str, Member], at: datetime, by: Member
) -> Conversation:
    """A conversation that is over, closed on the day it was; no receipt, no clock, no news of it.

    `authors` are our own people by mail address.
    """
    queries.keep_residents(by.organisation_id)
    conversation = _closed_one(old, inbox, at, by.organisation_id)
    closure = Closure(
        organisation_id=by.organisation_id,
        conversation=conversation,
        at=old.ended_at,
        by=by,
        reason=_reason(old),
    )
    with transaction.atomic(savepoint=False):
        rows.add(conversation, closure, audit.line("conversation.imported", conversation, by=by))
        _say(conversation, old.messages, authors)
    return conversation


def _closed_one(
    old: OldConversation, inbox: InboxAddress, at: datetime, organisation_id: int
) -> Conversation:
    conversation = Conversation(
        id=uuid7_at(old.began_at),
        organisation_id=organisation_id,
        number=next_number(organisation_id),
        subject=old.subject[:SUBJECT_CHARACTERS],
        contact=contact_at(organisation_id, old.resident),
        inbox=inbox,
        channel=inbox.kind,
        covered_by_id=organisation_id,
        status=Conversation.Status.CLOSED,
        created_at=old.began_at,
        imported_at=at,
    )
    _take_dates(conversation, old)
    return conversation


def add_to_old_conversation(
    *, conversation: Conversation, old: OldConversation, authors: Mapping[str, Member]
) -> int:
    """The messages that were not there yet, as of a second file; how many. Only while it is closed."""
    said = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    known = set(said.values_list("external_id", flat=True))
    missing = [each for each in old.messages if rules.external_id_kept(each.external_id) not in known]
    if missing and conversation.is_closed:
        with transaction.atomic(savepoint=False):
            _say(conversation, missing, authors)
            # A later part tells of a later end.
            if missing[-1].said_at > conversation.last_message_at:
                _take_dates(conversation, old)
                conversation.save(
                    update_fields=["first_replied_at", "last_message_at", "closed_at", "excerpt"]
                )
    return len(missing) if conversation.is_closed else 0


def _take_dates(conversation: Conversation, old: OldConversation) -> None:
    replies = [each.said_at for each in old.messages if each.direction == Message.Direction.OUTGOING]
    conversation.first_replied_at = conversation.first_replied_at or next(iter(replies), None)
    conversation.last_message_at = old.messages[-1].said_at
    conversation.closed_at = old.ended_at
    conversation.excerpt = rules.excerpt_of(old.messages[-1].text)


def _reason(old: OldConversation) -> str:
    is_answered = any(each.direction == Message.Direction.OUTGOING for each in old.messages)
    return Closure.Reason.ANSWERED if is_answered else Closure.Reason.UNANSWERED


def _say(conversation: Conversation, said: Sequence[OldMessage], authors: Mapping[str, Member]) -> None:
    for old in said:
        message = _message(conversation, old, authors.get(old.author))
        references = (
            MessageReference(
                organisation_id=message.organisation_id,
                message=message,
                inbox_id=message.inbox_id,
                external_id=rules.external_id_kept(each),
            )
            for each in dict.fromkeys(old.replies_to[:REFERENCES])
        )
        rows.add(message, *references)
        make_findable(message, conversation, [attach(message, each).name for each in old.files])


def _message(conversation: Conversation, old: OldMessage, author: Member | None) -> Message:
    is_theirs = old.direction == Message.Direction.INCOMING
    return Message(
        # In the order in which it was said, also beside what is still to come.
        id=uuid7_at(old.said_at),
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        direction=old.direction,
        is_automatic=old.is_automatic,
        author=None if is_theirs else author,
        contact=conversation.contact if is_theirs else None,
        inbox_id=conversation.inbox_id,
        external_id=rules.external_id_kept(old.external_id),
        text=old.text,
        folded=old.folded,
        html=old.html,
        recipients=[rules.normal_address("email", each) for each in old.recipients[:RECIPIENTS]],
        sent_at=old.said_at,
        created_at=old.said_at,
    )


def forget_old(*, organisation_id: int, conversations: Sequence[UUID], contacts: Sequence[UUID]) -> None:
    """Take back what came in by mistake and nobody used. The audit lines stay.

    A contact that has another conversation stays too.
    """
    with transaction.atomic():
        queries.have_residents_alone(organisation_id)
        said = Message.objects.filter(organisation_id=organisation_id, conversation__in=conversations)
        attached = Attachment.objects.filter(organisation_id=organisation_id, message__in=said.values("id"))
        files = list(StoredFile.objects.only("id", "organisation_id").filter(id__in=attached.values("file")))
        Conversation.objects.filter(organisation_id=organisation_id, id__in=conversations).delete()
        Contact.objects.filter(organisation_id=organisation_id, id__in=contacts, conversations=None).delete()
        for each in files:
            forget(each)

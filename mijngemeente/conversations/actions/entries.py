"""Keeping what was said findable."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from mijngemeente.platform import jobs, rows
from mijngemeente.reference.rules.lexemes import VERSION

from ..models import Attachment, Contact, ContactAddress, Conversation, Message, SearchEntry
from ..rules.entries import Found, entry_of

BATCH = 200


def make_findable(message: Message, conversation: Conversation, files: Sequence[str] = ()) -> None:
    """Write the entry of a new message; `files` are the names of what came with it."""
    contact = conversation.contact
    addresses = _addresses_of(contact.organisation_id, [contact.id]).get(contact.id, [])
    rows.add(_entry(message, conversation, addresses, files))


def refresh_later(contact: Contact) -> None:
    """What somebody is called, or reached at, has changed: all their conversations are read anew."""
    jobs.later("conversations.refresh_search", organisation_id=contact.organisation_id, id=contact.id)


def refresh_contact(*, organisation_id: int, contact_id: UUID) -> int:
    """Make the entries of one contact's conversations anew; how many messages there were."""
    conversations = Conversation.objects.filter(organisation_id=organisation_id, contact=contact_id)
    messages = Message.objects.filter(
        organisation_id=organisation_id, conversation__in=conversations.values("id")
    )
    return sum(
        refresh_entries(organisation_id, some) for some in _batches(messages.values_list("id", flat=True))
    )


def refresh_emptied(*, organisation_id: int) -> int:
    """Make the entries anew that the database emptied; how many, of at most one batch."""
    emptied = SearchEntry.objects.filter(organisation_id=organisation_id, version=0)
    wanted = list(emptied.values_list("message_id", flat=True)[:BATCH])
    return refresh_entries(organisation_id, wanted)


def refresh_after(*, organisation_id: int, after: UUID | None) -> tuple[int, UUID | None]:
    """Make a batch of entries that are missing, or of older rules, following a message in order of id.

    How many there were, and the last message looked at; None when that was the last of all.
    """
    messages = Message.objects.filter(organisation_id=organisation_id).order_by("id")
    if after is not None:
        messages = messages.filter(id__gt=after)
    versions = messages.values_list("id", "search_entry__version")[:BATCH]
    wanted = [number for number, version in versions if version != VERSION]
    made = refresh_entries(organisation_id, wanted) if wanted else 0
    return made, versions[len(versions) - 1][0] if versions else None


def refresh_entries(organisation_id: int, message_ids: Sequence[UUID]) -> int:
    """Make the entries of these messages anew; how many. What was taken back is found no more."""
    messages = list(
        Message.objects.filter(organisation_id=organisation_id, id__in=message_ids)
        .exclude(direction=Message.Direction.WITHDRAWN)
        .select_related("conversation__contact")
        .order_by("id")
    )
    addresses = _addresses_of(organisation_id, {each.conversation.contact_id for each in messages})
    files = _files_of(organisation_id, message_ids)
    entries = [
        _entry(
            each,
            each.conversation,
            addresses.get(each.conversation.contact_id, []),
            files.get(each.id, []),
        )
        for each in messages
    ]
    with transaction.atomic():
        SearchEntry.objects.filter(organisation_id=organisation_id, message__in=message_ids).delete()
        for entry in entries:
            rows.add(entry)
    return len(entries)


def _entry(
    message: Message, conversation: Conversation, addresses: Sequence[str], files: Sequence[str]
) -> SearchEntry:
    vector = entry_of(
        Found(
            organisation_id=message.organisation_id,
            number=conversation.number,
            channel=conversation.channel,
            direction=message.direction,
            said_at=message.created_at,
            subject=conversation.subject,
            name=conversation.contact.name,
            addresses=addresses,
            files=files,
            texts=(message.text, message.folded),
        )
    )
    return SearchEntry(
        # The message's own id tells when it was said, so that the newest are the last of the index.
        id=message.id,
        organisation_id=message.organisation_id,
        message=message,
        conversation=conversation,
        words=vector.text,
        version=VERSION,
        is_cut=vector.is_cut,
    )


def _addresses_of(organisation_id: int, contact_ids: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    known = ContactAddress.objects.filter(organisation_id=organisation_id, contact__in=list(contact_ids))
    found: dict[UUID, list[str]] = {}
    for contact_id, value in known.values_list("contact_id", "value"):
        found.setdefault(contact_id, []).append(value)
    return found


def _files_of(organisation_id: int, message_ids: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    kept = Attachment.objects.filter(organisation_id=organisation_id, message__in=list(message_ids))
    found: dict[UUID, list[str]] = {}
    for message_id, name in kept.values_list("message_id", "name"):
        found.setdefault(message_id, []).append(name)
    return found


def _batches(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    waiting = list(ids)
    for start in range(0, len(waiting), BATCH):
        yield waiting[start : start + BATCH]

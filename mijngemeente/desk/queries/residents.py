"""Residents of one organisation: found by name, address or number, and one of them with all we know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Contact, ContactAddress, ContactMerge, ContactNote, Conversation
from mijngemeente.organisations.models import Organisation

from .. import rules
from .queues import url_of

PAGE = 50
#: How an address is called on screen; of other kinds, the name of the channel.
KINDS = {"email": "E-mail", "phone": "Telefoon"}


def contacts_like(organisation_id: int, text: str) -> QuerySet[Contact]:
    """The residents that fit the words, newest first; all of them for no words.

    A part of a name cannot use an index under row security: this reads the contacts of one organisation.
    """
    known = Contact.objects.known().filter(organisation_id=organisation_id).order_by("-id")
    sought = rules.sought(text)
    return known.filter(_fits(organisation_id, sought)) if sought.text else known


def _fits(organisation_id: int, sought: rules.Sought) -> Q:
    addresses = ContactAddress.objects.filter(organisation_id=organisation_id)
    found = Q(name__icontains=sought.text) | Q(
        id__in=addresses.filter(value__contains=sought.text.lower()).values("contact")
    )
    if sought.digits:
        phones = addresses.filter(kind="phone", value__contains=sought.digits)
        found |= Q(id__in=phones.values("contact"))
    if sought.number is not None:
        numbered = Conversation.objects.filter(organisation_id=organisation_id, number=sought.number)
        found |= Q(id__in=numbered.values("contact"))
    return found


@dataclass(frozen=True)
class ResidentRow:
    """A resident in a list."""

    id: UUID
    name: str
    url: str
    addresses: list[str]
    conversations: int
    last_at: datetime | None


def rows_of(contacts: Iterable[Contact], organisation: Organisation) -> list[ResidentRow]:
    """The residents as a list shows them."""
    listed = list(contacts)
    ids = [each.id for each in listed]
    counts = _counts(organisation.id, ids)
    addresses = _addresses(organisation.id, ids)
    return [
        ResidentRow(
            id=each.id,
            name=str(each),
            url=reverse("desk:resident", args=[organisation.slug, each.id]),
            addresses=addresses.get(each.id, []),
            conversations=counts.get(each.id, (0, None))[0],
            last_at=counts.get(each.id, (0, None))[1],
        )
        for each in listed
    ]


def _counts(organisation_id: int, ids: list[UUID]) -> dict[UUID, tuple[int, datetime | None]]:
    rows = Conversation.objects.filter(organisation_id=organisation_id, contact__in=ids).order_by()
    counted = rows.values("contact").annotate(count=Count("id"), last=Max("last_message_at"))
    return {each["contact"]: (each["count"], each["last"]) for each in counted}


def _addresses(organisation_id: int, ids: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = ContactAddress.objects.filter(organisation_id=organisation_id, contact__in=ids)
    for each in rows.order_by("-is_preferred", "kind", "id"):
        found.setdefault(each.contact_id, []).append(each.value)
    return found


@dataclass(frozen=True)
class ShownAddress:
    """An address of a resident."""

    id: UUID
    kind: str
    value: str
    is_preferred: bool
    #: Whether there is another one of its kind to prefer it to.
    has_rivals: bool
    url: str


@dataclass(frozen=True)
class ShownConversation:
    """A conversation in the history of a resident."""

    number: int
    subject: str
    url: str
    channel_icon: str
    channel_name: str
    status: str
    status_text: str
    began_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class ShownNote:
    """A note about a resident."""

    note: ContactNote
    url: str


@dataclass(frozen=True)
class ShownMerge:
    """That another contact went up in this one."""

    merge: ContactMerge
    name: str
    url: str


@dataclass(frozen=True)
class Resident:
    """One resident, with what we know."""

    contact: Contact
    name: str
    is_anonymous: bool
    addresses: list[ShownAddress]
    notes: list[ShownNote]
    merges: list[ShownMerge]
    conversations: list[ShownConversation]
    page: "Page[Conversation]"
    links: dict[str, str]


_DEEDS = ("resident", "rename_resident", "add_address", "add_resident_note", "merge_residents")


def resident_of(contact: Contact, organisation: Organisation, page_number: str | None) -> Resident:
    """The resident as the page shows them."""
    page = Paginator(conversations_of(contact), PAGE).get_page(page_number)
    return Resident(
        contact=contact,
        name=str(contact),
        is_anonymous=contact.anonymised_at is not None,
        addresses=addresses_of(contact, organisation),
        notes=_notes_of(contact, organisation),
        merges=_merges_of(contact, organisation),
        conversations=[_shown(each, organisation.slug) for each in page.object_list],
        page=page,
        links={name: reverse(f"desk:{name}", args=[organisation.slug, contact.id]) for name in _DEEDS},
    )


def conversations_of(contact: Contact) -> QuerySet[Conversation]:
    """All conversations of the resident, newest first."""
    rows = Conversation.objects.filter(organisation_id=contact.organisation_id, contact=contact)
    return rows.select_related("topic").order_by("-last_message_at", "-id")


def _shown(conversation: Conversation, slug: str) -> ShownConversation:
    channel = CHANNELS.get(conversation.channel)
    return ShownConversation(
        number=conversation.number,
        subject=conversation.subject or str(conversation.topic or conversation.excerpt or "zonder onderwerp"),
        url=url_of(slug, conversation.id),
        channel_icon=channel.icon if channel else "envelope",
        channel_name=channel.name if channel else conversation.channel,
        status=conversation.status,
        status_text=conversation.get_status_display(),
        began_at=conversation.created_at,
        last_at=conversation.last_message_at,
    )


def addresses_of(contact: Contact, organisation: Organisation) -> list[ShownAddress]:
    """The addresses of the resident, the preferred ones first."""
    rows = ContactAddress.objects.filter(organisation_id=contact.organisation_id, contact=contact)
    found = list(rows.order_by("kind", "-is_preferred", "id"))
    kinds = [each.kind for each in found]
    return [
        ShownAddress(
            id=each.id,
            kind=_kind_name(each.kind),
            value=each.value,
            is_preferred=each.is_preferred,
            has_rivals=kinds.count(each.kind) > 1,
            url=reverse("desk:address", args=[organisation.slug, contact.id, each.id]),
        )
        for each in found
    ]


def _kind_name(kind: str) -> str:
    channel = CHANNELS.get(kind)
    return KINDS.get(kind) or (channel.name if channel else kind)


def _notes_of(contact: Contact, organisation: Organisation) -> list[ShownNote]:
    rows = ContactNote.objects.filter(organisation_id=contact.organisation_id, contact=contact)
    return [
        ShownNote(each, reverse("desk:remove_resident_note", args=[organisation.slug, contact.id, each.id]))
        for each in rows.select_related("author__person").order_by("-id")
    ]


def _merges_of(contact: Contact, organisation: Organisation) -> list[ShownMerge]:
    rows = ContactMerge.objects.filter(
        organisation_id=contact.organisation_id, kept=contact, undone_at=None
    ).select_related("gone", "by__person")
    return [
        ShownMerge(
            each,
            str(each.gone),
            reverse("desk:undo_merge", args=[organisation.slug, contact.id, each.id]),
        )
        for each in rows.order_by("-id")
    ]

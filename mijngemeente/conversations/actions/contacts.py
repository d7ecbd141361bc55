"""Who somebody is: name, addresses, and what colleagues should know."""

from datetime import date
from uuid import UUID

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, rows

from .. import queries, rules
from ..errors import AddressKnown, LastAddress, NotAnAddress
from ..models import Contact, ContactAddress, ContactNote
from .entries import refresh_later


def view_contact(*, contact: Contact, by: Member, purpose: str, conversation_id: UUID | None = None) -> None:
    """Write down that somebody looked at a resident, and why (promise P4)."""
    if conversation_id is None:
        audit.record("contact.viewed", contact, by=by, purpose=purpose)
    else:
        audit.record("contact.viewed", contact, by=by, purpose=purpose, via=conversation_id)


def rename_contact(*, contact: Contact, name: str, by: Member) -> bool:
    """Correct the name; True if that changed anything."""
    with transaction.atomic():
        same = Contact.objects.filter(organisation_id=contact.organisation_id, id=contact.id)
        changed = same.exclude(name=name).update(name=name) == 1
        if changed:
            audit.record("contact.renamed", contact, by=by)
            refresh_later(contact)
    return changed


def add_address(*, contact: Contact, kind: str, value: str, by: Member) -> ContactAddress:
    """Remember another address. Raises AddressKnown or NotAnAddress."""
    normal = rules.normal_address(kind, value)
    if not normal:
        raise NotAnAddress
    with transaction.atomic():
        queries.keep_residents(contact.organisation_id)
        contact = queries.standing(contact.organisation_id, contact.id)
        address = ContactAddress(
            organisation_id=contact.organisation_id, contact=contact, kind=kind, value=normal
        )
        if not rows.add_once(address):
            raise AddressKnown
        audit.record("contact.address_added", contact, by=by, address=address.id)
        refresh_later(contact)
    return address


def remove_address(*, address: ContactAddress, by: Member) -> None:
    """Forget an address. Raises LastAddress: without any, nobody could answer."""
    organisation_id, contact = address.organisation_id, address.contact
    with transaction.atomic():
        Contact.objects.select_for_update().get(organisation_id=organisation_id, id=contact.id)
        others = ContactAddress.objects.filter(organisation_id=organisation_id, contact=contact)
        if not others.exclude(id=address.id).exists():
            raise LastAddress
        if others.filter(id=address.id).delete()[0]:
            audit.record("contact.address_removed", contact, by=by, address=address.id)
            refresh_later(contact)


def prefer_address(*, address: ContactAddress, by: Member) -> None:
    """From now on answers go here rather than to another address of the same kind."""
    organisation_id = address.organisation_id
    with transaction.atomic():
        Contact.objects.select_for_update().get(organisation_id=organisation_id, id=address.contact_id)
        same_kind = ContactAddress.objects.filter(
            organisation_id=organisation_id, contact=address.contact_id, kind=address.kind
        )
        same_kind.exclude(id=address.id).update(is_preferred=False)
        if same_kind.filter(id=address.id, is_preferred=False).update(is_preferred=True):
            audit.record("contact.address_preferred", address.contact, by=by, address=address.id)


def note_contact(*, contact: Contact, text: str, ends_on: date, by: Member) -> ContactNote:
    """Write something down about a resident, until and including `ends_on`."""
    with transaction.atomic():
        queries.keep_residents(contact.organisation_id)
        contact = queries.standing(contact.organisation_id, contact.id)
        note = ContactNote(
            organisation_id=contact.organisation_id, contact=contact, text=text, author=by, ends_on=ends_on
        )
        rows.add(note, audit.line("contact.noted", contact, by=by, note=note.id))
    return note


def remove_contact_note(*, note: ContactNote, by: Member) -> None:
    """Remove a note before its time; nothing if it is gone."""
    same = ContactNote.objects.filter(organisation_id=note.organisation_id, id=note.id)
    with transaction.atomic():
        if same.delete()[0]:
            audit.record("contact.note_removed", note.contact, by=by, note=note.id)


def forget_contact_notes(*, organisation_id: int, today: date) -> int:
    """Remove the notes whose last day is over; how many there were."""
    over = ContactNote.objects.filter(organisation_id=organisation_id, ends_on__lt=today)
    return over.delete()[0]

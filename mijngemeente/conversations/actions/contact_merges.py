"""Two contacts that turned out to be one person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live

from .. import queries
from ..errors import AlreadyMerged, Crossed, SameContact
from ..models import Contact, ContactAddress, ContactMerge, ContactNote, Conversation, Message
from .entries import refresh_later


def merge_contacts(*, kept: Contact, gone: Contact, by: Member) -> ContactMerge:
    """Everything of `gone` becomes `kept`'s; the row stays behind, empty, so that this can be undone.

    Raises SameContact, or AlreadyMerged when a colleague was first: also when that was the other way round.
    """
    if kept.id == gone.id:
        raise SameContact
    with transaction.atomic():
        queries.have_residents_alone(kept.organisation_id)
        if any(each.merged_into_id or each.anonymised_at for each in _locked(kept, gone)):
            raise AlreadyMerged
        merge = _move_all(kept, gone, by)
        Contact.objects.filter(organisation_id=kept.organisation_id, id=gone.id).update(merged_into=kept)
        audit.record("contact.merged", kept, by=by, gone=gone.id, merge=merge.id)
        refresh_later(kept)
        _tell_screens(kept.organisation_id, merge.conversations)
    return merge


def _locked(*contacts: Contact) -> list[Contact]:
    """The rows as they are now. Always in the order of their ids, so that nobody waits in a circle."""
    # Keys that point at them are checked meanwhile: only what they are called, and where they went, is ours.
    rows = Contact.objects.select_for_update(no_key=True).filter(
        organisation_id=contacts[0].organisation_id, id__in=[each.id for each in contacts]
    )
    return list(rows.order_by("id"))


def _move_all(kept: Contact, gone: Contact, by: Member) -> ContactMerge:
    taken = _of(ContactAddress, kept).filter(is_preferred=True).values("kind")
    losing = _of(ContactAddress, gone).filter(is_preferred=True, kind__in=taken)
    once_preferred = list(losing.values_list("id", flat=True))
    losing.update(is_preferred=False)
    return ContactMerge.objects.create(
        organisation_id=kept.organisation_id,
        kept=kept,
        gone=gone,
        by=by,
        once_preferred=once_preferred,
        addresses=_move(ContactAddress, gone, kept),
        conversations=_move(Conversation, gone, kept),
        messages=_move(Message, gone, kept),
        notes=_move(ContactNote, gone, kept),
    )


def _of(model: type[Any], contact: Contact) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = model.objects.filter(
        organisation_id=contact.organisation_id, contact=contact.id
    )
    return rows


def _move(model: type[models.Model], gone: Contact, kept: Contact) -> list[UUID]:
    moved = list(_of(model, gone).order_by("id").values_list("id", flat=True))
    _of(model, gone).update(contact=kept)
    return moved


def undo_merge(*, merge: ContactMerge, by: Member) -> None:
    """Give everything back that moved. Raises Crossed once something came in between."""
    with transaction.atomic():
        queries.have_residents_alone(merge.organisation_id)
        kept, gone = _both(merge)
        if gone.merged_into_id != kept.id or _has_crossed(merge, kept):
            raise Crossed
        _give_back(merge, gone)
        Contact.objects.filter(organisation_id=gone.organisation_id, id=gone.id).update(merged_into=None)
        ContactMerge.objects.filter(organisation_id=merge.organisation_id, id=merge.id).update(
            undone_at=timezone.now()
        )
        audit.record("contact.merge_undone", kept, by=by, gone=gone.id, merge=merge.id)
        refresh_later(kept)
        refresh_later(gone)
        _tell_screens(kept.organisation_id, merge.conversations)


def _both(merge: ContactMerge) -> tuple[Contact, Contact]:
    found = {each.id: each for each in _locked(merge.kept, merge.gone)}
    return found[merge.kept_id], found[merge.gone_id]


def _has_crossed(merge: ContactMerge, kept: Contact) -> bool:
    """Of what was written since, nobody can tell which of the two wrote it."""
    written = _of(Message, kept).filter(created_at__gt=merge.at)
    return (
        merge.undone_at is not None
        or kept.merged_into_id is not None
        or written.exists()
        or any(_of(model, kept).filter(id__in=ids).count() != len(ids) for model, ids in _moved(merge))
    )


def _moved(merge: ContactMerge) -> list[tuple[type[models.Model], list[UUID]]]:
    """Notes are not among these: they end by themselves."""
    return [
        (ContactAddress, merge.addresses),
        (Conversation, merge.conversations),
        (Message, merge.messages),
    ]


def _give_back(merge: ContactMerge, gone: Contact) -> None:
    kept = merge.kept
    for model, ids in _moved(merge):
        _of(model, kept).filter(id__in=ids).update(contact=gone)
    _of(ContactNote, kept).filter(id__in=merge.notes).update(contact=gone)
    _of(ContactAddress, gone).filter(id__in=merge.once_preferred).update(is_preferred=True)


def _tell_screens(organisation_id: int, conversations: Iterable[UUID]) -> None:
    for each in Conversation.objects.filter(organisation_id=organisation_id, id__in=list(conversations)):
        live.publish(each)

"""What was done with what an import made."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mijngemeente.conversations.models import Contact, ContactNote, Conversation
from mijngemeente.platform.audit import AuditLine

from ..models import Import, Imported

#: Making it, and looking at it, is no use of it.
_NO_USE = ("conversation.imported", "conversation.viewed", "contact.imported", "contact.viewed")


def used_count(shown: Import) -> int:
    """How many residents and conversations of this import were used since."""
    made = _made(shown)
    conversations = used_conversations(
        shown, made.exclude(conversation=None).values_list("conversation", flat=True)
    )
    return (
        conversations.count()
        + used_contacts(shown, made.exclude(contact=None).values_list("contact", flat=True)).count()
    )


def used_conversations(shown: Import, ids: Iterable[UUID]) -> QuerySet[Conversation]:
    """Of these: what anybody did something with, as answering it, or holding it."""
    rows = Conversation.objects.filter(organisation_id=shown.organisation_id, id__in=ids)
    lines = _done(shown).filter(conversation_id=OuterRef("id"))
    return rows.filter(Q(Exists(lines)) | ~Q(status=Conversation.Status.CLOSED))


def used_contacts(shown: Import, ids: Iterable[UUID]) -> QuerySet[Contact]:
    """Of these: who wrote since, or of whom somebody wrote something down."""
    organisation_id = shown.organisation_id
    rows = Contact.objects.filter(organisation_id=organisation_id, id__in=ids)
    others = Conversation.objects.filter(organisation_id=organisation_id, contact=OuterRef("id")).exclude(
        id__in=_made(shown).exclude(conversation=None).values("conversation")
    )
    since = ContactNote.objects.filter(organisation_id=organisation_id, contact=OuterRef("id")).filter(
        written_at__gt=shown.ended_at or shown.created_at
    )
    lines = _done(shown).filter(subject_id=OuterRef("id"), conversation_id=None)
    return rows.filter(Q(Exists(others)) | Q(Exists(since)) | Q(Exists(lines)))


def _made(shown: Import) -> QuerySet[Imported]:
    return Imported.objects.filter(organisation_id=shown.organisation_id, batch=shown)


def _done(shown: Import) -> QuerySet[AuditLine]:
    return AuditLine.objects.filter(organisation_id=shown.organisation_id).exclude(verb__in=_NO_USE)

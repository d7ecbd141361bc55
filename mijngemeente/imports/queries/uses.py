"""Whether somebody did something with what an import made."""

from django.db.models import Exists, OuterRef, Q

from mijngemeente.conversations.models import Contact, ContactNote, Conversation
from mijngemeente.platform.audit import AuditLine

from ..models import Import, Imported

#: Making it, and looking at it, is no use of it.
_NO_USE = ("conversation.imported", "conversation.viewed", "contact.imported", "contact.viewed")


def used_count(shown: Import) -> int:
    """How many residents and conversations of this import were used since."""
    organisation_id = shown.organisation_id
    made = Imported.objects.filter(organisation_id=organisation_id, batch=shown)
    conversations = Conversation.objects.filter(
        organisation_id=organisation_id, id__in=made.values("conversation")
    )
    done = AuditLine.objects.filter(organisation_id=organisation_id).exclude(verb__in=_NO_USE)
    touched = conversations.filter(
        Q(Exists(done.filter(conversation_id=OuterRef("id")))) | ~Q(status=Conversation.Status.CLOSED)
    )
    contacts = Contact.objects.filter(organisation_id=organisation_id, id__in=made.values("contact"))
    others = Conversation.objects.filter(organisation_id=organisation_id, contact=OuterRef("id")).exclude(
        id__in=made.exclude(conversation=None).values("conversation")
    )
    since = ContactNote.objects.filter(organisation_id=organisation_id, contact=OuterRef("id")).filter(
        written_at__gt=shown.ended_at or shown.created_at
    )
    lines = done.filter(subject_id=OuterRef("id"), conversation_id=None)
    known = contacts.filter(Q(Exists(others)) | Q(Exists(since)) | Q(Exists(lines)))
    return touched.count() + known.count()

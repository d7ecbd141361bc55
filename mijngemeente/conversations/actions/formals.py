"""Objections, applications and formal complaints: said to be one, and received as the law asks."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, live, rows

from ..errors import NotReceipted
from ..models import Conversation, ConversationQuerySet, Designation
from .replies import send_automatic


def mark_formal(*, conversation: Conversation, kind: str, by: Member) -> bool:
    """Say which formal message this is; False if that was said before. Only a person says so."""
    with transaction.atomic():
        others = _same(conversation).exclude(formal_kind=kind)
        as_marked = {"formal_kind": kind, "kind": Conversation.Kind.FORMAL}
        changed = others.update(**as_marked, covers_until=timezone.now()) == 1
        if changed:
            audit.record("conversation.formal_marked", conversation, by=by, to=kind)
            live.publish(conversation)
    return changed


def send_formal_receipt(*, conversation: Conversation, text: str, by: Member | None) -> bool:
    """Confirm in writing that a formal message came in; once per conversation, False after that.

    Raises NotReceipted when there is no way to write to the resident: then nothing counts as confirmed.
    """
    with transaction.atomic():
        first = _same(conversation).filter(formal_receipt_at=None)
        if first.update(formal_receipt_at=timezone.now()) != 1:
            return False
        if send_automatic(conversation=conversation, text=text) is None:
            raise NotReceipted
        audit.record("conversation.formal_receipt", conversation, by=by)
    return True


def designate(*, designation: Designation, by: Member) -> None:
    """Store where one kind of formal message belongs, in place of what stood there."""
    values = ("url", "email", "post", "terms", "is_automatic")
    with transaction.atomic():
        if not rows.add_once(designation):
            Designation.objects.filter(
                organisation_id=designation.organisation_id, kind=designation.kind
            ).update(**{name: getattr(designation, name) for name in values})
        audit.record("designation.changed", designation, by=by, kind=designation.kind)


def _same(conversation: Conversation) -> ConversationQuerySet:
    return Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)

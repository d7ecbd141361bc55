"""What is spam is closed and remembered as such; what is not, comes back."""

from django.db import transaction

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from ..models import Closure, Conversation
from .states import change_kind, close, reopen


def close_because(*, conversation: Conversation, by: Member, reason: str, explanation: str = "") -> bool:
    """Close the conversation; what is spam is remembered as such. False if it was closed already."""
    if reason == Closure.Reason.SPAM:
        return mark_spam(conversation=conversation, by=by, explanation=explanation)
    return close(conversation=conversation, by=by, reason=reason, explanation=explanation)


def mark_spam(*, conversation: Conversation, by: Member, explanation: str = "") -> bool:
    """Close the conversation as spam; False if it was closed already."""
    with transaction.atomic():
        closed = close(conversation=conversation, by=by, reason=Closure.Reason.SPAM, explanation=explanation)
        if closed:
            change_kind(conversation=conversation, kind=Conversation.Kind.SPAM, by=by)
            audit.record("conversation.spam_marked", conversation, by=by)
    return closed


def unmark_spam(*, conversation: Conversation, by: Member) -> bool:
    """Say that it is no spam, which opens it again; False if nobody said it was."""
    with transaction.atomic():
        rows = Conversation.objects.select_for_update()
        current = rows.get(organisation_id=conversation.organisation_id, id=conversation.id)
        if current.kind != Conversation.Kind.SPAM:
            return False
        change_kind(conversation=current, kind="", by=by)
        audit.record("conversation.spam_unmarked", current, by=by)
        reopen(conversation=current, by=by)
    return True

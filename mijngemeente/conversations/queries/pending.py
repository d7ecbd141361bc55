"""Answers that are written and not sent yet."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.platform.files import content_of

from ..models import Conversation, Message, PendingReply


def spoken_count(conversation: Conversation) -> int:
    """How much resident and colleagues said here; it never becomes less."""
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    return rows.filter(is_automatic=False).exclude(direction=Message.Direction.NOTE).count()


def is_spoken(reply: PendingReply) -> bool:
    """Whether this very answer is in the conversation already."""
    return Message.objects.filter(organisation_id=reply.organisation_id, key=reply.key).exists()


def pending_in(conversation: Conversation) -> QuerySet[PendingReply]:
    """What waits in this conversation, the oldest first."""
    rows = PendingReply.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation
    )
    return rows.select_related("author__person", "asked_to__person").order_by("id")


def asked_in(organisation_ids: Iterable[int], member_ids: Iterable[UUID]) -> QuerySet[PendingReply]:
    """What others wait for a yes to, from one of these members, who are one person, or from anybody."""
    rows = PendingReply.objects.filter(
        organisation_id__in=organisation_ids, state=PendingReply.State.ASKED
    ).exclude(author__in=member_ids)
    return rows.filter(Q(asked_to=None) | Q(asked_to__in=member_ids))


def files_of(reply: PendingReply) -> Iterable[IncomingFile]:
    """What goes along with it."""
    for each in reply.files.select_related("file").defer("file__content").order_by("id"):
        yield IncomingFile(each.name, each.content_type, content_of(each.file))

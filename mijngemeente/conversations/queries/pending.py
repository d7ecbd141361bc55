"""Answers that are written and not sent yet."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.platform.files import content_of

from ..models import Conversation, Message, PendingReply


def spoken_count(conversation: Conversation) -> int:
    """How much resident and colleagues said here; it never becomes less."""
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    return rows.filter(is_automatic=False).exclude(direction=Message.Direction.NOTE).count()


def pending_in(conversation: Conversation) -> QuerySet[PendingReply]:
    """What waits in this conversation, the oldest first."""
    rows = PendingReply.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation
    )
    return rows.select_related("author__person", "asked_to__person").order_by("id")


def files_of(reply: PendingReply) -> Iterable[IncomingFile]:
    """What goes along with it."""
    for each in reply.files.select_related("file").defer("file__content").order_by("id"):
        yield IncomingFile(each.name, each.content_type, content_of(each.file))

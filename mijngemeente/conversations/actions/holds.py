"""Stopping an answer that was planned before something came in between."""

from mijngemeente.platform import audit, live, rows

from ..models import Conversation, Notification, PendingReply
from .notifications import notify


def hold_planned(conversation: Conversation) -> None:
    """The resident wrote: what was planned before may not fit any more. In the caller's transaction."""
    planned = PendingReply.objects.filter(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        state=PendingReply.State.PLANNED,
    )
    for reply in planned.select_related("author__person", "conversation"):
        hold(reply, "De inwoner schreef intussen.")


def hold(reply: PendingReply, why: str) -> None:
    """Send it no more by itself; unless somebody else just took it."""
    same = PendingReply.objects.filter(organisation_id=reply.organisation_id, id=reply.id)
    planned = same.filter(state=PendingReply.State.PLANNED)
    if planned.update(state=PendingReply.State.HELD, remark=why):
        line = audit.line("message.held", reply)
        rows.add(line)
        notify(conversation=reply.conversation, to=reply.author, kind=Notification.Kind.HELD, about=line.id)
        live.publish(reply.conversation)

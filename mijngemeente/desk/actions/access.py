"""Who took or looked at what came from outside."""

from mijngemeente.conversations.models import Attachment, Conversation, Message
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit


def record_download(*, attachment: Attachment, conversation: Conversation, by: Member) -> None:
    """Write down that somebody took a file of the conversation."""
    audit.record("attachment.downloaded", conversation, by=by, attachment=attachment.id)


def record_search(*, by: Member, found: int, organisations: int) -> None:
    """Write down that somebody searched, and how much they saw; not what for (promise P4)."""
    audit.record("search.made", by, by=by, found=found, organisations=organisations)


def record_look_elsewhere(*, conversation: Conversation, by: Member, found: int) -> None:
    """Write down that somebody looked in another organisation for what belongs with this conversation."""
    audit.record("search.made", conversation, by=by, found=found, organisations=1)


def record_images(*, message: Message, by: Member) -> None:
    """Write down that somebody let a mail fetch its pictures from outside."""
    audit.record("message.images_shown", message, by=by)

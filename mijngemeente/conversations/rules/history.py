"""What another system knew: a resident, or a conversation that is over."""

from dataclasses import dataclass
from datetime import datetime

from mijngemeente.channels.contract import IncomingFile, Party


@dataclass(frozen=True)
class OldContact:
    """A resident as another system had it."""

    #: Stays the same when the file is read in again.
    key: str
    name: str
    #: At least one.
    addresses: tuple[Party, ...]
    note: str = ""


@dataclass(frozen=True)
class OldMessage:
    """Something that was said."""

    external_id: str
    #: A value of `Message.Direction`.
    direction: str
    said_at: datetime
    text: str
    folded: str = ""
    #: Sanitised.
    html: str = ""
    #: Who wrote it on our side, by mail address.
    author: str = ""
    recipients: tuple[str, ...] = ()
    replies_to: tuple[str, ...] = ()
    files: tuple[IncomingFile, ...] = ()
    is_automatic: bool = False


@dataclass(frozen=True)
class OldConversation:
    """A conversation that is over."""

    key: str
    subject: str
    #: Without an address: only a name is known.
    resident: Party
    #: Oldest first; at least one.
    messages: tuple[OldMessage, ...]
    #: None: after its last message.
    closed_at: datetime | None = None

    @property
    def began_at(self) -> datetime:
        """When it was first spoken of."""
        return self.messages[0].said_at

    @property
    def ended_at(self) -> datetime:
        """When it was closed; never before its last word."""
        last = self.messages[-1].said_at
        return max(last, self.closed_at) if self.closed_at else last

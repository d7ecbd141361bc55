"""What a channel is: bytes in, messages out. A wire knows no tables and no Django."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

#: An inbox's settings as its setup form made them, secrets included.
Credentials = Mapping[str, Any]


REASON_CHARACTERS = 500


class WireError(Exception):
    """The other side did not do what we asked; `permanent` means asking again will not help."""

    def __init__(
        self, reason: str, *, permanent: bool = False, spoken: bool = False, account: bool = False
    ) -> None:
        # What another system says may hold anything, and is stored and shown.
        super().__init__(reason.replace("\x00", "")[:REASON_CHARACTERS])
        self.permanent = permanent
        #: The account, or the line to its server, is the trouble, and not this one message.
        self.account = account
        #: The line broke after we handed over the message: it may have been delivered.
        self.spoken = spoken


class Unreadable(ValueError):
    """The bytes are not what this channel sends; they are kept and shown to an administrator."""


@dataclass(frozen=True)
class Party:
    """Somebody at the other side."""

    name: str
    #: The channel's own address: an e-mail address, a telephone number; empty if unknown.
    address: str
    #: What sort of address: email, phone or the channel's kind.
    kind: str


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a message."""

    name: str
    content_type: str
    content: bytes
    is_inline: bool = False
    #: How the HTML names an inline picture.
    content_id: str = ""


@dataclass(frozen=True)
class Bounce:
    """A report that one of our messages was not delivered."""

    #: External id of our message, empty if the report does not say.
    external_id: str
    recipients: tuple[str, ...]
    reason: str
    is_permanent: bool


@dataclass(frozen=True)
class Incoming:
    """One message from a resident, as the channel brought it."""

    external_id: str
    sender: Party
    text: str
    subject: str = ""
    #: The new part of the text; what was quoted or signed is in `folded`.
    folded: str = ""
    #: Sanitised HTML, empty if there was none.
    html: str = ""
    sent_at: datetime | None = None
    files: tuple[IncomingFile, ...] = ()
    #: External ids of earlier messages, the direct parent first.
    replies_to: tuple[str, ...] = ()
    #: Addresses it was sent to, ours among them.
    recipients: tuple[str, ...] = ()
    #: Conversation the channel itself vouches for (a personal link, a keyed reply address).
    conversation_id: UUID | None = None
    #: Conversation id to give a new conversation, so that a personal link can be shown at once.
    new_conversation_id: UUID | None = None
    #: It carried a keyed mark that is not ours.
    is_forged: bool = False
    #: Written by a machine: never gets a receipt.
    is_automatic: bool = False
    #: Sent to many: does not join a conversation by its references.
    is_mass: bool = False
    bounce: Bounce | None = None
    #: ISO 639 code, empty if unknown.
    language: str = ""
    #: Member who recorded it by hand (telephone, counter).
    recorded_by: UUID | None = None
    #: What could not be read, in Dutch.
    problems: tuple[str, ...] = ()
    #: Further addresses of the sender, as the telephone number on a form.
    also_known_as: tuple[Party, ...] = ()


@dataclass(frozen=True)
class StatusUpdate:
    """What became of a message of ours."""

    external_id: str
    state: str
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Fetched:
    """One message read from a pulled channel."""

    body: bytes
    #: Where to go on after this message.
    position: str


@dataclass(frozen=True)
class OutgoingFile:
    """A file that goes with an answer."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Outgoing:
    """One message to a resident."""

    conversation_id: UUID
    delivery_id: UUID
    text: str
    subject: str
    sender_name: str
    #: Our address on this channel.
    sender_address: str
    recipient: Party
    written_at: datetime
    #: External ids of the conversation so far, newest last.
    references: tuple[str, ...] = ()
    files: tuple[OutgoingFile, ...] = ()
    #: A receipt or another message no person wrote.
    is_automatic: bool = False
    #: The resident's personal page.
    personal_url: str = ""


@dataclass(frozen=True)
class Receipt:
    """The channel took the message."""

    #: The channel's id for our message.
    external_id: str
    state: str = "sent"


@dataclass(frozen=True)
class Limits:
    """What fits in one message."""

    text_characters: int
    files: int = 0
    total_bytes: int = 0


class Direction(StrEnum):
    """How messages reach us."""

    PUSHED = "pushed"
    PULLED = "pulled"
    #: Made by our own pages.
    OWN = "own"


class Way(StrEnum):
    """Which way messages go."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True)
class Watch:
    """Staying with an account to hear of news."""

    #: At most this long.
    seconds: float
    #: Called as soon as no news can be missed, and at each sign of news.
    look: Callable[[], None]
    #: Asked every few seconds: nobody wants to know any more.
    is_over: Callable[[], bool]


class Wire(Protocol):
    """One channel. Everything but `fetch` and `send` is pure."""

    limits: Limits
    direction: Direction
    #: The same key twice makes one message at the other side.
    is_idempotent: bool

    def authenticate(self, headers: Mapping[str, str], body: bytes, credentials: Credentials) -> bool:
        """Whether a pushed call is really from the other side; checks the raw bytes."""
        ...

    def parse(self, body: bytes) -> Incoming | StatusUpdate:
        """What the bytes say. Raises Unreadable."""
        ...

    def fetch(self, credentials: Credentials, position: str) -> Generator[Fetched, None, None]:
        """Messages after `position`, oldest first. Raises WireError."""
        ...

    def stay_with(self, credentials: Credentials, watch: Watch) -> None:
        """Stay with a pulled account, and tell when it may have something new. Raises WireError."""
        ...

    def try_out(self, credentials: Credentials, way: Way) -> None:
        """Whether the account works one way, without reading or sending anything. Raises WireError."""
        ...

    def id_of(self, outgoing: Outgoing, *, key: UUID) -> str:
        """The external id that the message will have, if it is ours to choose; else empty."""
        ...

    def send(self, outgoing: Outgoing, credentials: Credentials, *, key: UUID) -> Receipt:
        """Hand one message to the other side. Raises WireError."""
        ...


@dataclass(frozen=True)
class Channel:
    """A line in the registry."""

    kind: str
    #: As a person reads it.
    name: str
    wire: Wire
    icon: str = field(default="envelope")
    #: Everybody can read what is said there.
    is_public: bool = False

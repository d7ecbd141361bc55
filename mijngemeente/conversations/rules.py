"""What belongs where: threading, excerpts and states, decided without a database."""

from dataclasses import dataclass
from uuid import UUID

EXCERPT_CHARACTERS = 160


@dataclass(frozen=True)
class Candidate:
    """A conversation that an incoming message might continue."""

    conversation_id: UUID
    #: The sender wrote or was addressed in it.
    knows_sender: bool
    has_same_subject: bool


@dataclass(frozen=True)
class Thread:
    """Where a message goes."""

    #: None: a new conversation.
    conversation_id: UUID | None
    #: A conversation to link a new one to.
    related_id: UUID | None = None
    is_from_stranger: bool = False

    @property
    def related(self) -> frozenset[UUID]:
        """What to link to."""
        return frozenset({self.related_id} if self.related_id else ())


def decide_thread(vouched: Candidate | None, referred: Candidate | None, *, is_mass: bool) -> Thread:
    """Where a message goes, as decided in design/desk.md, "Mail threading, decided".

    `vouched` was named by our own keyed mark, `referred` by the ids of earlier messages.
    """
    if vouched is not None and not vouched.has_same_subject:
        return Thread(None, related_id=vouched.conversation_id)
    if vouched is not None:
        return Thread(vouched.conversation_id, is_from_stranger=not vouched.knows_sender)
    if referred is None:
        return Thread(None)
    if is_mass or not referred.knows_sender or not referred.has_same_subject:
        return Thread(None, related_id=referred.conversation_id)
    return Thread(referred.conversation_id)


def excerpt_of(text: str) -> str:
    """The first words, on one line, for the list."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT_CHARACTERS:
        return line
    return line[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


# RFC 5321 section 4.5.3.1: 64 before the @ and 255 after it.
ADDRESS_CHARACTERS = 320


def normal_address(kind: str, value: str) -> str:
    """An address as it is compared: lower case, no longer than we keep, and a telephone number as digits."""
    # Some signs are two in lower case.
    compact = value.strip().lower()[:ADDRESS_CHARACTERS]
    if kind == "phone":
        digits = "".join(sign for sign in compact if sign.isdigit() or sign == "+")
        return "+31" + digits[1:] if digits.startswith("0") and not digits.startswith("00") else digits
    return compact


def reply_channel(channel: str, *, has_email: bool) -> str | None:
    """The channel an answer goes out on; None if there is no way to reach the resident.

    Who asked on the web and left an address gets a mail; the answer stands on the personal page too.
    """
    if has_email and channel in {"email", "web", "note"}:
        return "email"
    return None if channel in {"note", "email"} else channel


# Ten in an hour is a loop or a robot, not an out-of-office reply (design/desk.md, "Mail threading", 6).
AUTOMATIC_PER_HOUR = 10


def is_loop(automatic_last_hour: int) -> bool:
    """Whether a sender of so many automatic messages is silenced."""
    return automatic_last_hour >= AUTOMATIC_PER_HOUR

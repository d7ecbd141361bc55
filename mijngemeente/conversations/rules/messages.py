"""What belongs where: threading, excerpts and states, decided without a database."""

import hashlib
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar
from uuid import UUID

from mijngemeente.channels.contract import Incoming

T = TypeVar("T")

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


# As long as the column is.
EXTERNAL_ID_CHARACTERS = 500


def external_id_kept(external_id: str) -> str:
    """The id under which we know a message: itself, or a digest of one that is too long to keep.

    Cut off, two ids that begin alike would be one message.
    """
    if len(external_id) <= EXTERNAL_ID_CHARACTERS:
        return external_id
    return f"sha256:{hashlib.sha256(external_id.encode()).hexdigest()}"


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(incoming: Incoming) -> Incoming:
    """The message without the signs that PostgreSQL cannot hold, and with ids that fit."""
    clean = _clean(incoming)
    return replace(
        clean,
        external_id=external_id_kept(clean.external_id),
        replies_to=tuple(map(external_id_kept, clean.replies_to)),
    )


def _clean(value: T) -> T:
    """All text in a value, however deep; bytes are not text."""
    made: object = value
    if isinstance(value, str):
        made = _UNSTORABLE.sub("", value)
    elif isinstance(value, tuple):
        made = tuple(map(_clean, value))
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{each.name: _clean(getattr(value, each.name)) for each in fields(value)})
    return made  # type: ignore[return-value]  # of the same kind as it was


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


# A resident who asks more in an hour knows by now that we have it; a robot that does not say it is one stops.
RECEIPTS_PER_HOUR = 5


def has_had_enough(receipts_last_hour: int) -> bool:
    """Whether an address gets no further automatic message for now."""
    return receipts_last_hour >= RECEIPTS_PER_HOUR


def is_loop(automatic_last_hour: int) -> bool:
    """Whether a sender of so many automatic messages is silenced."""
    return automatic_last_hour >= AUTOMATIC_PER_HOUR

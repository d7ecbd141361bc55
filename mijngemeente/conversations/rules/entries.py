"""What of a message is kept to find it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mijngemeente.reference.rules.lexemes import Vector, vector_of

# ts_rank counts A ten times as much as a word of the text (PostgreSQL manual, 12.3.3).
TITLE, PERSON, FILE, TEXT = "A", "B", "C", ""


@dataclass(frozen=True)
class Found:
    """By what a message is found."""

    organisation_id: int
    number: int
    channel: str
    direction: str
    said_at: datetime
    subject: str
    name: str
    addresses: Sequence[str]
    files: Sequence[str]
    #: As it was said, then what stood quoted under it.
    texts: Sequence[str]


def entry_of(found: Found) -> Vector:
    """The lexemes and marks of one message."""
    parts = [
        (TITLE, f"{found.number}"),
        (TITLE, found.subject),
        (PERSON, found.name),
        *((PERSON, each) for each in found.addresses),
        *((FILE, each) for each in found.files),
        *((TEXT, each) for each in found.texts),
    ]
    return vector_of(list(_marks(found)), parts)


def _marks(found: Found) -> Iterator[str]:
    """The function `search_entries` asks for organisation and period; people for the others."""
    at = found.said_at
    yield f"o:{found.organisation_id}"
    yield f"n:{found.number}"
    yield f"c:{found.channel}"
    yield f"d:{found.direction}"
    yield f"y:{at:%Y}"
    yield f"m:{at:%Y%m}"
    yield f"w:{at:%G%V}"
    if found.files:
        yield "f:1"

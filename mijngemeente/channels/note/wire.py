"""Telephone and counter: a contact that a member records by hand."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..contract import (
    Credentials,
    Incoming,
    Limits,
    Outgoing,
    Party,
    Receipt,
    Unreadable,
    WireError,
)
from ..own import OwnLine

TEXT_CHARACTERS = 20_000


@dataclass(frozen=True)
class Record:
    """What a member wrote down about a contact."""

    key: UUID
    text: str
    recorded_by: UUID
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""


def incoming_of(record: Record) -> Incoming:
    """The contact as a message."""
    phone = Party(record.name, record.phone, "phone")
    return Incoming(
        external_id=f"note-{record.key}",
        sender=phone if record.phone or not record.email else Party(record.name, record.email, "email"),
        also_known_as=(Party(record.name, record.email, "email"),) if record.email and record.phone else (),
        text=record.text,
        subject=record.subject,
        language="nl",
        recorded_by=record.recorded_by,
    )


class NoteWire(OwnLine):
    """There is no line: an answer goes by e-mail if the resident left an address."""

    limits = Limits(text_characters=TEXT_CHARACTERS)

    def parse(self, body: bytes) -> Incoming:
        """A record as JSON, as an import brings it. Raises Unreadable."""
        try:
            return incoming_of(_record(json.loads(body)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable("Dit is geen contactnotitie.") from error

    def send(self, outgoing: Outgoing, credentials: Credentials, *, key: UUID) -> Receipt:
        """Never reached: there is no line to speak on."""
        raise WireError("Via dit kanaal kan geen bericht worden verzonden.", permanent=True)


def _record(content: dict[str, Any]) -> Record:
    return Record(
        key=UUID(content["key"]),
        text=str(content["text"]),
        recorded_by=UUID(content["recorded_by"]),
        name=str(content.get("name", "")),
        email=str(content.get("email", "")),
        phone=str(content.get("phone", "")),
        subject=str(content.get("subject", "")),
    )

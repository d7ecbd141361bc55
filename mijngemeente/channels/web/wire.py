"""The web form and the chat: one conversation, on the resident's personal page."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..contract import (
    Credentials,
    Incoming,
    IncomingFile,
    Limits,
    Outgoing,
    Party,
    Receipt,
    Unreadable,
)
from ..own import OwnLine

TEXT_CHARACTERS = 20_000
FILES = 10
TOTAL_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True)
class Submission:
    """What a resident typed, as our own page hands it over."""

    #: One-time key of the form: pressed twice is one message.
    key: UUID
    text: str
    conversation_id: UUID | None = None
    new_conversation_id: UUID | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    language: str = "nl"
    files: tuple[IncomingFile, ...] = ()
    #: What was left out of the text, in Dutch.
    problems: tuple[str, ...] = ()


def body_of(submission: Submission) -> bytes:
    """The submission as bytes, to be kept before it is answered."""
    return json.dumps(
        {
            "key": str(submission.key),
            "text": submission.text,
            "conversation_id": str(submission.conversation_id or ""),
            "new_conversation_id": str(submission.new_conversation_id or ""),
            "name": submission.name,
            "email": submission.email,
            "phone": submission.phone,
            "subject": submission.subject,
            "language": submission.language,
            "files": [_file_out(file) for file in submission.files],
            "problems": list(submission.problems),
        }
    ).encode()


def _file_out(file: IncomingFile) -> dict[str, str]:
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "content_type": file.content_type, "content": content}


class WebWire(OwnLine):
    """Our own page is the other side, so an answer is delivered the moment it is stored."""

    limits = Limits(text_characters=TEXT_CHARACTERS, files=FILES, total_bytes=TOTAL_BYTES)

    def parse(self, body: bytes) -> Incoming:
        """The submission again. Raises Unreadable."""
        try:
            return _incoming(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable("Dit is geen bericht van het webformulier.") from error

    def send(self, outgoing: Outgoing, credentials: Credentials, *, key: UUID) -> Receipt:
        """The answer stands on the personal page already."""
        return Receipt(external_id=f"web-{key}", state="delivered")


def _incoming(content: dict[str, Any]) -> Incoming:
    name, email, phone = (_text(content, each) for each in ("name", "email", "phone"))
    caller = Party(name, phone, "phone")
    return Incoming(
        external_id=f"web-{UUID(content['key'])}",
        sender=Party(name, email, "email") if email else caller,
        also_known_as=(caller,) if email and phone else (),
        text=_text(content, "text"),
        subject=_text(content, "subject"),
        language=_text(content, "language"),
        files=tuple(map(_file_in, content["files"])),
        problems=tuple(map(str, content.get("problems", ()))),
        conversation_id=_id(content["conversation_id"]),
        new_conversation_id=_id(content["new_conversation_id"]),
    )


def _file_in(content: dict[str, Any]) -> IncomingFile:
    name, content_type = _text(content, "name"), _text(content, "content_type")
    return IncomingFile(name, content_type, base64.b64decode(content["content"]))


def _text(content: dict[str, Any], name: str) -> str:
    """Raises TypeError for anything but text."""
    if not isinstance(content[name], str):
        raise TypeError(name)
    return str(content[name])


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None

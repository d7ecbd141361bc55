"""Mails as files in a folder: what residents got and what they sent."""

import email.utils
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

GOT, SENT = "got", "sent"


@dataclass(frozen=True)
class Letter:
    """One mail in the box."""

    name: str
    is_sent: bool
    mail: EmailMessage
    at: datetime

    @property
    def subject(self) -> str:
        return header(self.mail, "Subject") or "(geen onderwerp)"

    @property
    def resident(self) -> str:
        """Whose mail it is."""
        return address_in(header(self.mail, "From" if self.is_sent else "To"))

    @property
    def other(self) -> str:
        """The organisation at the other side, by name if the mail tells it."""
        name, address = email.utils.parseaddr(header(self.mail, "To" if self.is_sent else "From"))
        return name or address

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain", "html"))
        return str(part.get_content()) if part else ""

    @property
    def files(self) -> list[Any]:
        return list(self.mail.iter_attachments())


class Box:
    """Everybody's mail together: in the demo one person plays all residents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes, kind: str) -> None:
        """All or nothing; the name sorts by time."""
        name = f"{time.time_ns()}-{kind}-{uuid4().hex[:8]}"
        fresh = self.folder / f"{name}.new"
        fresh.write_bytes(content)
        fresh.rename(self.folder / f"{name}.eml")

    def letters(self) -> Iterator[Letter]:
        """Newest first."""
        for file in sorted(self.folder.glob("*.eml"), reverse=True):
            yield letter_of(file)

    def letter(self, name: str) -> Letter | None:
        """The one of that name; names come from outside, so only a plain one counts."""
        file = self.folder / f"{name}.eml"
        return letter_of(file) if file.parent == self.folder and file.is_file() else None

    def count(self) -> int:
        return sum(1 for _ in self.folder.glob("*.eml"))


def letter_of(file: Path) -> Letter:
    nanoseconds, kind, _ = file.stem.split("-")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return Letter(file.stem, kind == SENT, mail, datetime.fromtimestamp(int(nanoseconds) / 1e9, UTC))


def header(mail: EmailMessage, name: str) -> str:
    return str(mail[name] or "")


def address_in(text: str) -> str:
    return email.utils.parseaddr(text)[1]

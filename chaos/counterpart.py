"""The mail server at the other side: speaks SMTP, counts what it got, and can be made to misbehave."""

import asyncio
import re
import threading
from collections import Counter
from email import message_from_bytes, policy
from enum import StrEnum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAG = re.compile(r"#([0-9a-f-]{36})")


class Mood(StrEnum):
    """How it takes a mail."""

    GOOD = "takes every mail"
    BUSY = "says: later (451)"
    REFUSING = "says: never (550)"
    #: What it got is delivered, but we are not told.
    DROPPING = "takes the mail and hangs up without a word"


class Handler:
    """Writes down every mail that was delivered."""

    def __init__(self) -> None:
        self.mood = Mood.GOOD
        self.by_id: Counter[str] = Counter()
        self.by_tag: Counter[str] = Counter()
        self._lock = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.mood is Mood.BUSY:
            return "451 4.3.0 Later"
        if self.mood is Mood.REFUSING:
            return "550 5.7.1 Never"
        self._write_down(envelope.content or b"")
        if self.mood is Mood.DROPPING:
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 2.0.0 Taken"

    def _write_down(self, content: bytes | str) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain",))
        text = body.get_content() if body else ""
        with self._lock:
            self.by_id[str(mail["Message-ID"]).strip()] += 1
            # Our own words come first; further down the mail quotes others.
            self.by_tag.update(TAG.findall(text)[:1])


class Counterpart:
    """The server, in a thread of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.handler = Handler()
        self._controller: Controller | None = None

    def start(self) -> None:
        """Does nothing while it runs."""
        if self._controller is not None:
            return
        self._controller = Controller(self.handler, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Nobody answers at its address any more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

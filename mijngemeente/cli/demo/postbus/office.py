"""Takes whatever the municipalities send to residents."""

import asyncio

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from .box import GOT, Box


class Handler:
    """Every address exists here."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Kept before it is acknowledged."""
        content = envelope.original_content or b""
        await asyncio.to_thread(self.box.keep, content, GOT)
        return "250 2.0.0 In de bus"


def open_office(box: Box, port: int) -> Controller:
    """Listening, in a thread of its own."""
    controller = Controller(
        Handler(box), hostname="127.0.0.1", port=port, enable_SMTPUTF8=True, ident="De postbus"
    )
    controller.start()
    return controller

"""Mail that other servers bring: SMTP or LMTP on an address of our own.

The other side hears 250 only after the bytes are stored; until then it keeps the mail itself.
"""

import asyncio
from collections.abc import Iterable
from urllib.parse import urlsplit

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError

from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.threads import in_thread

from .actions import keep

# 40 MB of attachments is 55 MB on the wire.
SIZE_BYTES = 60 * 1024 * 1024
RECIPIENTS = 100

log = structlog.get_logger(__name__)


class Handler:
    """Decides per recipient, stores per inbox."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Only our own addresses: we pass nothing on."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Te veel ontvangers in een keer"
        try:
            known = await in_thread(inboxes_at)([address])
        except DatabaseError:
            return "451 4.3.0 Nu even niet; probeer het later opnieuw"
        if not known:
            return "550 5.1.1 Dit adres is hier niet bekend"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Goed"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store, and only then say yes."""
        try:
            await in_thread(store)(
                envelope.original_content or b"", envelope.mail_from or "", envelope.rcpt_tos
            )
        except DatabaseError as error:
            log.warning("listener.not_stored", error=type(error).__name__)
            return "451 4.3.0 Nu even niet; probeer het later opnieuw"
        return "250 2.0.0 Bewaard"


def inboxes_at(addresses: Iterable[str]) -> list[InboxAddress]:
    """Our inboxes behind these addresses; what stands after a plus is ours to read later."""
    plain = {plain_address(address) for address in addresses}
    rows = InboxAddress.objects.filter(kind="email", is_active=True)
    return [inbox for inbox in rows if inbox.address.lower() in plain]


def plain_address(address: str) -> str:
    """`info+abc@tilburg.example` is `info@tilburg.example`."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def store(content: bytes, sender: str, recipients: list[str]) -> None:
    """Keep the mail once for each inbox it is for, with the envelope in front (RFC 5321 section 4.4)."""
    for inbox in inboxes_at(recipients):
        to = [each for each in recipients if plain_address(each) == inbox.address.lower()]
        trace = f"Return-Path: <{sender}>\r\n" + "".join(f"Delivered-To: {each}\r\n" for each in to)
        with acting_for(inbox.organisation_id):
            keep(inbox=inbox, body=trace.encode("utf-8", "replace") + content)


def _content_of(envelope: Envelope) -> bytes:
    """The bytes as they came: we ask aiosmtpd not to decode."""
    content = envelope.original_content
    return content if isinstance(content, bytes) else b""


async def listen() -> None:
    """Take in mail on MAIL_LISTEN until cancelled; without one, only wait."""
    if not settings.MAIL_LISTEN:
        await asyncio.Event().wait()
    place = urlsplit(
        settings.MAIL_LISTEN if "//" in settings.MAIL_LISTEN else f"smtp://{settings.MAIL_LISTEN}"
    )
    protocol = LMTP if place.scheme == "lmtp" else SMTP
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(Handler(), data_size_limit=SIZE_BYTES, enable_SMTPUTF8=True, ident="MijnGemeente"),
        host=place.hostname,
        port=place.port or 25,
    )
    async with server:
        await server.serve_forever()

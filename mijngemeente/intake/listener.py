"""Mail that other servers bring: SMTP or LMTP on an address of our own.

The other side hears 250 only after the bytes are stored; until then it keeps the mail itself.
"""

import asyncio
import errno
import tempfile
from collections.abc import Collection, Iterable
from urllib.parse import SplitResult, urlsplit

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Peer
from django.conf import settings
from django.db import DatabaseError
from django.db.models.functions import Lower

from mijngemeente.channels.email.addresses import plain_address
from mijngemeente.organisations.actions.health import Direction, record_success
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.memory import big_one_at_a_time
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.threads import in_thread

from .actions import keep

# 40 MB of attachments is 55 MB on the wire.
SIZE_BYTES = 60 * 1024 * 1024
RECIPIENTS = 100
# Servers deliver over a few connections each; more at once is somebody who means no good.
CONNECTIONS = 60
SILENCE_SECONDS = 60.0
# One mail at 100 kB a second, from whoever is that slow.
MAIL_SECONDS = 600.0
PIECE_BYTES = 64 * 1024
# What a connection may keep in memory; the rest of its mail waits on disk.
MEMORY_BYTES = 256 * 1024
PAUSE_SECONDS = 5.0

LATER = "451 4.3.0 Nu even niet; probeer het later opnieuw"
KEPT = "250 2.0.0 Bewaard"

log = structlog.get_logger(__name__)


class Handler:
    """Decides per recipient: we pass nothing on, so only our own addresses are right."""

    def __init__(self) -> None:
        self.connections = 0
        #: Big mails are stored one by one, so that the threads are there for others.
        self.storing = asyncio.Semaphore(2)

    async def handle_EHLO(
        self, server: SMTP, session: Peer, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """What aiosmtpd does without saying (LMTP asks for it: RFC 2033 section 5)."""
        session.host_name = hostname
        return [*answers[:-1], "250-PIPELINING", *answers[-1:]]

    async def handle_RCPT(
        self, server: SMTP, session: Peer, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether there is an inbox behind this address."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Te veel ontvangers in een keer"
        try:
            known = await in_thread(inboxes_at)([address])
        except DatabaseError:
            return LATER
        if not known:
            return "550 5.1.1 Dit adres is hier niet bekend"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Goed"

    async def handle_exception(self, error: Exception) -> str:
        """A bug of ours is no reason for the other side to give up on a mail."""
        log.error("listener.failed", error=type(error).__name__)
        return LATER


class Incomplete(ConnectionError):
    """The other side hung up, or went on without end."""


class Letter:
    """The bytes of one mail as they come in, on disk when there are many."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - closed by close()
        # What came last, to see a dot that begins a line across two pieces.
        self._tail = b"\r\n"
        self.size_bytes = 0

    @property
    def is_too_big(self) -> bool:
        return self.size_bytes > SIZE_BYTES

    def write(self, piece: bytes) -> None:
        """Add what came, without the dots that SMTP puts before dots (RFC 5321 section 4.5.2)."""
        self.size_bytes += len(piece)
        joined = self._tail + piece
        self._tail = joined[-2:]
        if not self.is_too_big:
            self._file.write(joined.replace(b"\r\n.", b"\r\n")[2:])

    def after(self, trace: bytes) -> bytearray:
        """The whole mail with `trace` before it."""
        length = self._file.seek(0, 2)
        whole = bytearray(len(trace) + length)
        whole[: len(trace)] = trace
        self._file.seek(0)
        with memoryview(whole) as view:
            position = len(trace)
            while count := self._file.readinto(view[position:]):
                position += count
        return whole

    def close(self) -> None:
        self._file.close()


class Session(SMTP):
    """One connection; what it says is bound in time, its mail in size."""

    event_handler: Handler
    # Also the pieces in which a mail is read; a command may still be no longer than 512.
    line_length_limit = PIECE_BYTES

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.connections -= 1
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str | None) -> None:
        """Take a mail in; aiosmtpd's own would keep it in memory, and refuse long lines."""
        if await self.check_helo_needed():
            return
        if not self._recipients or arg:
            await self.push("501 5.5.4 Syntax: DATA" if arg else "503 5.5.1 Eerst een ontvanger")
            return
        await self.push("354 Sluit af met een punt op een eigen regel")
        self._reset_timeout(MAIL_SECONDS)
        letter = Letter()
        try:
            await self._read_into(letter)
            await self._answer(await self._keep(letter))
        except Incomplete:
            self._timeout_cb()  # type: ignore[no-untyped-call]  # of a library
        finally:
            letter.close()
            self.envelope = self._create_envelope()

    @property
    def _recipients(self) -> list[str]:
        return self.envelope.rcpt_tos if self.envelope else []

    async def _read_into(self, letter: Letter) -> None:
        """Only CRLF.CRLF ends a mail: other dots are content, so that nothing can be smuggled in after one.

        Raises Incomplete.
        """
        # The first line may be that dot, so it gets the line end of the command before it.
        self._reader._buffer[:0] = b"\r\n"  # type: ignore[attr-defined]  # of the standard library, and private
        start = 2
        while letter.size_bytes <= 2 * SIZE_BYTES:
            piece, is_last = await self._next_piece()
            letter.write(piece[start:])
            start = 0
            if is_last:
                return
        raise Incomplete

    async def _next_piece(self) -> tuple[bytes, bool]:
        try:
            piece: bytes = await self._reader.readuntil(b"\r\n.\r\n")
        except asyncio.LimitOverrunError as overrun:
            return await self._reader.readexactly(overrun.consumed), False
        except asyncio.IncompleteReadError as error:
            raise Incomplete from error
        return piece[:-3], True

    async def _keep(self, letter: Letter) -> dict[str, str]:
        """Recipient → what became of the mail for them."""
        recipients = self._recipients
        if letter.is_too_big:
            return dict.fromkeys(recipients, "552 5.3.4 Deze mail is te groot; hoogstens 40 MB aan bijlagen")
        # aiosmtpd calls the empty sender of a bounce by its brackets.
        sender = ((self.envelope and self.envelope.mail_from) or "").strip("<>")
        async with self.event_handler.storing:
            kept = await in_thread(store)(letter, sender, recipients)
        return {each: KEPT if each in kept else LATER for each in recipients}

    async def _answer(self, outcomes: dict[str, str]) -> None:
        """SMTP has one answer for all: until everybody has the mail, the other side keeps it."""
        answers = set(outcomes.values())
        await self.push(answers.pop() if len(answers) == 1 else LATER)


class LocalSession(Session, LMTP):
    """LMTP has an answer for each recipient (RFC 2033 section 4.2)."""

    async def _answer(self, outcomes: dict[str, str]) -> None:
        for recipient in self._recipients:
            await self.push(outcomes[recipient])


class Full(asyncio.Protocol):
    """What the connection after the last one hears."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"421 4.3.2 Te druk; probeer het later opnieuw\r\n")
        transport.close()


def inboxes_at(addresses: Iterable[str]) -> list[InboxAddress]:
    """Our inboxes behind these addresses; what stands after a plus is ours to read later."""
    rows = InboxAddress.objects.annotate(plain=Lower("address")).filter(
        kind="email", is_active=True, organisation__is_active=True
    )
    return list(rows.filter(plain__in={plain_address(address) for address in addresses}))


def store(letter: Letter, sender: str, recipients: Collection[str]) -> set[str]:
    """Keep the mail once for each inbox it is for; returns the recipients for whom that worked."""
    kept: set[str] = set()
    try:
        for inbox in inboxes_at(recipients):
            to = [each for each in recipients if plain_address(each) == inbox.address.lower()]
            with big_one_at_a_time(letter.size_bytes), acting_for(inbox.organisation_id):
                keep(inbox=inbox, body=letter.after(_trace(sender, to)))
                record_success(inbox=inbox, direction=Direction.INCOMING)
            kept.update(to)
    except Exception as error:
        # Also a bug of ours: the other side still has the mail, and tries again.
        log.error("listener.not_stored", error=type(error).__name__)
    return kept


def _trace(sender: str, recipients: Iterable[str]) -> bytes:
    """The envelope, as lines above the mail (RFC 5321 section 4.4).

    No moment of receipt: the same mail brought again must be the same bytes.
    """
    lines = [f"Return-Path: <{sender}>", *(f"Delivered-To: {each}" for each in recipients)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")


async def listen() -> None:
    """Take in mail on MAIL_LISTEN until cancelled; without one, only wait.

    Where another worker listens already, this one stands by.
    """
    if not settings.MAIL_LISTEN:
        await asyncio.Event().wait()
    given = settings.MAIL_LISTEN
    place = urlsplit(given if "//" in given else f"smtp://{given}")
    while True:
        try:
            await _serve(place)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        await asyncio.sleep(PAUSE_SECONDS)


async def _serve(place: SplitResult) -> None:
    handler = Handler()
    kind = LocalSession if place.scheme == "lmtp" else Session

    def attend() -> asyncio.Protocol:
        if handler.connections >= CONNECTIONS:
            return Full()
        session: asyncio.Protocol = kind(
            handler,
            data_size_limit=SIZE_BYTES,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_NAME,
            ident="MijnGemeente",
            timeout=SILENCE_SECONDS,
        )
        return session

    loop = asyncio.get_running_loop()
    server = await loop.create_server(attend, host=place.hostname, port=place.port or 25)
    async with server:
        await server.serve_forever()

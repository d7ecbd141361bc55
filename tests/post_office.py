"""A post office that takes mail in, and stumbles where it is told to."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Letter:
    """What an SMTP server was given."""

    sender: str
    recipients: list[str]
    content: bytes


@dataclass
class PostOffice:
    """An SMTP server that takes mail, or says what it is told to say.

    `says` maps a verb (CONNECT, EHLO, AUTH, MAIL, RCPT, DATA, END) to a reply, to "hang" or to "break".
    """

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    #: user → password, or → access token
    accounts: dict[str, str] = field(default_factory=dict)
    sessions: int = 0
    #: A file with a key and a certificate for localhost.
    certificate: Path | None = None
    #: TLS from the first byte, rather than STARTTLS.
    starts_secure: bool = False

    def settings(self, **more: object) -> dict[str, object]:
        """What an administrator fills in."""
        return {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"} | more

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        try:
            await _Session(self, reader, writer).run()
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


class _Broken(ConnectionError):
    pass


@dataclass
class _Session:
    office: PostOffice
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    letter: Letter = field(default_factory=lambda: Letter("", [], b""))

    async def run(self) -> None:
        await self._answer("CONNECT", "220 post.example ESMTP")
        while True:
            line = (await self.reader.readuntil(b"\r\n")).decode("utf-8", "replace").strip()
            verb = line[:4].upper()
            if verb == "QUIT":
                await self._say("221 dag")
                return
            await getattr(self, f"_{verb.lower()}", self._other)(line)

    async def _ehlo(self, line: str) -> None:
        secure = "250-STARTTLS\r\n" if self.office.certificate and not self.office.starts_secure else ""
        mechanisms = "250-AUTH PLAIN LOGIN XOAUTH2\r\n" if self.office.accounts else ""
        await self._answer("EHLO", f"250-post.example\r\n{secure}{mechanisms}250 8BITMIME")

    async def _star(self, line: str) -> None:
        await self._say("220 toe maar")
        await self.writer.start_tls(_secured(self.office.certificate))

    async def _auth(self, line: str) -> None:
        words = line.split()
        said = base64.b64decode(words[2]).decode() if len(words) > 2 else ""
        good = any(
            said in (f"\0{user}\0{secret}", f"user={user}\1auth=Bearer {secret}\1\1")
            for user, secret in self.office.accounts.items()
        )
        await self._answer("AUTH", "235 welkom" if good else "535 5.7.8 verkeerd wachtwoord")

    async def _mail(self, line: str) -> None:
        self.letter = Letter(line.partition("<")[2].partition(">")[0], [], b"")
        await self._answer("MAIL", "250 goed")

    async def _rcpt(self, line: str) -> None:
        self.letter.recipients.append(line.partition("<")[2].partition(">")[0])
        await self._answer("RCPT", "250 goed")

    async def _data(self, line: str) -> None:
        if not await self._answer("DATA", "354 toe maar"):
            return
        content = await self.reader.readuntil(b"\r\n.\r\n")
        self.letter.content = content[:-3].replace(b"\r\n..", b"\r\n.")
        if await self._answer("END", "250 bewaard"):
            self.office.letters.append(self.letter)

    async def _other(self, line: str) -> None:
        await self._say("250 goed" if line.upper() in ("RSET", "NOOP") else "500 wat?")

    async def _answer(self, verb: str, usual: str) -> bool:
        """False if the usual answer was not given."""
        told = self.office.says.get(verb, usual)
        if told == "hang":
            await asyncio.sleep(600)
        if told == "take and break":
            self.office.letters.append(self.letter)
        if told in ("break", "take and break"):
            self.writer.transport.abort()
            raise _Broken
        await self._say(told)
        return told == usual

    async def _say(self, text: str) -> None:
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()


def _secured(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of our own making, for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


DAY = timedelta(days=1)


@contextmanager
def running_post_office(**options: object) -> Iterator[PostOffice]:
    """An SMTP server in a thread of its own."""
    office = PostOffice(**options)

    async def open_office() -> asyncio.Server:
        context = _secured(office.certificate) if office.starts_secure else None
        server = await asyncio.start_server(
            office.attend, "127.0.0.1", office.port, limit=100 * 2**20, ssl=context
        )
        office.port = server.sockets[0].getsockname()[1]
        return server

    with loop_in_thread() as loop:
        server = asyncio.run_coroutine_threadsafe(open_office(), loop).result(60)
        try:
            yield office
        finally:
            loop.call_soon_threadsafe(server.close)


@contextmanager
def loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs beside the test; what runs in it is cancelled at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_stop_everything(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop_everything() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with running_post_office() as office:
        yield office

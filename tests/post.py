"""Real counterparts for e-mail: a Dovecot of our own, and SMTP servers that behave well and badly."""

import asyncio
import base64
import grp
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.seals import seal
from mijngemeente.platform.tenancy import acting_for
from tests.served import free_port

PATIENCE_SECONDS = 15
REQUIRED = os.environ.get("MIJNGEMEENTE_REQUIRE", "").replace(",", " ").split()


def wait_until(is_so: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Until it is so; fails after `seconds`."""
    ends_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.05)


def connect_mail(inbox: InboxAddress, **settings: object) -> None:
    """Store settings as the setup form does."""
    from mijngemeente.organisations.models import InboxCredentials

    with acting_for(inbox.organisation_id):
        InboxCredentials.objects.update_or_create(
            organisation_id=inbox.organisation_id,
            inbox=inbox,
            defaults={"sealed": seal(json.dumps(settings))},
        )


# ---- Dovecot


@dataclass
class Dovecot:
    """A mail server with mailboxes that exist as soon as somebody signs in."""

    folder: Path
    port: int
    owner: tuple[int, int]
    process: "subprocess.Popen[bytes] | None" = None

    def settings(self, user: str = "info", password: str = "geheim") -> dict[str, object]:
        """What an administrator fills in."""
        return {
            "incoming": "imap",
            "imap_host": "127.0.0.1",
            "imap_port": self.port,
            "imap_security": "none",
            "imap_user": user,
            "imap_password": password,
        }

    def set_password(self, password: str) -> None:
        """For everybody, from now on."""
        path = self.folder / "users"
        path.write_text("".join(f"{user}:{{PLAIN}}{password}::::::\n" for user in ("info", "anders")))
        path.chmod(0o644)
        if self.process is not None:
            # Dovecot looks at the file once a second.
            time.sleep(1.2)

    def bring(self, body: bytes, user: str = "info") -> None:
        """Lay a mail in the mailbox, as a delivery agent does."""
        box = self.folder / "mail" / user
        self._make(box)
        name = f"{time.time_ns()}.{os.getpid()}.proef"
        (box / "tmp" / name).write_bytes(body)
        os.chown(box / "tmp" / name, *self.owner)
        (box / "tmp" / name).rename(box / "new" / name)

    def begin_anew(self, user: str = "info") -> None:
        """Give the mailbox another UIDVALIDITY, as a restored backup does."""
        self.stop()
        for path in (self.folder / "mail" / user).glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)
        self.start()

    def _make(self, box: Path) -> None:
        for path in (box, box / "tmp", box / "new", box / "cur"):
            if not path.exists():
                path.mkdir(parents=True, mode=0o700)
                os.chown(path, *self.owner)

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )
        wait_until(self._greets)

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as sock:
                return b"OK" in sock.recv(200)
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)


CONFIGURATION = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
instance_name = {folder}
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_process_limit = 20
default_client_limit = 100
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
maildir_very_dirty_syncs = no
imap_idle_notify_interval = 10 secs
service imap-login {{
  chroot =
  service_count = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{token_passdb}
passdb {{
  driver = passwd-file
  args = username_format=%n {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""

TOKEN_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
"""


def _missing() -> str:
    """Why there is no Dovecot here; empty if there is."""
    found = shutil.which("dovecot", path="/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", ""))
    return "" if found else "Dovecot is er niet (Debian: dovecot-imapd)"


@contextmanager
def running_dovecot(*, token_info: str = "") -> Iterator[Dovecot]:
    """A Dovecot in a folder of its own; `token_info` is where it asks whose access token it sees."""
    with tempfile.TemporaryDirectory(prefix="post-", dir="/tmp") as name:
        server = _prepare(Path(name), token_info)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _prepare(folder: Path, token_info: str) -> Dovecot:
    # Dovecot refuses to read mail as root, so root lends its mail to nobody.
    person = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", person.pw_uid, person.pw_gid)
    server = Dovecot(folder, free_port(), (person.pw_uid, person.pw_gid))
    group = grp.getgrgid(person.pw_gid).gr_name
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(
            folder=folder,
            user=person.pw_name,
            group=group,
            uid=person.pw_uid,
            gid=person.pw_gid,
            port=server.port,
            mechanisms=" xoauth2" if token_info else "",
            token_passdb=TOKEN_PASSDB.format(folder=folder) if token_info else "",
        )
    )
    (folder / "oauth2").write_text(
        f"tokeninfo_url = {token_info}?access_token=\nusername_attribute = email\n"
    )
    server.set_password("geheim")
    server._make(folder / "mail" / "info")
    return server


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A running Dovecot; without one installed the test is left out, unless it is required."""
    require_dovecot()
    with running_dovecot() as server:
        yield server


def require_dovecot() -> None:
    missing = _missing()
    if missing and "dovecot" in REQUIRED:
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


# ---- SMTP


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

    async def open_office() -> None:
        context = _secured(office.certificate) if office.starts_secure else None
        server = await asyncio.start_server(
            office.attend, "127.0.0.1", office.port, limit=100 * 2**20, ssl=context
        )
        office.port = server.sockets[0].getsockname()[1]

    with loop_in_thread() as loop:
        asyncio.run_coroutine_threadsafe(open_office(), loop).result(10)
        yield office


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


# ---- signing in with a token


@dataclass
class TokenServer:
    """Gives access tokens for a refresh token, and knows whose an access token is."""

    port: int = 0
    #: refresh token → access token
    tokens: dict[str, str] = field(default_factory=dict)
    user: str = "info"
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running_token_server() -> Iterator[TokenServer]:
    state = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
            state.asked.append(form)
            token = state.tokens.get(form.get("refresh_token", ""))
            self._say(200 if token else 400, {"access_token": token, "expires_in": 3600} if token else {})

        def do_GET(self) -> None:
            token = self.path.partition("access_token=")[2]
            is_ours = token in state.tokens.values()
            self._say(200 if is_ours else 401, {"email": state.user} if is_ours else {})

        def _say(self, status: int, content: object) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()

"""Reading a mailbox over IMAP, with a password or XOAUTH2, and waiting for news with IDLE."""

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxTaggedResponseError

from mijngemeente.platform.memory import big_one_at_a_time

from ..contract import Credentials, Fetched, Watch, WireError
from ..network import open_socket, reason_of, refuse_in_clear
from .oauth import AccessTokens

TIMEOUT_SECONDS = 30.0
FOLDER = "INBOX"
# A longer mail is cut here, which is then one of its problems: 40 MB of attachments is 55 MB.
SIZE_BYTES = 60 * 1024 * 1024
# How soon a watch that is over lets go of its connection.
GLANCE_SECONDS = 3.0
# How often to look at a server that cannot say when something comes.
WITHOUT_IDLE_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """Where a mailbox is and how to get in."""

    credentials: Credentials
    internal: Collection[str]
    tokens: AccessTokens = field(repr=False)

    @property
    def host(self) -> str:
        return str(self.credentials["imap_host"])

    @property
    def port(self) -> int:
        return int(self.credentials.get("imap_port") or 993)

    @property
    def security(self) -> str:
        """none, starttls or tls"""
        return str(self.credentials.get("imap_security") or "tls")


def fetch(server: Server, position: str) -> Generator[Fetched, None, None]:
    """Mails after `position` ("uidvalidity:uid"), oldest first, one at a time; nothing is marked or moved.

    When the mailbox was made anew (another UIDVALIDITY) everything is read again; what we had is
    recognised by its bytes. Raises WireError.
    """
    with _connected(server) as mailbox:
        validity = _validity(mailbox)
        for uid, size_bytes in _uids_after(mailbox, _last_uid(position, validity)):
            with big_one_at_a_time(size_bytes):
                body = _body_of(mailbox, uid)
                if body is not None:
                    yield Fetched(body, f"{validity}:{uid}")
                del body


def stay_with(server: Server, watch: Watch) -> None:
    """Stay in IDLE and tell what comes; without IDLE, leave after a minute. Raises WireError."""
    with _connected(server) as mailbox, _explained():
        # The folder is open: from here on the server tells what comes, so that looking now misses nothing.
        watch.look()
        if _can_idle(mailbox):
            _start_idle(mailbox, watch)
            _idle(mailbox, watch)
        else:
            _wait(watch)


def try_out(server: Server) -> None:
    """Sign in and out again, as a new setup does. Raises WireError."""
    with _connected(server):
        return


def _can_idle(mailbox: BaseMailBox) -> bool:
    """Asked after signing in: some servers tell more then."""
    _, answer = mailbox.client.capability()
    return b"IDLE" in answer[0].upper().split()


def _wait(watch: Watch) -> None:
    ends_at = time.monotonic() + min(watch.seconds, WITHOUT_IDLE_SECONDS)
    while time.monotonic() < ends_at and not watch.is_over():
        time.sleep(GLANCE_SECONDS)


def _start_idle(mailbox: BaseMailBox, watch: Watch) -> None:
    """What came between opening the folder and now is told before the server says that it listens."""
    try:
        mailbox.idle.start()  # type: ignore[no-untyped-call]  # a library without types
    except MailboxTaggedResponseError:
        if any(mailbox.client.tagged_commands.values()):
            raise
        watch.look()


_NEWS = re.compile(rb"\* \d+ (?:EXISTS|RECENT)", re.I)


def _idle(mailbox: BaseMailBox, watch: Watch) -> None:
    """Servers also say that they are still there, and what was read or removed: that is no news."""
    ends_at = time.monotonic() + watch.seconds
    while time.monotonic() < ends_at and not watch.is_over():
        said = mailbox.idle.poll(timeout=GLANCE_SECONDS)
        if any(_NEWS.match(line) for line in said):
            watch.look()
        if any(line.upper().startswith(b"* BYE") for line in said):
            raise ConnectionError("bye")
    mailbox.idle.stop()  # type: ignore[no-untyped-call]  # likewise


@contextmanager
def _connected(server: Server) -> Iterator[BaseMailBox]:
    if not server.credentials.get("imap_host"):
        raise WireError("Voor dit postvak is geen server voor inkomende mail ingevuld.", account=True)
    with _explained():
        mailbox = _Mailbox(server)
    try:
        with _explained():
            _sign_in(mailbox, server)
        yield mailbox
    finally:
        _close(mailbox)


@contextmanager
def _explained() -> Iterator[None]:
    """What the libraries raise, as one error that an administrator can do something with."""
    try:
        yield
    except (OSError, imaplib.IMAP4.abort) as error:
        raise WireError(f"Inkomende mail: {reason_of(error)}", account=True) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise WireError(f"Het postvak weigert: {_first_line(error)}", account=True) from error
    except ValueError as error:
        raise WireError(
            f"Het postvak geeft een onverwacht antwoord: {_first_line(error)}", account=True
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__


class _Client(imaplib.IMAP4):
    """Connects through the checked socket; the certificate is checked against the name."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__(server.host, server.port, TIMEOUT_SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        server = self._server
        refuse_in_clear(server.host, server.security, server.internal)
        plain = open_socket(server.host, server.port, timeout=TIMEOUT_SECONDS, internal=server.internal)
        if server.security != "tls":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=server.host)


class _Mailbox(BaseMailBox):
    """imap_tools over our own connection."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(self._server)
        if self._server.security == "starttls":
            client.starttls(ssl.create_default_context())
        return client


def _sign_in(mailbox: BaseMailBox, server: Server) -> None:
    credentials = server.credentials
    user = str(credentials.get("imap_user") or "")
    if not credentials.get("oauth_provider"):
        mailbox.login_utf8(user, str(credentials.get("imap_password") or ""), initial_folder=FOLDER)
        return
    try:
        mailbox.xoauth2(user, server.tokens.token(credentials), initial_folder=FOLDER)
    except (ImapToolsError, imaplib.IMAP4.error):
        server.tokens.forget(credentials)
        raise


def _close(mailbox: BaseMailBox) -> None:
    """Saying goodbye takes an answer; a line that hangs is let go."""
    try:
        mailbox.client.sock.settimeout(GLANCE_SECONDS)
        mailbox.client.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError):
        mailbox.client.shutdown()


def _validity(mailbox: BaseMailBox) -> int:
    with _explained():
        return int(mailbox.folder.status(FOLDER, ["UIDVALIDITY"])["UIDVALIDITY"])


def _last_uid(position: str, validity: int) -> int:
    seen, _, uid = position.partition(":")
    return int(uid) if seen == str(validity) and uid.isdigit() else 0


_UID = re.compile(rb"\bUID (\d+)", re.I)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.I)


def _uids_after(mailbox: BaseMailBox, last: int) -> list[tuple[int, int]]:
    """UID and size in bytes of every newer mail.

    `n:*` always includes the newest mail, even one we had (RFC 3501 section 6.4.8).
    """
    with _explained():
        _, lines = mailbox.client.uid("FETCH", f"{last + 1}:*", "(RFC822.SIZE)")
    found = ((_UID.search(line), _SIZE.search(line)) for line in lines if isinstance(line, bytes))
    pairs = {int(uid[1]): int(size[1]) if size else 0 for uid, size in found if uid}
    return sorted((uid, size) for uid, size in pairs.items() if uid > last)


def _body_of(mailbox: BaseMailBox, uid: int) -> bytes | None:
    """The raw bytes, at most SIZE_BYTES of them; None if somebody removed the mail meanwhile."""
    with _explained():
        _, parts = mailbox.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{SIZE_BYTES}>)")
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)

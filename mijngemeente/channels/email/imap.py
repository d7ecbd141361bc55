"""Reading a mailbox over IMAP, with a password or XOAUTH2, and waiting for news with IDLE."""

import imaplib
import socket
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from ..contract import Credentials, Fetched, WireError
from ..network import open_socket
from .oauth import access_token

TIMEOUT_SECONDS = 30.0
FOLDER = "INBOX"


def fetch(credentials: Credentials, position: str, internal: Collection[str]) -> Iterator[Fetched]:
    """Mails after `position` ("uidvalidity:uid"), oldest first, one at a time; nothing is marked or moved.

    When the mailbox was made anew (another UIDVALIDITY) everything is read again; what we had is
    recognised by its bytes. Raises WireError.
    """
    with _connected(credentials, internal) as mailbox:
        validity = _validity(mailbox)
        for uid in _uids_after(mailbox, _last_uid(position, validity)):
            body = _body_of(mailbox, uid)
            if body is not None:
                yield Fetched(body, f"{validity}:{uid}")


def wait_for_news(credentials: Credentials, internal: Collection[str], seconds: float) -> bool:
    """Stay in IDLE until something changes; True if it did. Raises WireError."""
    with _connected(credentials, internal) as mailbox, _explained():
        return bool(mailbox.idle.wait(timeout=seconds))


def try_out(credentials: Credentials, internal: Collection[str]) -> None:
    """Sign in and out again, as a new setup does. Raises WireError."""
    with _connected(credentials, internal):
        return


@contextmanager
def _connected(credentials: Credentials, internal: Collection[str]) -> Iterator[BaseMailBox]:
    with _explained():
        mailbox = _Mailbox(_server_of(credentials, internal))
    try:
        with _explained():
            _sign_in(mailbox, credentials)
        yield mailbox
    finally:
        _close(mailbox)


@contextmanager
def _explained() -> Iterator[None]:
    """What the libraries raise, as one error that an administrator can do something with."""
    try:
        yield
    except ImapToolsError as error:
        raise WireError(f"Het postvak weigert: {_first_line(error)}") from error
    except (imaplib.IMAP4.error, OSError) as error:
        raise WireError(f"Het postvak is niet bereikbaar: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__


@dataclass(frozen=True)
class _Server:
    host: str
    port: int
    #: none, starttls or tls
    security: str
    internal: Collection[str]


def _server_of(credentials: Credentials, internal: Collection[str]) -> _Server:
    return _Server(
        str(credentials["imap_host"]),
        int(credentials["imap_port"]),
        str(credentials.get("imap_security", "tls")),
        internal,
    )


class _Client(imaplib.IMAP4):
    """Connects through the checked socket; the certificate is checked against the name."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        super().__init__(server.host, server.port, TIMEOUT_SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        server = self._server
        plain = open_socket(server.host, server.port, timeout=TIMEOUT_SECONDS, internal=server.internal)
        if server.security != "tls":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=server.host)


class _Mailbox(BaseMailBox):
    """imap_tools over our own connection."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(self._server)
        if self._server.security == "starttls":
            client.starttls(ssl.create_default_context())
        return client


def _sign_in(mailbox: BaseMailBox, credentials: Credentials) -> None:
    user = str(credentials["imap_user"])
    if credentials.get("oauth_provider"):
        mailbox.xoauth2(user, access_token(credentials), initial_folder=FOLDER)
    else:
        mailbox.login_utf8(user, str(credentials["imap_password"]), initial_folder=FOLDER)


def _close(mailbox: BaseMailBox) -> None:
    try:
        mailbox.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError):
        mailbox.client.shutdown()


def _validity(mailbox: BaseMailBox) -> int:
    with _explained():
        return int(mailbox.folder.status(FOLDER, ["UIDVALIDITY"])["UIDVALIDITY"])


def _last_uid(position: str, validity: int) -> int:
    seen, _, uid = position.partition(":")
    return int(uid) if seen == str(validity) and uid.isdigit() else 0


def _uids_after(mailbox: BaseMailBox, last: int) -> list[int]:
    """`n:*` always includes the newest mail, even one we had (RFC 3501 section 6.4.8)."""
    with _explained():
        uids = mailbox.uids(f"UID {last + 1}:*")
    return sorted(number for number in map(int, uids) if number > last)


def _body_of(mailbox: BaseMailBox, uid: int) -> bytes | None:
    """The raw bytes; None if somebody removed the mail meanwhile."""
    with _explained():
        _, parts = mailbox.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)

"""Handing a mail to the outgoing server, and knowing how far we came when it fails."""

import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ..contract import Credentials, WireError
from ..network import open_socket, reason_of, refuse_in_clear
from .oauth import AccessTokens

if TYPE_CHECKING:
    from typing_extensions import Buffer


@dataclass(frozen=True)
class Patience:
    """How long a delivery may take; together less than the 35 seconds after which it counts as lost."""

    connect_seconds: float = 8.0
    speak_seconds: float = 20.0


@dataclass(frozen=True)
class Server:
    """Which server takes our mail, and who we are there."""

    credentials: Credentials
    internal: Collection[str]
    tokens: AccessTokens = field(repr=False)
    patience: Patience = field(default_factory=Patience)

    @property
    def host(self) -> str:
        return str(self.credentials.get("smtp_host") or "")

    @property
    def port(self) -> int:
        return int(self.credentials.get("smtp_port") or 587)

    @property
    def security(self) -> str:
        """none, starttls or tls"""
        return str(self.credentials.get("smtp_security") or "starttls")

    @property
    def user(self) -> str:
        return str(self.credentials.get("smtp_user") or "")


# Replies with which a server says that the account or the server, not the message, is the problem
# (RFC 5321 section 4.2, RFC 4954 section 6).
_ACCOUNT_CODES = {421, 454, 530, 534, 535, 538}


def send(content: bytes, *, sender: str, recipient: str, through: Server) -> None:
    """Speak SMTP until the server took the mail.

    Raises WireError: about the account until the server accepted us as the sender, about this mail from
    then on, and `spoken` once the server had all of it.
    """
    with _account_trouble():
        server = _connect(through)
    try:
        with _account_trouble():
            _expect(server.mail(sender), 250)
        with _message_trouble():
            _hand_over(server, content, recipient)
    finally:
        _say_goodbye(server)


def try_out(server: Server) -> None:
    """Connect, sign in and leave. Raises WireError."""
    with _account_trouble():
        connection = _connect(server)
    _say_goodbye(connection)


@contextlib.contextmanager
def _account_trouble() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise WireError(_said(error), account=True) from error
    except smtplib.SMTPNotSupportedError as error:
        raise WireError(
            "De mailserver kent deze beveiliging of manier van aanmelden niet.", account=True
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise WireError(f"Uitgaande mail: {_line_reason(error)}", account=True) from error


@contextlib.contextmanager
def _message_trouble() -> Iterator[None]:
    """4xx may pass, 5xx will not; a line that broke before the end of the mail delivered nothing."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        is_account = error.smtp_code in _ACCOUNT_CODES
        is_permanent = error.smtp_code >= 500 and not is_account
        raise WireError(_said(error), permanent=is_permanent, account=is_account) from error
    except (OSError, smtplib.SMTPException) as error:
        raise WireError(f"Uitgaande mail: {_line_reason(error)}", account=True) from error


def _line_reason(error: Exception) -> str:
    """smtplib hides what happened to the line behind an error of its own."""
    return reason_of(error.__context__ if isinstance(error.__context__, OSError) else error)


def _said(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"De mailserver zegt: {error.smtp_code} {' '.join(text.split())}"


def _say_goodbye(server: smtplib.SMTP) -> None:
    """What goes wrong after the server took the mail changes nothing."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


class _Connection(smtplib.SMTP):
    """Connects through the checked socket; all it says and hears together is bound in time."""

    def __init__(self, server: Server) -> None:
        self._server = server
        patience = server.patience
        self._ends_at = time.monotonic() + patience.connect_seconds + patience.speak_seconds
        super().__init__(server.host, server.port, _own_name(), patience.connect_seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        refuse_in_clear(host, self._server.security, self._server.internal)
        plain = open_socket(host, port, timeout=timeout, internal=self._server.internal)
        if self._server.security != "tls":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock, self._ends_at)
        return super().getreply()

    def send(self, s: "Buffer | str") -> None:
        if self.sock is not None:
            self.sock.settimeout(_seconds_to(self._ends_at))
        super().send(s)


class _Lines:
    """What the server says, until a moment: also from one that says a letter a second."""

    def __init__(self, connection: socket.socket, ends_at: float) -> None:
        self._connection = connection
        self._ends_at = ends_at
        self._heard = b""

    def readline(self, limit: int) -> bytes:
        """One line, or what there is when the server hung up. Raises OSError."""
        while b"\n" not in self._heard and len(self._heard) < limit:
            self._connection.settimeout(_seconds_to(self._ends_at))
            piece = self._connection.recv(4096)
            if not piece:
                break
            self._heard += piece
        length = self._heard.find(b"\n") + 1 or len(self._heard)
        line, self._heard = self._heard[:length], self._heard[length:]
        return line

    def close(self) -> None:
        """The socket is closed by its owner."""


def _seconds_to(moment: float) -> float:
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@cache
def _own_name() -> str:
    """Once: with a broken name server this takes seconds."""
    return socket.getfqdn()


def _connect(server: Server) -> smtplib.SMTP:
    if not server.host:
        raise WireError("Voor dit postvak is geen server voor uitgaande mail ingevuld.", account=True)
    if server.credentials.get("oauth_provider"):
        # Before the clock of the connection runs.
        server.tokens.token(server.credentials)
    connection = _Connection(server)
    try:
        connection.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
        _sign_in(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _sign_in(connection: smtplib.SMTP, server: Server) -> None:
    try:
        if server.credentials.get("oauth_provider"):
            _sign_in_with_token(connection, server)
        elif server.user:
            connection.login(server.user, str(server.credentials.get("smtp_password") or ""))
    except UnicodeError as error:
        raise WireError(
            "De gebruikersnaam of het wachtwoord bevat letters die de mailserver niet kent.", account=True
        ) from error


def _sign_in_with_token(connection: smtplib.SMTP, server: Server) -> None:
    user = server.user or str(server.credentials.get("imap_user") or "")
    said = f"user={user}\1auth=Bearer {server.tokens.token(server.credentials)}\1\1"
    try:
        # A server that refuses first tells why, and wants an empty answer to that.
        connection.auth("XOAUTH2", lambda why=None: said if why is None else "")
    except smtplib.SMTPAuthenticationError:
        server.tokens.forget(server.credentials)
        raise


def _hand_over(server: smtplib.SMTP, content: bytes, recipient: str) -> None:
    _expect(server.rcpt(recipient), 250, 251)
    _expect(server.docmd("data"), 354)
    server.send(_as_data(content))
    _expect(_last_word(server), 250)


def _last_word(server: smtplib.SMTP) -> tuple[int, bytes]:
    """Whether the server took it; silence or nonsense here means that nobody knows."""
    try:
        code, answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise WireError("De verbinding viel weg na het verzenden.", spoken=True) from error
    if not 200 <= code < 600:
        raise WireError("De mailserver gaf na het verzenden een onleesbaar antwoord.", spoken=True)
    return code, answer


def _as_data(content: bytes) -> bytes:
    """RFC 5321 section 4.5.2: CRLF line ends, a dot before a dot, and the closing dot."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join(stuffed).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _expect(reply: tuple[int, bytes], *wanted: int) -> None:
    code, answer = reply
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, answer)

"""Handing a mail to the outgoing server, and knowing how far we came when it fails."""

import smtplib
import socket
import ssl
from collections.abc import Collection

from ..contract import Credentials, WireError
from ..network import open_socket
from .oauth import access_token

# Together less than the 45 seconds after which a delivery counts as lost.
TIMEOUT_SECONDS = 15

# Replies with which a server says that the account, not the message, is the problem (RFC 4954, RFC 5321).
_ACCOUNT_CODES = {421, 454, 530, 534, 535, 538}


def send(
    content: bytes, *, sender: str, recipient: str, credentials: Credentials, internal: Collection[str]
) -> None:
    """Speak SMTP until the server took the mail.

    Raises WireError, marked `spoken` once the content was on its way.
    """
    try:
        server = _connect(credentials, internal)
        try:
            _hand_over(server, content, sender, recipient)
        finally:
            _say_goodbye(server)
    except smtplib.SMTPResponseException as error:
        raise _refusal(error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise WireError(f"De mailserver is niet bereikbaar ({type(error).__name__}).") from error


def _say_goodbye(server: smtplib.SMTP) -> None:
    """What goes wrong after the server took the mail changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


class _Connection(smtplib.SMTP):
    """Connects through the checked socket; the certificate is checked against the name."""

    def __init__(self, host: str, port: int, *, is_tls: bool, internal: Collection[str]) -> None:
        self._is_tls = is_tls
        self._internal = internal
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = open_socket(host, port, timeout=TIMEOUT_SECONDS, internal=self._internal)
        if not self._is_tls:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _connect(credentials: Credentials, internal: Collection[str]) -> smtplib.SMTP:
    security = credentials.get("smtp_security", "starttls")
    server = _Connection(
        str(credentials["smtp_host"]),
        int(credentials["smtp_port"]),
        is_tls=security == "tls",
        internal=internal,
    )
    try:
        if security == "starttls":
            server.starttls(context=ssl.create_default_context())
        _sign_in(server, credentials)
    except BaseException:
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, credentials: Credentials) -> None:
    user = str(credentials.get("smtp_user") or "")
    if credentials.get("oauth_provider"):
        server.ehlo_or_helo_if_needed()
        server.auth("XOAUTH2", lambda _=None: f"user={user}\1auth=Bearer {access_token(credentials)}\1\1")
    elif user:
        server.login(user, str(credentials["smtp_password"]))


def _hand_over(server: smtplib.SMTP, content: bytes, sender: str, recipient: str) -> None:
    server.ehlo_or_helo_if_needed()
    _expect(server.mail(sender), 250)
    _expect(server.rcpt(recipient), 250, 251)
    code, answer = server.docmd("data")
    _expect((code, answer), 354)
    try:
        server.send(_as_data(content))
        reply = server.getreply()
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise WireError("De verbinding viel weg na het verzenden.", spoken=True) from error
    _expect(reply, 250)


def _as_data(content: bytes) -> bytes:
    """RFC 5321 section 4.5.2: CRLF line ends, a dot before a dot, and the closing dot."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join(stuffed).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _expect(reply: tuple[int, bytes], *wanted: int) -> None:
    code, answer = reply
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, answer)


def _refusal(error: smtplib.SMTPResponseException) -> WireError:
    """4xx may pass, 5xx about the message will not; trouble with the account is mended by a person."""
    said = (
        error.smtp_error.decode("utf-8", "replace")
        if isinstance(error.smtp_error, bytes)
        else error.smtp_error
    )
    reason = f"De mailserver zegt: {error.smtp_code} {said}"[:500]
    if error.smtp_code in _ACCOUNT_CODES:
        return WireError(reason)
    return WireError(reason, permanent=error.smtp_code >= 500)

"""One call to a webhook: to a checked address, signed, without redirects, and within its time."""

import http.client
import socket
import ssl
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mijngemeente.channels.contract import WireError
from mijngemeente.channels.network import open_socket, reason_of

#: For the whole call, however slowly the other side drips.
DEADLINE_SECONDS = 10


@dataclass(frozen=True)
class Told:
    """What the other side said; status 0 when it said nothing."""

    status: int
    problem: str = ""


@dataclass
class Post:
    """A body for an address; `internal` names hosts that may lie in our own network."""

    url: str
    body: bytes
    headers: dict[str, str]
    internal: Collection[str] = ()
    _sockets: list[socket.socket] = field(default_factory=list, init=False, repr=False)

    def send(self) -> Told:
        """Say it once. Never raises for what the other side does."""
        alarm = threading.Timer(DEADLINE_SECONDS, self._hang_up)
        alarm.start()
        try:
            return self._spoken()
        except WireError as error:
            return Told(0, str(error))
        except (OSError, http.client.HTTPException) as error:
            return Told(0, reason_of(error))
        finally:
            alarm.cancel()
            self._hang_up()

    def _spoken(self) -> Told:
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        connection = http.client.HTTPConnection(str(parts.hostname), port)
        connection.sock = self._line(str(parts.hostname), port, secure=secure)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, self.body, self.headers)
        status = connection.getresponse().status
        return Told(status, "" if 200 <= status < 300 else f"Het antwoord was {status}.")

    def _line(self, host: str, port: int, *, secure: bool) -> socket.socket:
        plain = open_socket(host, port, timeout=DEADLINE_SECONDS, internal=self.internal)
        self._sockets.append(plain)
        if not secure:
            return plain
        wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        self._sockets.append(wrapped)
        return wrapped

    def _hang_up(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

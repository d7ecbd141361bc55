"""Connections to hosts that an administrator typed: never to the inside of the network we run in."""

import ipaddress
import socket
import ssl
from collections.abc import Collection

from .contract import WireError

# A name may stand for many machines; one of the first few answers, or the network is down.
ADDRESSES = 4


def open_socket(host: str, port: int, *, timeout: float, internal: Collection[str]) -> socket.socket:
    """Connect to an address that was checked; `internal` names the hosts that may be anywhere.

    Every address of the name must be public, and a checked address is the one connected to, so that a
    name that changes its answer gains nothing. `timeout` is for all addresses together, in seconds.
    Raises WireError for a refused host, OSError otherwise.
    """
    addresses = _addresses(host, port)
    if host.lower() not in internal and not all(ipaddress.ip_address(each).is_global for each in addresses):
        raise WireError(f"De server {host} ligt in ons eigen netwerk; dat staan wij niet toe.", account=True)
    return _first_that_answers(addresses[:ADDRESSES], port, timeout)


def refuse_in_clear(host: str, security: str, internal: Collection[str]) -> None:
    """Raises WireError if a password or a mail would travel outside our own network without TLS."""
    if security == "none" and host.lower() not in internal:
        raise WireError("Buiten het eigen netwerk versturen wij niets zonder beveiliging.", account=True)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("no host name") from error
    return list(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def _first_that_answers(addresses: list[str], port: int, timeout: float) -> socket.socket:
    """Many machines have an IPv6 address that leads nowhere: then the next one is tried."""
    refusal: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout / len(addresses))
        except OSError as error:
            refusal = error
    raise refusal


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "Het certificaat van de server klopt niet."),
    (ssl.SSLError, "De server spreekt op deze poort geen TLS zoals het hoort."),
    (socket.gaierror, "De naam van de server is niet gevonden."),
    (TimeoutError, "De server antwoordt niet op tijd."),
    (ConnectionRefusedError, "De server neemt op deze poort geen verbindingen aan."),
)


def reason_of(error: BaseException) -> str:
    """What went wrong with the line, as an administrator reads it."""
    known = (reason for kind, reason in _REASONS if isinstance(error, kind))
    return next(known, f"De verbinding viel weg ({type(error).__name__}).")

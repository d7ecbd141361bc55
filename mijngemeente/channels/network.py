"""Connections to hosts that an administrator typed: never to the inside of the network we run in."""

import ipaddress
import socket
from collections.abc import Collection

from .contract import WireError


def open_socket(host: str, port: int, *, timeout: float, internal: Collection[str]) -> socket.socket:
    """Connect to an address that was checked; `internal` names the hosts that may be anywhere.

    Every address of the name must be public, and the checked address is the one connected to, so that a
    name that changes its answer gains nothing. Raises WireError for a refused host, OSError otherwise.
    """
    addresses = _addresses(host, port)
    if host.lower() not in internal and not all(ipaddress.ip_address(each).is_global for each in addresses):
        raise WireError(
            f"De server {host} ligt in ons eigen netwerk; dat staan wij niet toe.", permanent=True
        )
    return socket.create_connection((addresses[0], port), timeout)


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]).partition("%")[0] for *_, address in found]

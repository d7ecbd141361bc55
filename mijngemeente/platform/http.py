"""What a request says."""

import ipaddress
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

# One household or office has a whole /64 of IPv6, and could use a new address for every request.
IPV6_PREFIX = 64


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also when nothing was filled in; None for a first look at the page."""
    return request.POST if request.method == "POST" else None


def typed_in(request: HttpRequest) -> dict[str, str]:
    """The fields of a form, without the one sign that no database keeps."""
    return {name: value.replace("\x00", "") for name, value in request.POST.items() if isinstance(value, str)}


def revision_in(typed: Mapping[str, str], *, otherwise: int = 0) -> int:
    """Which revision a form or a screen began with ("seen"); `otherwise` where it does not say so."""
    seen = typed.get("seen", "")[:9]
    return int(seen) if seen.isascii() and seen.isdigit() else otherwise


def client_address(meta: Mapping[str, str], proxies: Collection[str]) -> str:
    """The address of who knocks: the last one that is not a proxy of ours.

    Forwarded addresses before that are the sender's own words and count for nothing.
    """
    address = meta.get("REMOTE_ADDR", "")
    forwarded = [each.strip() for each in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address in proxies and forwarded:
        address = forwarded.pop() or address
    return address


def network_of(address: str) -> str:
    """What one sender has at their disposal: an IPv4 address, or a /64 of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        return str(known.ipv4_mapped)
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, IPV6_PREFIX), strict=False))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Another site's page made this browser send it.

    The origin "null" says nothing: a page that hides its address, as ours do, sends it too.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()

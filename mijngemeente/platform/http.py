"""What a request says."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also when nothing was filled in; None for a first look at the page."""
    return request.POST if request.method == "POST" else None


def client_address(meta: Mapping[str, str], proxies: Collection[str]) -> str:
    """The address of who knocks: the last one that is not a proxy of ours.

    Forwarded addresses before that are the sender's own words and count for nothing.
    """
    address = meta.get("REMOTE_ADDR", "")
    forwarded = [each.strip() for each in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address in proxies and forwarded:
        address = forwarded.pop() or address
    return address

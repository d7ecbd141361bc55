"""Open screens: server-sent events with ids only.

A stream stays open for hours. It is answered before Django's own handler, which would keep a thread and
a database connection for each.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from mijngemeente.conversations.models import PERSONAL_LINK
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.live import Signal, Subscription, hub
from mijngemeente.platform.seals import read_token
from mijngemeente.platform.threads import in_thread
from mijngemeente.workshop.queries import heard_with

from .sessions import Rights, Subjects, readable_in

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A proxy closes what is silent for a minute.
HEARTBEAT_SECONDS = 20.0

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]


@dataclass
class Reader:
    """Who listens: a member to organisations, or a resident to one conversation."""

    subjects: Subjects
    #: Key of the member's session; empty for a resident.
    session: str = ""


def is_stream(scope: Scope) -> bool:
    """Whether this request asks for a stream."""
    return scope["type"] == "http" and str(scope["path"]).endswith("/live/")


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one reader until they leave or lose their rights."""
    reader = await in_thread(_admit)(scope)
    if reader is None:
        await _refuse(send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    with hub.subscribe(reader.subjects) as subscription:
        telling = asyncio.create_task(_tell(reader, subscription, send))
        leaving = asyncio.create_task(_left(receive))
        await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        telling.cancel()
        await asyncio.gather(telling, leaving, return_exceptions=True)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _tell(reader: Reader, subscription: Subscription, send: Send) -> None:
    await _say(send, b"retry: 2000\n\n")
    while True:
        try:
            signal = await asyncio.wait_for(subscription.next(), HEARTBEAT_SECONDS)
        except TimeoutError:
            signal = None
        if not await _still_may(reader):
            return
        await _say(send, b":\n\n" if signal is None else _event(signal))


def _event(signal: Signal) -> bytes:
    """Two events: one for lists, one for the screen that shows just this conversation."""
    if signal.person_id is not None:
        return b"event: notification\ndata: 0\n\n"
    if signal.workshop_id is not None:
        return b"event: workshop\ndata: 0\n\n"
    if signal.present:
        return f"event: presence\ndata: {' '.join(map(str, signal.present))}\n\n".encode()
    if signal.conversation_id is None:
        return b"event: missed\ndata: 0\n\n"
    data = f"{signal.organisation_id} {signal.conversation_id}"
    return (
        f"event: conversation\ndata: {data}\n\nevent: c-{signal.conversation_id}\ndata: {data}\n\n"
    ).encode()


async def _say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _still_may(reader: Reader) -> bool:
    """Read the rights again; signing out or a changed set ends the stream."""
    return not reader.session or await rights.in_session(reader.session) == reader.subjects


rights = Rights()


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b""})


def _admit(scope: Scope) -> Reader | None:
    try:
        match = resolve(str(scope["path"]))
    except Resolver404:
        return None
    if match.view_name == "live":
        return _member(scope)
    if match.view_name == "resident_live":
        return _resident(match.kwargs["organisation"], match.kwargs["token"])
    if match.view_name == "workshop_live":
        return _workshop(match.kwargs["token"])
    return None


def _member(scope: Scope) -> Reader | None:
    session = ASGIRequest(dict(scope), io.BytesIO()).COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    found = readable_in([session])
    return Reader(found[session], session) if session in found else None


def _resident(slug: str, token: str) -> Reader | None:
    """The personal link is the right itself."""
    conversation_id = read_token(PERSONAL_LINK, token)
    if conversation_id is None or not Organisation.objects.filter(slug=slug, is_active=True).exists():
        return None
    return Reader(frozenset({conversation_id}))


def _workshop(token: str) -> Reader | None:
    """For the screen and every phone: they hear only that something changed, and ask what."""
    subjects = heard_with(token)
    return Reader(subjects) if subjects else None


def not_here(request: HttpRequest, **_: str) -> HttpResponse:
    """The address of a stream outside an ASGI server, as in a test client."""
    raise Http404

"""Nothing is read further than the largest request we take: refused on its own word, or while it streams."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PAGE = b"""<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dit bericht is te groot</title>
<h1>Dit bericht is te groot</h1>
<p>Er kunnen hoogstens 10 bestanden mee, samen 25 MB. Het bericht is niet bewaard.</p>
<p>Ga terug met de knop van de browser: de tekst staat er dan nog. Stuur minder bestanden mee en probeer
het opnieuw.</p>
</html>
"""

HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-length", str(len(PAGE)).encode()),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
]


class TooLarge(Exception):
    """More came than was announced or allowed."""


def limited(application: Application, limit_bytes: int) -> Application:
    """The application, for requests of at most so many bytes; larger ones get 413."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
        elif _announced(scope) > limit_bytes:
            await _refuse(send)
        else:
            try:
                await application(scope, _counting(receive, limit_bytes), send)
            except TooLarge:
                await _refuse(send)

    return run


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _counting(receive: Receive, limit_bytes: int) -> Receive:
    """Django reads the whole body before it answers, so nothing has been sent when this raises."""
    left = limit_bytes

    async def count() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return count


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": HEADERS})
    await send({"type": "http.response.body", "body": PAGE})

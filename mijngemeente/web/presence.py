"""The beat of an open screen, answered before Django: three hundred agents send sixty a second."""

from mijngemeente.platform import live
from mijngemeente.platform.presence import read_token
from mijngemeente.platform.threads import in_thread

from .live import Receive, Scope, Send

PATH = "/werkplek/aanwezig/"
# A token and a word.
BODY_BYTES = 1_000


def is_beat(scope: Scope) -> bool:
    """Whether a screen tells that somebody is there."""
    return (scope["type"], scope.get("method"), scope.get("path")) == ("http", "POST", PATH)


async def take_beat(scope: Scope, receive: Receive, send: Send) -> None:
    """Pass it on to every process; a text that is not ours does not exist."""
    token, _, state = (await _body(receive)).decode("ascii", "replace").rpartition(" ")
    beat = read_token(token, state)
    if beat is not None:
        await in_thread(live.pass_on)(beat)
    await send({"type": "http.response.start", "status": 204 if beat else 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _body(receive: Receive) -> bytes:
    body = b""
    while len(body) <= BODY_BYTES:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body
    return b""

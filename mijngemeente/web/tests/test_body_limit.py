"""Nothing is read further than the largest request we take."""

import asyncio

import pytest

from mijngemeente.web.body_limit import limited

LIMIT = 100


async def reader(scope, receive, send):
    """An application that reads everything first, as Django does."""
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def call(parts, headers=(), kind="http"):
    """The status, and how many parts were read."""
    waiting, sent = list(parts), []

    async def receive():
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "headers": list(headers)}
    asyncio.run(limited(reader, LIMIT)(scope, receive, send))
    return sent[0]["status"], len(parts) - len(waiting), sent[1]["body"]


@pytest.mark.parametrize(
    ("parts", "headers", "status", "read"),
    [
        ([b"x" * 100], [], 200, 1),
        ([b"x" * 50, b"x" * 50], [], 200, 2),
        ([b"x" * 100], [(b"content-length", b"100")], 200, 1),
        ([b"x" * 101], [(b"content-length", b"101")], 413, 0),
        ([b"x" * 60, b"x" * 60, b"x" * 60], [], 413, 2),
        ([b"x" * 60, b"x" * 60], [(b"content-length", b"10")], 413, 2),
        ([b"x"], [(b"content-length", b"onzin")], 200, 1),
        ([b"x"], [(b"content-length", b"-5")], 200, 1),
    ],
)
def test_too_much_is_refused_on_its_word_or_while_it_streams(parts, headers, status, read):
    found = call(parts, headers)
    assert found[:2] == (status, read)
    if status == 413:
        assert b"Dit bericht is te groot" in found[2]

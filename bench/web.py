"""A form sent at the front door until it is stored, and a change until it is on a thousand screens."""

import asyncio
import http.client
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psutil

from mijngemeente.cli.serve import processes
from mijngemeente.platform.leash import Child

from .ground import COMMAND, Database, serving

PORT = 18890
CLIENTS = 8
READY_SECONDS = 30.0
# Every fourth change or so finds that rights have to be read again.
BETWEEN_SECONDS = 1.0
#: Then somebody who looks at a screen has given up.
HEARD_SECONDS = 20.0


@contextmanager
def web(database: Database, home: Path) -> Iterator[Child]:
    """The product's web server, with the empty page beside it."""
    environment = database.environment | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "MIJNGEMEENTE_URL": f"http://127.0.0.1:{PORT}",
    }
    command = (*COMMAND, "web", "--port", str(PORT), "--processes", str(processes()))
    with serving("web", command, environment, home / "web.log") as child:
        await_page("/leeg/")
        yield child


def await_page(path: str, port: int = PORT) -> None:
    """Until it answers. Raises TimeoutError."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
            line.request("GET", path)
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(path)


def posts_a_second(path: str, form: Callable[[], dict[str, str]], expected: int, seconds: float) -> float:
    """With CLIENTS clients that each keep their connection."""
    until = time.monotonic() + seconds
    begun = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        sent = sum(pool.map(lambda _: _send(path, form, expected, until), range(CLIENTS)))
    return sent / (time.monotonic() - begun)


def _send(path: str, form: Callable[[], dict[str, str]], expected: int, until: float) -> int:
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=READY_SECONDS)
    sent = 0
    while time.monotonic() < until:
        number = uuid4().int
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            # Each from an address of its own: more than twenty from one are refused.
            "X-Forwarded-For": f"2001:db8:{number % 65536:x}:{number // 65536 % 65536:x}::1",
        }
        line.request("POST", path, urlencode(form()), headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != expected:
            raise AssertionError(f"{path}: {answer.status}")
        sent += 1
    return sent


def question(organisation_id: int) -> dict[str, str]:
    """A form as it was handed out five seconds ago."""
    from mijngemeente.platform.ids import uuid7
    from mijngemeente.platform.seals import make_token

    made = UUID(int=uuid7().int - (5000 << 80))
    mark = make_token(f"question {organisation_id}", made)
    return {"formulier": mark, "text": "Wanneer wordt het grofvuil opgehaald?", "email": f"{made}@x.example"}


def memory_of(child: Child) -> float:
    """MB in use by the process and all it started, shared pages counted in part (PSS)."""
    assert child.pid is not None
    family = psutil.Process(child.pid)
    return sum(_pss(each.pid) for each in [family, *family.children(recursive=True)]) / 1024


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Screens:
    """Open streams, and when each heard of a conversation."""

    def __init__(self, path: str, cookies: list[str], count: int) -> None:
        self.path, self.cookies, self.count = path, cookies, count
        self.heard: dict[str, list[float]] = {}
        self.open = 0

    async def watch(
        self,
        change: Callable[[], str],
        changes: int,
        measure: Callable[[], None],
        between_seconds: float = BETWEEN_SECONDS,
    ) -> list[float]:
        """Seconds from a change to each screen, for as many changes as fit in twice their time.

        HEARD_SECONDS for a screen that did not hear by then.
        """
        tasks = [
            asyncio.create_task(self._read(self.cookies[n % len(self.cookies)])) for n in range(self.count)
        ]
        while self.open < self.count:
            await asyncio.sleep(0.05)
            if any(task.done() for task in tasks):
                raise AssertionError("a stream ended")
        await asyncio.sleep(1)
        measure()
        delays: list[float] = []
        until = time.monotonic() + 2 * changes * between_seconds
        for _ in range(changes):
            if time.monotonic() > until:
                break
            await asyncio.sleep(between_seconds)
            self.heard.clear()
            begun = time.monotonic()
            delays += await self._delays(await asyncio.to_thread(change), begun)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return delays

    async def _delays(self, name: str, begun: float) -> list[float]:
        until = begun + HEARD_SECONDS
        while len(self.heard.get(name, ())) < self.count and time.monotonic() < until:
            await asyncio.sleep(0.01)
        heard = self.heard.get(name, [])
        return [max(0.0, at - begun) for at in heard] + [HEARD_SECONDS] * (self.count - len(heard))

    async def _read(self, cookie: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        head = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode())
        is_open = False
        async for line in reader:
            if not is_open and line.startswith(b"retry:"):
                is_open = True
                self.open += 1
            if line.startswith(b"event: c-"):
                self.heard.setdefault(line[9:].decode().strip(), []).append(time.monotonic())

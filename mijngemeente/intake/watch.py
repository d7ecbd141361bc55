"""Staying with mailboxes, so that a mail is here seconds after it arrived there.

Every worker runs this; a lock in the database sees to it that each inbox is watched once. What is watched
is only asked for news: fetching, and telling an administrator what is wrong, is the job `intake.poll`, which
also runs by the clock.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import structlog

from mijngemeente.channels.contract import Credentials, Watch, WireError
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform.live import database_address
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.threads import in_thread

from .actions import ask_for_poll, can_pull
from .queries import pulled_inboxes

# RFC 2177: a server may end IDLE after 29 minutes; shorter keeps connections from dying unseen.
IDLE_SECONDS = 9.0 * 60
LOOK_AROUND_SECONDS = 10
# Twice as long each time: a server locks an account that keeps trying a wrong password.
PAUSE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 300.0

log = structlog.get_logger(__name__)


async def watch() -> None:
    """Watch every pulled inbox that no other worker watches, until cancelled."""
    async with _lock_holder() as locks:
        watching: dict[UUID, asyncio.Task[None]] = {}
        try:
            while True:
                await _look_around(locks, watching)
                await asyncio.sleep(LOOK_AROUND_SECONDS)
        finally:
            for task in watching.values():
                task.cancel()


async def _look_around(locks: psycopg.AsyncConnection, watching: dict[UUID, asyncio.Task[None]]) -> None:
    """Begin with new inboxes, leave those that were stopped; raises when our locks are lost."""
    await locks.execute("SELECT 1")
    inboxes = {inbox.id: inbox for inbox in await in_thread(pulled_inboxes)()}
    for left in (watching.keys() - inboxes.keys()) | _ended(watching):
        watching.pop(left).cancel()
        await locks.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [str(left)])
    for inbox_id in inboxes.keys() - watching.keys():
        if await _lock(locks, inbox_id):
            watching[inbox_id] = asyncio.create_task(_stay_with(inboxes[inbox_id]))


def _ended(watching: dict[UUID, asyncio.Task[None]]) -> set[UUID]:
    """Watching never ends by itself: these met a fault, and begin anew."""
    ended = {inbox_id for inbox_id, task in watching.items() if task.done()}
    for inbox_id in ended:
        log.error("watch.ended", inbox=str(inbox_id), exc_info=watching[inbox_id].exception())
    return ended


async def _lock(locks: psycopg.AsyncConnection, inbox_id: UUID) -> bool:
    cursor = await locks.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [str(inbox_id)])
    row = await cursor.fetchone()
    return bool(row and row[0])


@contextlib.asynccontextmanager
async def _lock_holder() -> AsyncIterator[psycopg.AsyncConnection]:
    """One connection that holds this worker's locks; they go with it when the worker dies."""
    async with await psycopg.AsyncConnection.connect(database_address(), autocommit=True) as connection:
        yield connection


async def _stay_with(inbox: InboxAddress) -> None:
    """Ask for a look now, and at every sign of news."""
    pause = PAUSE_SECONDS
    while True:
        credentials = await in_thread(_credentials)(inbox)
        if can_pull(credentials):
            try:
                await _Stay(inbox, credentials).run()
                pause = PAUSE_SECONDS
                continue
            except WireError:
                await _ask_for_poll(inbox)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


async def _ask_for_poll(inbox: InboxAddress) -> None:
    await in_thread(ask_for_poll)(inbox=inbox)


def _credentials(inbox: InboxAddress) -> Credentials:
    with acting_for(inbox.organisation_id):
        return credentials_of(inbox)


@dataclass
class _Stay:
    """One visit to a mailbox, in a thread of its own.

    It takes minutes: in the shared threads it would keep everybody else waiting. The thread is a daemon, so
    that a worker that stops need not wait for it.
    """

    inbox: InboxAddress
    credentials: Credentials
    is_over: threading.Event = field(default_factory=threading.Event)

    async def run(self) -> None:
        """Until the visit ends; cancelled, the thread lets go of the mailbox within seconds."""
        self._loop = asyncio.get_running_loop()
        self._outcome: asyncio.Future[None] = self._loop.create_future()
        threading.Thread(target=self._visit, daemon=True).start()
        try:
            await self._outcome
        finally:
            self.is_over.set()

    def _visit(self) -> None:
        watch = Watch(IDLE_SECONDS, look=self._look, is_over=self.is_over.is_set)
        try:
            CHANNELS[self.inbox.kind].wire.stay_with(self.credentials, watch)
        except Exception as error:
            self._tell(self._outcome.set_exception, error)
        else:
            self._tell(self._outcome.set_result, None)

    def _look(self) -> None:
        asyncio.run_coroutine_threadsafe(_ask_for_poll(self.inbox), self._loop).result()

    def _tell(self, settle: Callable[[Any], None], value: object) -> None:
        """Hand the outcome to the loop, unless nobody waits for it any more."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(lambda: None if self._outcome.done() else settle(value))

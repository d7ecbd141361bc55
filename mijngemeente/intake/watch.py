"""Staying with mailboxes, so that a mail is here seconds after it arrived there.

Every worker runs this; a lock in the database sees to it that each inbox is watched once. What is watched
is only asked for news: fetching is the job `intake.poll`, which also runs by the clock.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import psycopg

from mijngemeente.channels.contract import Credentials, WireError
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.actions.health import record_problem
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
PAUSE_SECONDS = 30

P = ParamSpec("P")
T = TypeVar("T")


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
    """Begin with new inboxes, leave those that were stopped."""
    inboxes = {inbox.id: inbox for inbox in await in_thread(pulled_inboxes)()}
    for gone in watching.keys() - inboxes.keys():
        watching.pop(gone).cancel()
        await locks.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [str(gone)])
    for inbox_id in inboxes.keys() - watching.keys():
        if await _lock(locks, inbox_id):
            watching[inbox_id] = asyncio.create_task(_stay_with(inboxes[inbox_id]))


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
    """Fetch now, then at every sign of news."""
    while True:
        credentials = await in_thread(_credentials)(inbox)
        if not can_pull(credentials):
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        await in_thread(ask_for_poll)(inbox=inbox)
        try:
            await _in_own_thread(CHANNELS[inbox.kind].wire.wait_for_news, credentials, IDLE_SECONDS)
        except WireError as error:
            await in_thread(_say)(inbox, str(error))
            await asyncio.sleep(PAUSE_SECONDS)


def _credentials(inbox: InboxAddress) -> Credentials:
    with acting_for(inbox.organisation_id):
        return credentials_of(inbox)


async def _in_own_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Waiting takes minutes: in the shared threads it would keep everybody else waiting too.

    The thread is a daemon, so that a worker that stops need not wait for it.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            _tell(loop, outcome, outcome.set_exception, error)
        else:
            _tell(loop, outcome, outcome.set_result, result)

    threading.Thread(target=run, daemon=True).start()
    return await outcome


def _tell(
    loop: asyncio.AbstractEventLoop,
    outcome: "asyncio.Future[T]",
    settle: Callable[[Any], None],
    value: object,
) -> None:
    """Hand the outcome to the loop, unless nobody waits for it any more."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(lambda: None if outcome.done() else settle(value))


def _say(inbox: InboxAddress, problem: str) -> None:
    with acting_for(inbox.organisation_id):
        record_problem(inbox=inbox, problem=problem)

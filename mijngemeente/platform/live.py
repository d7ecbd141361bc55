"""What changed, told to open screens: ids only, at commit.

Only this module knows NOTIFY. One LISTEN per web process feeds all its streams.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg
import structlog
from django.db import DEFAULT_DB_ALIAS, connections, models
from psycopg.conninfo import make_conninfo

CHANNEL = "mijngemeente_live"
# A reader this far behind is told to look at everything again, so that no reader can fill the memory.
BACKLOG = 100
RECONNECT_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Signal:
    """Something changed in one conversation."""

    organisation_id: int
    #: None: signals were missed, look at everything again.
    conversation_id: UUID | None


def publish(conversation: models.Model) -> None:
    """Tell open screens, at commit of the caller's transaction, that this conversation changed."""
    organisation_id = conversation.organisation_id  # type: ignore[attr-defined]  # a tenant row
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{organisation_id} {conversation.pk}"])


class Subscription:
    """The signals of some organisations, as they come."""

    def __init__(self, organisation_ids: Iterable[int]) -> None:
        self.organisation_ids = frozenset(organisation_ids)
        self._waiting: asyncio.Queue[Signal] = asyncio.Queue(BACKLOG)

    def offer(self, signal: Signal) -> None:
        """Hand over a signal without waiting; a full reader gets one that says it missed some."""
        try:
            self._waiting.put_nowait(signal)
        except asyncio.QueueFull:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put_nowait(Signal(signal.organisation_id, None))

    async def next(self, wait_seconds: float) -> Signal | None:
        """The next signal, or None when nothing came in time."""
        try:
            return await asyncio.wait_for(self._waiting.get(), wait_seconds)
        except TimeoutError:
            return None


class Hub:
    """One LISTEN for this process, shared by its streams; it starts with the first and reconnects."""

    def __init__(self) -> None:
        self._subscriptions: dict[int, set[Subscription]] = {}
        self._listening: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def subscribe(self, organisation_ids: Iterable[int]) -> Iterator[Subscription]:
        """Receive signals while the block runs."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.get_running_loop().create_task(self._listen())
        subscription = Subscription(organisation_ids)
        for organisation_id in subscription.organisation_ids:
            self._subscriptions.setdefault(organisation_id, set()).add(subscription)
        try:
            yield subscription
        finally:
            self._leave(subscription)

    def _leave(self, subscription: Subscription) -> None:
        for organisation_id in subscription.organisation_ids:
            readers = self._subscriptions[organisation_id]
            readers.discard(subscription)
            if not readers:
                del self._subscriptions[organisation_id]

    async def _listen(self) -> None:
        while True:
            try:
                async for signal in _signals():
                    for subscription in self._subscriptions.get(signal.organisation_id, ()):
                        subscription.offer(signal)
            except psycopg.OperationalError:
                log.warning("live.listen_lost")
            await asyncio.sleep(RECONNECT_SECONDS)
            self._resync()

    def _resync(self) -> None:
        for organisation_id, readers in self._subscriptions.items():
            for subscription in readers:
                subscription.offer(Signal(organisation_id, None))


hub = Hub()


async def _signals() -> AsyncIterator[Signal]:
    connection = await psycopg.AsyncConnection.connect(_address(), autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for notification in connection.notifies():
            organisation_id, conversation_id = notification.payload.split()
            yield Signal(int(organisation_id), UUID(conversation_id))


def _address() -> str:
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{key: settings[name] for key, name in names.items() if settings.get(name)})

"""What changed, told to open screens: ids only, at commit.

Only this module knows NOTIFY. One LISTEN per web process feeds all its streams.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg
import structlog
from django.db import DEFAULT_DB_ALIAS, connections, models
from psycopg.conninfo import make_conninfo

from .presence import Beat, Board, beat_in

CHANNEL = "mijngemeente_live"
# A reader this far behind is told to look at everything again, so that no reader can fill the memory.
BACKLOG = 100
RECONNECT_SECONDS = 1.0
PRESENCE_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Signal:
    """Something changed in one conversation."""

    #: 0 when signals of unknown organisations were missed.
    organisation_id: int
    #: None: signals were missed, look at everything again.
    conversation_id: UUID | None
    #: Whom there is news for; then it is about them alone.
    person_id: UUID | None = None
    #: Conversations where somebody came or went; then it is about nothing else.
    present: frozenset[UUID] = frozenset()
    #: A session, or a part of it, in which something changed; then it is about nothing else.
    workshop_id: UUID | None = None


#: We were not listening for a while: look at everything again.
MISSED = Signal(0, None)


def publish(conversation: models.Model) -> None:
    """Tell open screens, at commit of the caller's transaction, that this conversation changed."""
    organisation_id = conversation.organisation_id  # type: ignore[attr-defined]  # a tenant row
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{organisation_id} {conversation.pk}"])


def publish_all(organisation_id: int, conversations: Iterable[UUID]) -> None:
    """The same for many conversations of one organisation, in one statement."""
    words = [f"{organisation_id} {each}" for each in conversations]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, words) FROM unnest(%s::text[]) AS words", [CHANNEL, words])


def tell(person_id: UUID) -> None:
    """Tell one person's open screens, at commit, that there is something for them."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"person {person_id}"])


def tell_workshop(workshop_id: UUID) -> None:
    """Tell whoever listens to a session, or to a part of it, at commit, that something changed there."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"workshop {workshop_id}"])


def pass_on(beat: Beat) -> None:
    """Tell every web process that somebody is there. Outside a unit: it is about no row."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"present {beat.words}"])


class Subscription:
    """The signals of some organisations, conversations or one person, as they come."""

    def __init__(self, subjects: Iterable[int | UUID]) -> None:
        self.subjects = frozenset(subjects)
        self._waiting: asyncio.Queue[Signal] = asyncio.Queue(BACKLOG)

    def offer(self, signal: Signal) -> None:
        """Hand over a signal without waiting; a full reader gets one that says it missed some."""
        try:
            self._waiting.put_nowait(signal)
        except asyncio.QueueFull:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put_nowait(Signal(signal.organisation_id, None))

    async def next(self) -> Signal:
        """The next signal."""
        return await self._waiting.get()


class Hub:
    """One LISTEN for this process, shared by its streams; it starts with the first and reconnects."""

    def __init__(self) -> None:
        self._readers: dict[int | UUID, set[Subscription]] = {}
        self._listening: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        #: Who is where.
        self.board = Board()

    def listen(self) -> None:
        """Begin to hear what happens, if this process does not yet."""
        if self._listening is None or self._listening.done():
            loop = asyncio.get_running_loop()
            self._listening = loop.create_task(self._listen())
            self._watching = loop.create_task(self._watch_presence())

    @contextlib.contextmanager
    def subscribe(self, subjects: Iterable[int | UUID]) -> Iterator[Subscription]:
        """Receive the signals of these organisations or conversations while the block runs."""
        self.listen()
        subscription = Subscription(subjects)
        for subject in subscription.subjects:
            self._readers.setdefault(subject, set()).add(subscription)
        try:
            yield subscription
        finally:
            self._leave(subscription)

    def _leave(self, subscription: Subscription) -> None:
        for subject in subscription.subjects:
            self._readers[subject].discard(subscription)
            if not self._readers[subject]:
                del self._readers[subject]

    async def _listen(self) -> None:
        while True:
            try:
                async for signal in _signals():
                    self._hear(signal)
            except psycopg.Error:
                log.warning("live.listen_lost")
            await asyncio.sleep(RECONNECT_SECONDS)

    def _hear(self, signal: Signal | Beat) -> None:
        if isinstance(signal, Beat):
            self.board.hear(signal, time.monotonic())
        else:
            self._spread(signal)

    async def _watch_presence(self) -> None:
        """Once a second at most: whoever covers the whole country would hear of every step otherwise."""
        while True:
            await asyncio.sleep(PRESENCE_SECONDS)
            told: dict[Subscription, set[UUID]] = {}
            for conversation_id, organisation_id in self.board.changes(time.monotonic()).items():
                for subscription in self._readers.get(organisation_id, ()):
                    told.setdefault(subscription, set()).add(conversation_id)
            for subscription, conversations in told.items():
                subscription.offer(Signal(0, None, present=frozenset(conversations)))

    def _spread(self, signal: Signal) -> None:
        if signal == MISSED:
            self._resync()
        subjects = (signal.organisation_id, signal.conversation_id, signal.person_id, signal.workshop_id)
        for subject in subjects:
            for subscription in self._readers.get(subject, ()) if subject is not None else ():
                subscription.offer(signal)

    def _resync(self) -> None:
        for subscription in set().union(*self._readers.values()):
            subscription.offer(MISSED)


hub = Hub()


async def _signals() -> AsyncIterator[Signal | Beat]:
    connection = await psycopg.AsyncConnection.connect(database_address(), autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        # Only now: what changed between an earlier look and LISTEN would stay unseen.
        yield MISSED
        async for notification in connection.notifies():
            yield _signal_in(notification.payload)


def _signal_in(payload: str) -> Signal | Beat:
    whose, _, subject = payload.partition(" ")
    if whose == "present":
        return beat_in(subject)
    if whose == "person":
        return Signal(0, None, UUID(subject))
    if whose == "workshop":
        return Signal(0, None, workshop_id=UUID(subject))
    return Signal(int(whose), UUID(subject))


def database_address() -> str:
    """Where the app's database is, for a connection of one's own."""
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{key: settings[name] for key, name in names.items() if settings.get(name)})

"""Work for later, in the caller's transaction: nothing is queued that was not stored.

A job is a public function in a room's `jobs.py`, named `room.verb`. It takes ids only, may run more than
once, and is retried with growing pauses when it raises.
"""

import functools
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, ParamSpec

from django.apps import AppConfig, apps
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from .tenancy import acting_for

if TYPE_CHECKING:
    from types import ModuleType

P = ParamSpec("P")

#: Seconds before each next attempt; the last is repeated. Together a month before a job stays failed: what it
#: waits for may be a mended program, and nobody looks for it otherwise.
PAUSES = (1, 5, 30, 120, 600, 3600)
ATTEMPTS = 30 * 24

# Not the queue's own way in: a worker replaces that by one with connections, and so transactions, of its own.
_OUTBOX = JobManager(DjangoConnector())


class GrowingPauses(BaseRetryStrategy):
    """Try again soon, then ever less often."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, or None after ATTEMPTS."""
        if job.attempts >= ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": PAUSES[min(job.attempts, len(PAUSES) - 1)]})


class OnceTheDatabaseIsBack(GrowingPauses):
    """Try again only what lost its database: the clock asks for the rest again by itself."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, or None when it failed for another reason, or after ATTEMPTS."""
        if not _lost_the_database(exception):
            return None
        return super().get_retry_decision(exception=exception, job=job)


def _lost_the_database(failure: BaseException) -> bool:
    if isinstance(failure, BaseExceptionGroup):
        return all(map(_lost_the_database, failure.exceptions))
    if not isinstance(failure, InterfaceError | OperationalError):
        return False
    state: str | None = getattr(failure.__cause__, "sqlstate", None)
    # PostgreSQL says nothing when it is killed, or that the connection failed, or that it stops or starts.
    return state is None or state.startswith(("08", "57P"))


class Haste(IntEnum):
    """What goes first when there is more work than hands."""

    #: By the clock: it watches over all the rest.
    CLOCK = 20
    #: Somebody pressed a button and looks at the screen.
    PERSON = 10
    ORDINARY = 0
    #: Receipts: in a crisis, reading what comes in goes before them.
    CAN_WAIT = -10


class UnknownJob(LookupError):
    """No room has a job of that name."""


def every(cron: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Run the job by the clock; `cron` may have a sixth, last field for seconds."""

    def mark(function: Callable[P, None]) -> Callable[P, None]:
        function.cron = cron  # type: ignore[attr-defined]  # read once by register()
        return function

    return mark


def later(
    name: str,
    /,
    *,
    organisation_id: int,
    once: str | None = None,
    in_turn: str | None = None,
    at: datetime | None = None,
    haste: Haste = Haste.ORDINARY,
    **ids: object,
) -> None:
    """Queue `room.verb` in the caller's transaction; it runs after commit, or never on rollback.

    `once` names what may wait in the queue only once; asking again is not an error. Jobs that wait for the
    same turn run one after another, in the order in which they were queued.
    Raises UnknownJob.
    """
    if name not in queue.tasks:
        raise UnknownJob(name)
    task = configure_task(
        name=name,
        job_manager=_OUTBOX,
        queueing_lock=once,
        lock=in_turn,
        schedule_at=at,
        priority=haste,
    )
    arguments = {key: str(value) for key, value in ids.items()}
    if once is None:
        task.defer(organisation_id=organisation_id, **arguments)
        return
    try:
        with transaction.atomic():
            task.defer(organisation_id=organisation_id, **arguments)
    except AlreadyEnqueued:
        return


def at_once(number: int) -> bool:
    """Do what waits for its next attempt, or was given up, now; False if that is no longer needed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_AT_ONCE, [number])
            return bool(cursor.rowcount == 1)
    except IntegrityError:
        # The same waits already.
        return False


_AT_ONCE = """
    UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL
    WHERE id = %s AND status IN ('todo', 'failed')
"""


@contextmanager
def in_turns() -> Iterator[Callable[[int], AbstractContextManager[None]]]:
    """A round over organisations: gives what opens the unit of each, from which a failure comes later.

    One that fails keeps nobody from their turn. Raises ExceptionGroup at the end, so that it is seen.
    """
    failures: list[Exception] = []

    @contextmanager
    def turn(organisation_id: int) -> Iterator[None]:
        try:
            with acting_for(organisation_id):
                yield
        except Exception as failure:
            failures.append(failure)

    yield turn
    if failures:
        raise ExceptionGroup("some organisations failed in this round", failures)


def register(app: App) -> None:
    """Give the queue every job of every room; called by Procrastinate when Django is ready."""
    for config in apps.get_app_configs():
        if _has_jobs(config):
            _register_room(app, config.label, importlib.import_module(f"{config.name}.jobs"))


def _has_jobs(config: AppConfig) -> bool:
    is_room = config.name.startswith("mijngemeente.") and config.label != "platform"
    return is_room and importlib.util.find_spec(f"{config.name}.jobs") is not None


def _register_room(app: App, room: str, module: "ModuleType") -> None:
    for verb, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not verb.startswith("_"):
            _register_job(app, f"{room}.{verb}", function)


def _register_job(app: App, name: str, function: Callable[..., None]) -> None:
    cron = getattr(function, "cron", None)
    retry = GrowingPauses() if cron is None else OnceTheDatabaseIsBack()
    task = app.task(name=name, retry=retry)(_with_fresh_connection(function))
    if cron is not None:
        app.periodic(cron=cron, priority=Haste.CLOCK)(task)


def _with_fresh_connection(function: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(function)
    def run(*args: object, **kwargs: object) -> None:
        close_old_connections()
        try:
            function(*args, **kwargs)
        finally:
            close_old_connections()

    return run

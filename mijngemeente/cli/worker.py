"""One worker process: the queue, and what runs beside it."""

import argparse
import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from mijngemeente.platform.lines import lines

from . import home, start

if TYPE_CHECKING:
    from procrastinate import App, PsycopgConnector
    from procrastinate.jobs import Job

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 2.0
#: A worker that was silent for so long is dead: its jobs run again.
SILENT_SECONDS = 8.0
RESCUE_SECONDS = 4.0
STOP_SECONDS = 8.0
PAUSE_SECONDS = 5.0

Companion = Callable[[], Awaitable[None]]


def companions() -> list[Companion]:
    """What every worker does beside the queue; each runs until it is cancelled."""
    from mijngemeente.intake.listener import listen
    from mijngemeente.intake.watch import watch

    return [listen, watch]


def configure(parser: argparse.ArgumentParser) -> None:
    """How much at once."""
    parser.add_argument(
        "--concurrency", type=int, default=4, metavar="N", help="zoveel taken tegelijk (%(default)s)"
    )


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    home.use_running_database()
    os.environ.setdefault("DATABASE_POOL", str(options.concurrency + 4))
    start.refuse_power()
    lines.most = max(1, options.concurrency - 1)
    learn_to_read()
    asyncio.run(work(options.concurrency))
    return 0


def learn_to_read() -> None:
    """What reading a message needs: beside a big mail, loading it would take twice its room."""
    from django.db import DatabaseError, connections
    from django.utils import timezone

    from mijngemeente.intake.queries.evidence import reader_on

    with suppress(DatabaseError):  # then the first message loads it
        reader_on(timezone.localdate())
    connections.close_all()


async def work(concurrency: int) -> None:
    from procrastinate.contrib.django import app as rooms

    app = rooms.with_connector(queue_connector())
    async with app.open_async():
        beside = [asyncio.create_task(keep_rescuing(app))]
        beside += [asyncio.create_task(keep_going(companion)) for companion in companions()]
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENT_SECONDS,
                shutdown_graceful_timeout=STOP_SECONDS,
            )
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def queue_connector() -> "PsycopgConnector":
    """The queue's own connections, which do not wait for the disk.

    When the database dies, its last marks of which job was begun or done may be lost: those jobs run again,
    as every job may.
    """
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.utils import connector_params

    parameters = connector_params()
    options = f"{parameters.get('options', '')} -c synchronous_commit=off"
    return PsycopgConnector(kwargs={**parameters, "options": options.strip()})


async def keep_going(companion: Companion) -> None:
    """Again after a fault: a taken port must not stop the queue."""
    while True:
        try:
            await companion()
        except Exception:
            logger.exception("%s stopped; again in %s s", companion.__qualname__, PAUSE_SECONDS)
        await asyncio.sleep(PAUSE_SECONDS)


async def keep_rescuing(app: "App") -> None:
    from procrastinate.exceptions import ConnectorException

    while True:
        try:
            await rescue(app)
        except ConnectorException:
            # The queue itself meets the same fault, and says so.
            logger.debug("no rescue this time", exc_info=True)
        except Exception:
            # Without this task nobody takes over what a dead worker was doing.
            logger.exception("no rescue this time; again in %s s", RESCUE_SECONDS)
        await asyncio.sleep(RESCUE_SECONDS)


async def rescue(app: "App") -> None:
    """Queue again what a worker was doing when it died."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await queue_again(app, job)


async def queue_again(app: "App", job: "Job") -> None:
    from procrastinate.exceptions import ConnectorException, UniqueViolation
    from procrastinate.jobs import Status

    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        # Its like waits in the queue already (`once=`), and will do the same.
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
    except ConnectorException:
        # Another worker was first.
        return
    logger.warning("job %s of a lost worker is queued again", job.id)

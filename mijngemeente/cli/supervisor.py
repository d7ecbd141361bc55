"""Keep a handful of processes running until we are told to stop."""

import logging
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from mijngemeente.platform.leash import Child

logger = logging.getLogger(__name__)

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
UNDER_NOHUP = (signal.SIGHUP, signal.SIG_IGN)

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
HEALTHY_SECONDS = 60.0


def supervise(children: Sequence[Child]) -> int:
    """Start them in order, restart what ends, and stop them when told to.

    The first is the ground under the others: they end side by side, and then it does.
    Told by SIGINT, SIGTERM or SIGHUP (the last unless we run under nohup). Children that run already, such
    as PostgreSQL, are taken over. Returns 0; raises OSError if a command cannot be executed at all.
    """
    with waking_on_signals() as wake:
        try:
            for child in children:
                child.start()
            keep_running([Watched(child, started_at=time.monotonic()) for child in children], wake)
        finally:
            stop(children)
    return 0


def stop(children: Sequence[Child]) -> None:
    for child in reversed(children[1:]):
        child.ask()
    for child in reversed(children):
        child.stop()


class Wake:
    """Sleeps until a signal comes."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self.stop_asked = False

    def ask_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop_asked = True

    def sleep(self, seconds: float | None) -> None:
        """At most so long; None: without limit. Ends early at the death of a child too."""
        if select.select([self._pipe], [], [], seconds)[0]:
            os.read(self._pipe, 4096)


@contextmanager
def waking_on_signals() -> Iterator[Wake]:
    """A handler alone cannot end a sleep (PEP 475); the byte that Python writes at each signal can."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    wake = Wake(reading)
    earlier = {number: signal.getsignal(number) for number in (*STOP_SIGNALS, signal.SIGCHLD)}
    earlier_pipe = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in STOP_SIGNALS:
        if (number, earlier[number]) != UNDER_NOHUP:
            signal.signal(number, wake.ask_stop)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    try:
        yield wake
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(earlier_pipe)
        os.close(reading)
        os.close(writing)


@dataclass
class Watched:
    """A child and when it may start again."""

    child: Child
    started_at: float
    pause_seconds: float = 0.0
    restart_at: float | None = None

    def look(self, now: float) -> None:
        if self.restart_at is None and not self.child.is_running:
            self._plan_restart(now)
        elif self.restart_at is not None and now >= self.restart_at:
            self._restart(now)

    def _plan_restart(self, now: float) -> None:
        self.pause_seconds = next_pause(self.pause_seconds, now - self.started_at)
        self.restart_at = now + self.pause_seconds
        ended, code = self.child.name, self.child.exit_code
        logger.warning("%s ended (%s); again in %.1f s", ended, code, self.pause_seconds)

    def _restart(self, now: float) -> None:
        self.started_at = now
        self.restart_at = None
        try:
            self.child.start()
        except (OSError, subprocess.SubprocessError):
            # No memory or no processes left for now.
            logger.exception("%s did not start", self.child.name)
            self._plan_restart(now)


def keep_running(watched: Sequence[Watched], wake: Wake) -> None:
    while not wake.stop_asked:
        for one in watched:
            one.look(time.monotonic())
        wake.sleep(until_next_restart(watched, time.monotonic()))


def until_next_restart(watched: Sequence[Watched], now: float) -> float | None:
    """In seconds; None: none is planned."""
    moments = [one.restart_at for one in watched if one.restart_at is not None]
    return max(0.0, min(moments) - now) if moments else None


def next_pause(previous_seconds: float, lived_seconds: float) -> float:
    """Twice as long each time, from the start again after a healthy minute."""
    if previous_seconds == 0 or lived_seconds >= HEALTHY_SECONDS:
        return FIRST_PAUSE_SECONDS
    return min(2 * previous_seconds, LONGEST_PAUSE_SECONDS)

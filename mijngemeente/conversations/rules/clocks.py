"""What is due next in one conversation, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mijngemeente.organisations.rules.hours import NeverOpen, OpeningHours
from mijngemeente.organisations.rules.levels import Level


@dataclass(frozen=True)
class Clock:
    """How far one conversation is."""

    #: When it began, or was last opened again.
    began_at: datetime
    #: Since when the resident waits for us; None while the next step is not ours.
    waiting_since: datetime | None
    #: A person answered before.
    has_answer: bool
    #: Working time that did not count: since it began, and since the resident waits.
    paused: timedelta
    turn_paused: timedelta


@dataclass(frozen=True)
class Due:
    """What runs out first."""

    #: A value of `Conversation.Norm`.
    norm: str
    at: datetime
    #: From when that is near; never after `at`.
    amber_at: datetime


def due_of(clock: Clock, level: Level, hours: OpeningHours) -> Due | None:
    """What is due next and when, in the opening hours of who answers; None without a norm.

    Hours in which a norm can never run out are no norm: a wrong setting may not stop a message.
    """
    running = list(_running(clock, level, hours))
    return min(running, key=lambda each: each.at, default=None)


def _running(clock: Clock, level: Level, hours: OpeningHours) -> Iterator[Due]:
    for name, norm, since, paused in _norms(clock, level):
        if norm is None:
            continue
        try:
            amber_at = hours.add(since, level.amber.after(norm) + paused)
            yield Due(name, hours.add(since, norm + paused), amber_at)
        except NeverOpen:
            continue


def _norms(clock: Clock, level: Level) -> Iterator[tuple[str, timedelta | None, datetime, timedelta]]:
    if not clock.has_answer:
        yield "first_reply", level.first_reply, clock.began_at, clock.paused
    elif clock.waiting_since is not None:
        yield "next_reply", level.next_reply, clock.waiting_since, clock.turn_paused
    yield "solution", level.solution, clock.began_at, clock.paused

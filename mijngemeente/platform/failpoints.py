"""Gaps between two effects, each with a name, where `make chaos` may kill us (promises.md, rule 11).

MIJNGEMEENTE_FAILPOINT=deliver.sent kills it the first time it comes there; deliver.sent:3 the third time.
"""

import os
import signal

#: Every gap there is, and what has happened there and what has not.
GAPS = {
    "door.committed": "a page's changes are stored, the browser does not know",
    "api.committed": "an order of another system is stored, it does not know",
    "keep.stored": "the bytes are written, their job is not",
    "take_in.received": "the message is written, the desk has not accepted it",
    "take_in.written": "all of an incoming message is written, nothing is committed",
    "take_in.committed": "the message is stored, its job is not done",
    "send_reply.written": "the answer is written, its delivery and job are not",
    "release_reply.sent": "a planned answer is a message, its plan is not gone",
    "cluster.answered": "some of many have the answer of all, the others do not",
    "deliver.claimed": "the delivery is ours, the channel has not heard of it",
    "deliver.sent": "the channel has it, we have not written that down",
    "deliver.recorded": "the outcome is stored, the job is not done",
    "sweep.found": "a lost delivery is found, nothing is done about it",
    "tell.spoken": "the other system has heard it, we have not written that down",
    "hand_over.closed": "closed here, the job that begins it there is not queued",
    "imports.part_kept": "a part of a file is written with how far it is, nothing is committed",
}


class UnknownGap(LookupError):
    """The environment names a gap that does not exist."""


def reach(gap: str) -> None:
    """Die here if the environment says so, without cleaning up anything."""
    if gap == _armed and _is_the_time():
        os.kill(os.getpid(), signal.SIGKILL)


def _read(wanted: str) -> tuple[str, int]:
    gap, _, time = wanted.partition(":")
    if gap and gap not in GAPS:
        raise UnknownGap(gap)
    return gap, int(time or 1)


def _is_the_time() -> bool:
    global _passes_left  # noqa: PLW0603 - counted over the life of the process
    _passes_left -= 1
    return _passes_left == 0


_armed, _passes_left = _read(os.environ.get("MIJNGEMEENTE_FAILPOINT", ""))

"""Bounds on how much is held at once: a mail of 55 MB is several times that while it is read and stored."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Up to here everything runs side by side.
BIG_BYTES = 4 * 1024 * 1024
# Who waited so long goes ahead: a line that hangs with a big mail must not stop those of others.
LONGEST_WAIT_SECONDS = 60.0

_turn = threading.RLock()


@contextmanager
def big_one_at_a_time(size_bytes: int) -> Iterator[None]:
    """In this process, one big thing after another; small things do not wait. May be nested in one thread."""
    has_turn = size_bytes > BIG_BYTES and _turn.acquire(timeout=LONGEST_WAIT_SECONDS)
    try:
        yield
    finally:
        if has_turn:
            _turn.release()

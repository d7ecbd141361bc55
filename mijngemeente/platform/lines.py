"""Lines to other servers: one that hangs must not keep all hands of a worker waiting (promise P13)."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

#: A server that said nothing for so long hangs: nobody else begins to wait for it.
PATIENCE_SECONDS = 3.0
#: Ordinary answers come sooner than this, and then a line is free again.
WAIT_SECONDS = 1.0
#: Whoever found no line tries again after this.
AGAIN_SECONDS = 10


class Lines:
    """The lines of one process; `most` may be in use at once."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._clock = clock
        #: Every line in use: to whom, and since when.
        self._used: dict[object, tuple[Hashable, float]] = {}
        self._changed = threading.Condition()

    @contextmanager
    def to(self, server: Hashable, *, busy_seconds: float = 0.0) -> Iterator[bool]:
        """Whether there is a line to this server; it is free again at the end.

        `busy_seconds`: for how long it has been in use already, for who took it before asking here.
        """
        line = object()
        is_ours = self._take(line, server, busy_seconds)
        try:
            yield is_ours
        finally:
            with self._changed:
                self._used.pop(line, None)
                self._changed.notify_all()

    def _take(self, line: object, server: Hashable, busy_seconds: float) -> bool:
        with self._changed:
            if self._hangs(server):
                return False
            if not self._changed.wait_for(lambda: len(self._used) < self.most, WAIT_SECONDS):
                return False
            self._used[line] = (server, self._clock() - busy_seconds)
            return True

    def _hangs(self, server: Hashable) -> bool:
        before = self._clock() - PATIENCE_SECONDS
        return any(there == server and since <= before for there, since in self._used.values())


#: One hand is always left for what needs no other server. Of a worker with more hands: see cli/worker.py.
lines = Lines(most=3)

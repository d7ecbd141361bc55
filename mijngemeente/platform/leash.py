"""Child processes that end when we end, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h

WATCHDOG = 'trap "" INT TERM HUP; read -r _; kill -s "$1" "$2"'


@dataclass(frozen=True)
class User:
    """Whom a child runs as when we are root."""

    uid: int
    gid: int


@dataclass
class Child:
    """One command in a session of its own, so that Ctrl+C reaches us and not it."""

    name: str
    command: Sequence[str]
    #: None: the environment we have ourselves.
    environment: Mapping[str, str] | None = None
    #: Tried in turn, each with `grace_seconds`, before SIGKILL; the first is also what it gets when we die.
    stop_signals: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    grace_seconds: float = 2.0
    user: User | None = None
    folder: Path | None = None
    #: Where its output goes, overwritten at each start; None: where ours goes.
    output: Path | None = None
    #: File descriptors it inherits, and any lock on them.
    inherits: tuple[int, ...] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _watchdog: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _is_asked: bool = field(default=False, init=False, repr=False)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        """None as long as it runs, and before it ever ran."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Does nothing while it runs. Raises OSError if the command cannot be executed."""
        if self.is_running:
            return
        refuse_other_threads()
        self._sweep()
        self._is_asked = False
        output = os.open(self.output, OVERWRITE, 0o600) if self.output else None
        try:
            self._process = self._spawn(output)
        finally:
            if output is not None:
                os.close(output)
        if sys.platform != "linux":
            self._watchdog = watchdog(self._process.pid, self.stop_signals[0])

    def _spawn(self, output: int | None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            list(self.command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self.environment,
            cwd=self.folder,
            pass_fds=self.inherits,
            start_new_session=True,
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
            # Only here is it after the change of user, which would clear the setting.
            preexec_fn=ending_with_parent(self.stop_signals[0]),
        )

    def wait(self, seconds: float) -> int | None:
        """The exit code, or None if it still runs after so many seconds."""
        if self._process is None:
            return None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def ask(self) -> None:
        """Send the first signal, once, and do not wait: several can end side by side."""
        if self._process is not None and self.is_running and not self._is_asked:
            self._process.send_signal(self.stop_signals[0])
            self._is_asked = True

    def stop(self) -> None:
        """Ask, insist, kill. Does nothing if it does not run; what it left behind is killed."""
        self.ask()
        self.wait(self.grace_seconds)
        for insisting in self.stop_signals[1:]:
            if self._process is None or not self.is_running:
                break
            self._process.send_signal(insisting)
            self.wait(self.grace_seconds)
        if self._process is not None and self.is_running:
            self._process.kill()
            self._process.wait()
        self._sweep()

    def _sweep(self) -> None:
        """Children of a child that died by itself would keep its port."""
        if self._watchdog is not None:
            self._watchdog.kill()
            self._watchdog.communicate()
            self._watchdog = None
        if self._process is not None:
            # macOS says EPERM for a group of which only zombies are left.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


OVERWRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW


def refuse_other_threads() -> None:
    """Linux counts the death of the forking thread as the death of the parent."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Children that end with us are started from the main thread only.")


def ending_with_parent(last: signal.Signals) -> Callable[[], None] | None:
    """What the child calls between fork and exec; None where the kernel has no such thing."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_for_signal() -> None:
        if libc.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(last), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
        if os.getppid() != parent:
            os._exit(1)

    return ask_for_signal


def watchdog(pid: int, last: signal.Signals) -> subprocess.Popen[bytes]:
    """A shell that signals `pid` as soon as we are gone: its input is a pipe that only we hold open."""
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCHDOG, "watchdog", last.name.removeprefix("SIG"), str(pid)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )

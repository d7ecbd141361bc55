"""One embedded cluster: make it, start it, stop it."""

import fcntl
import json
import logging
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from mijngemeente.platform.leash import Child

from . import roles
from .configuration import PORT, configuration
from .place import Unavailable, binaries, find_place, make_private

logger = logging.getLogger(__name__)

SOCKET_PATH_LIMIT = 107  # sun_path in sys/un.h, less its closing zero (macOS: 103)
INITDB_SECONDS = 120
READY_SECONDS = 120
LEFTOVER_SECONDS = 30
POLL_SECONDS = 0.01
HOLDER_TRIES = 100

INITDB = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    f"--username={roles.SUPERUSER}",
)

#: Nothing of ours: PGPORT or PGDATA of the person who starts us would change the server.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


@dataclass(frozen=True)
class Connections:
    """Where the database is, for the two who enter it."""

    app_url: str
    owner_url: str
    #: The server's process, to be supervised; None when another process of ours runs it.
    child: Child | None = None


@dataclass(frozen=True)
class Holder:
    """The process that runs a cluster."""

    pid: int
    started_at: str
    #: What it told about itself, such as its port.
    about: dict[str, str | int] = field(default_factory=dict)


class Cluster:
    """The cluster of one home folder. One process at a time starts and stops it: the one that holds it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.place = find_place(home)
        self._hold: int | None = None
        self._lock: int | None = None
        self._child: Child | None = None

    @property
    def folder(self) -> Path:
        return self.place.folder

    # Two locks: `holder.lock` is ours alone and tells whether somebody runs this cluster; `server.lock` is
    # inherited by the server and all its children, so it tells whether any of them lives, also after we died.

    def hold(self, about: Mapping[str, str | int]) -> bool:
        """Become the one who runs it; False if another process is."""
        lock = self.open_lock("holder.lock")
        if not try_lock(lock):
            os.close(lock)
            return False
        self._hold = lock
        holder = Holder(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), dict(about))
        roles.write_private(self.folder / "holder.json", json.dumps(asdict(holder)))
        return True

    def release(self) -> None:
        if self._hold is not None:
            (self.folder / "holder.json").unlink(missing_ok=True)
            os.close(self._hold)
            self._hold = None

    def prepare(self) -> None:
        """Make the cluster if it is not there; one that was half made is made again."""
        self._await_leftovers()
        if self.place.data.exists():
            return
        if self.folder != self.home.resolve():
            logger.warning(
                "The database is kept in %s: its server, which does not run as root, may not enter %s.",
                self.folder,
                self.home,
            )
        drawn = roles.keep_secrets(self._secrets)
        self._initdb(drawn.superuser)

    def _initdb(self, password: str) -> None:
        password_file = self.folder / "password.new"
        shutil.rmtree(self.folder / "data.new", ignore_errors=True)
        fresh = self.place.make("data.new")
        roles.write_private(password_file, password)
        if self.place.user:
            os.chown(password_file, self.place.user.uid, self.place.user.gid)
        initdb = self._server_child("initdb", f"--pgdata={fresh}", f"--pwfile={password_file}", *INITDB)
        initdb.start()
        code = initdb.wait(INITDB_SECONDS)
        initdb.stop()
        password_file.unlink()
        if code != 0:
            raise Unavailable(f"initdb failed ({code}): {tail(self.folder / 'initdb.out')}")
        fresh.rename(self.place.data)
        sync_folder(self.folder)

    def start(self) -> Connections:
        """Start the server as our direct child and wait until it answers; prepares what is missing."""
        if self._child is not None and self._child.is_running:
            return self.connections()
        self.stop()
        self.prepare()
        self._write_configuration()
        arguments = (f"-D{self.place.data}", f"--config-file={self.folder / 'postgresql.conf'}")
        self._child = self._server_child("postgres", *arguments)
        self._child.start()
        self.await_ready()
        roles.ensure_roles(self.secrets, self.socket)
        return self.connections()

    def await_ready(self) -> None:
        """Until the server takes connections. Raises Unavailable if it ends or takes two minutes."""
        child = self._child
        deadline = time.monotonic() + READY_SECONDS
        while child is not None and child.is_running and time.monotonic() < deadline:
            if is_ready(self.place.data / "postmaster.pid", child.pid):
                return
            time.sleep(POLL_SECONDS)
        raise Unavailable(f"PostgreSQL did not start: {tail(self.folder / 'postgres.out')}")

    def stop(self) -> None:
        """Roll back what is open, write everything down, end. Does nothing if it does not run."""
        if self._child is not None:
            self._child.stop()
            self._child = None
            with suppress(OSError):
                self.socket.rmdir()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def erase(self) -> None:
        """Remove the cluster with all it holds. Raises Unavailable while somebody runs it."""
        if not self.hold({}):
            raise Unavailable(f"The database in {self.folder} is running.")
        try:
            self._await_leftovers()
            for name in ("data", "data.new", "log", "socket"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
            self._secrets.unlink(missing_ok=True)
        finally:
            self.stop()
            self.release()

    def connections(self) -> Connections:
        """Raises Unavailable if the cluster was never made; does not look whether it runs."""
        drawn = self.secrets
        return Connections(
            app_url=roles.url(roles.APP, drawn.app, self.socket),
            owner_url=roles.url(roles.OWNER, drawn.owner, self.socket),
            child=self._child,
        )

    @property
    def secrets(self) -> roles.Secrets:
        try:
            return roles.read_secrets(self._secrets)
        except FileNotFoundError:
            raise Unavailable(f"There is no database in {self.folder}, or its passwords are lost.") from None

    @property
    def _secrets(self) -> Path:
        return self.folder / "passwords.json"

    @property
    def socket(self) -> Path:
        """In the place itself if the path is short and plain enough for a socket, else below /tmp."""
        here = self.folder / "socket"
        file = os.fsencode(here / f".s.PGSQL.{PORT}")
        if len(file) <= SOCKET_PATH_LIMIT - 4 and not set(b',"') & set(file):
            return here
        return Path("/tmp") / f"mijngemeente-{self.secrets.name}"

    def _write_configuration(self) -> None:
        socket = make_private(self.socket, self.place.user)
        file = self.folder / "postgresql.conf"
        roles.write_private(file, configuration(socket, self.place.make("log")))
        if self.place.user:
            os.chown(file, self.place.user.uid, self.place.user.gid)

    def _server_child(self, program: str, *arguments: str) -> Child:
        return Child(
            name=program,
            command=(str(binaries(self.place.user) / program), *arguments),
            environment=ENVIRONMENT,
            # Fast, then immediate shutdown: https://www.postgresql.org/docs/18/server-shutdown.html
            stop_signals=(signal.SIGINT, signal.SIGQUIT),
            grace_seconds=5.0,
            user=self.place.user,
            folder=Path("/"),
            output=self.folder / f"{program}.out",
            inherits=() if self._lock is None else (self._lock,),
        )

    def _await_leftovers(self) -> None:
        """Take the server's lock, which processes of a holder that was killed may keep for a moment."""
        if self._lock is not None:
            return
        lock = self.open_lock("server.lock")
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while not try_lock(lock):
            if time.monotonic() > deadline:
                os.close(lock)
                raise Unavailable(f"A server that nobody holds still runs in {self.folder}.")
            time.sleep(POLL_SECONDS)
        self._lock = lock
        # No server lives now, so a pid left here, after a power cut say, may be anybody's.
        (self.place.data / "postmaster.pid").unlink(missing_ok=True)

    def open_lock(self, name: str) -> int:
        try:
            return os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except PermissionError:
            raise Unavailable(f"The database in {self.folder} belongs to another user.") from None


@contextmanager
def running(home: Path, *, about: Mapping[str, str | int] | None = None) -> Iterator[Connections]:
    """The cluster of `home`, started if it does not run and then stopped afterwards.

    While another process runs it, that one is used, and it ends when that process does. `about` is what
    `holder` tells to others.
    """
    cluster = Cluster(home)
    try:
        yield hold_and_start(cluster, about or {}) or cluster.connections()
    finally:
        cluster.stop()
        cluster.release()


def hold_and_start(cluster: Cluster, about: Mapping[str, str | int]) -> Connections | None:
    """None if another process runs it and it answers. The loop: that one may also just be ending."""
    deadline = time.monotonic() + READY_SECONDS
    while not cluster.hold(about):
        if is_answering(cluster):
            return None
        if time.monotonic() > deadline:
            raise Unavailable(f"Another process holds {cluster.folder}, but its server does not answer.")
        time.sleep(POLL_SECONDS)
    return cluster.start()


def holder(home: Path) -> Holder | None:
    """Who runs the cluster of `home` now; None: nobody."""
    cluster = Cluster(home)
    lock = cluster.open_lock("holder.lock")
    try:
        return None if try_lock(lock) else read_holder(cluster.folder / "holder.json")
    finally:
        os.close(lock)


def read_holder(file: Path) -> Holder:
    """The holder writes it just after it took the lock: until then it is missing, or of one who died."""
    for _ in range(HOLDER_TRIES):
        with suppress(FileNotFoundError):
            found = Holder(**json.loads(file.read_text()))
            if is_alive(found.pid):
                return found
        time.sleep(POLL_SECONDS)
    raise Unavailable(f"A process that does not say who it is holds {file.parent}.")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_answering(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.connections().app_url, connect_timeout=2).close()
    except (psycopg.OperationalError, Unavailable):
        return False
    return True


def is_ready(pid_file: Path, pid: int | None) -> bool:
    """Line 1 is the server's pid, line 8 its state; pg_ctl looks here too."""
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tail(file: Path) -> str:
    return file.read_text(errors="replace")[-2000:].strip() if file.exists() else "no output"


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)

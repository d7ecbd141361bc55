"""A PostgreSQL of our own with a database for each size, and product processes on top of it."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from chaos.stage import EMPTY
from mijngemeente.platform.leash import Child
from mijngemeente.platform.postgres import Cluster
from mijngemeente.platform.postgres.roles import APP, OWNER, SUPERUSER, url

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "mijngemeente")
SECRET = "bench-only-" + "x" * 50


@dataclass(frozen=True)
class Database:
    """One of the databases, as each of its users enters it."""

    name: str
    app_url: str
    owner_url: str
    #: Past foreign keys and row security, for filling.
    superuser_url: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.app_url,
            "OWNER_DATABASE_URL": self.owner_url,
            "MIJNGEMEENTE_SECRET": SECRET,
            "MIJNGEMEENTE_PROXIES": "127.0.0.1",
        }

    @property
    def is_empty(self) -> bool:
        """Nothing was ever stored here."""
        with psycopg.connect(self.owner_url) as connection:
            return connection.execute("SELECT 1 FROM conversations_counter").fetchone() is None

    def empty(self) -> None:
        """No conversation, no job; organisations stay."""
        with psycopg.connect(self.owner_url) as connection:
            connection.execute(EMPTY)


@dataclass
class Ground:
    """What every measurement stands on."""

    home: Path
    cluster: Cluster
    _stack: ExitStack = field(default_factory=ExitStack)

    def database(self, rows: int) -> Database:
        """The database for so many messages; made, and then still empty, if it was not there.

        Its tables are those of now: what was filled for an earlier version is migrated, as anywhere else.
        """
        name = f"bench_{rows}_{fingerprint()}"
        database = self._addresses(name)
        if not self._exists(name):
            self._administer(sql.SQL("CREATE DATABASE {} OWNER {}"), name, OWNER)
            self._administer(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}"), name, APP)
        run("migrate", environment=database.environment)
        return database

    def drop_older(self) -> None:
        """What was filled in another way takes gigabytes."""
        with psycopg.connect(self._addresses("postgres").superuser_url, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'bench_%'"
            ).fetchall()
        for (name,) in rows:
            if not name.endswith(fingerprint()):
                self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def _addresses(self, name: str) -> Database:
        drawn, socket = self.cluster.secrets, self.cluster.socket
        return Database(
            name,
            url(APP, drawn.app, socket, name),
            url(OWNER, drawn.owner, socket, name),
            url(SUPERUSER, drawn.superuser, socket, name),
        )

    def _exists(self, name: str) -> bool:
        with psycopg.connect(self._addresses("postgres").superuser_url) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        return found is not None

    def _administer(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self._addresses("postgres").superuser_url, autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@contextmanager
def ground(home: Path) -> Iterator[Ground]:
    home.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(home / "postgres")
    if not cluster.hold({}):
        raise SystemExit(f"Another bench runs in {home}.")
    try:
        cluster.start()
        yield Ground(home, cluster)
    finally:
        cluster.stop()
        cluster.release()


def run(*arguments: str, environment: dict[str, str]) -> None:
    """A command of ours, until it is done."""
    subprocess.run((*COMMAND, *arguments), env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(name: str, command: Sequence[str], environment: dict[str, str], log: Path) -> Iterator[Child]:
    """A process of ours while the block runs."""
    child = Child(name, command, environment=environment, folder=ROOT, output=log)
    child.start()
    try:
        yield child
    finally:
        child.stop()


def wait_until(connection: psycopg.Connection, question: str, seconds: float) -> None:
    """Until the query gives true. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not connection.execute(question).fetchone()[0]:  # type: ignore[index]  # a single value
        if time.monotonic() > until:
            raise TimeoutError(question)
        time.sleep(0.05)


def fingerprint() -> str:
    """Changes when what we fill tables with might."""
    filled = b"".join((ROOT / "bench" / name).read_bytes() for name in ("fill.py", "country.py"))
    return hashlib.sha256(filled).hexdigest()[:8]

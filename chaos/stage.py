"""The real processes of one installation, each of which may be killed and started again."""

import hashlib
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from mijngemeente.platform.leash import Child
from mijngemeente.platform.postgres import Cluster

from .counterpart import Counterpart
from .disk import SmallDisk

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "mijngemeente")
PORT, LISTEN_PORT, SMTP_PORT = 18800, 18801, 18802
DEATH_SECONDS = 10.0
# What earlier rounds left is not ours to judge.
EMPTY = (
    "TRUNCATE conversations_conversation, conversations_contact, conversations_counter, conversations_label,"
    " intake_payload, platform_auditline, platform_storedfile, procrastinate_jobs, procrastinate_workers,"
    " procrastinate_events, procrastinate_periodic_defers CASCADE"
)


@dataclass
class Slot:
    """One process of ours: a worker or a web server."""

    name: str
    command: Sequence[str]
    log: Path
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self, failpoint: str = "") -> None:
        """Start it, told to die at a gap or not; one that still runs is killed first."""
        if hasattr(self, "child"):
            self.child.stop_signals = (signal.SIGKILL,)
            self.child.stop()
        self.child = Child(
            self.name,
            self.command,
            environment=os.environ | {"MIJNGEMEENTE_FAILPOINT": failpoint},
            folder=ROOT,
            output=self.log,
        )
        self.child.start()

    def kill(self, chance: random.Random) -> None:
        """Kill one of its processes, as the kernel does when memory is short."""
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            family = psutil.Process(self.child.pid)
            os.kill(chance.choice([family, *family.children(recursive=True)]).pid, signal.SIGKILL)

    def is_dead(self) -> bool:
        return not self.child.is_running

    def dies_within(self, seconds: float) -> bool:
        """Whether it, or one of its own kind that it runs, ends in that time."""
        until = time.monotonic() + seconds
        seen: set[int] = set()
        while time.monotonic() < until:
            living = self._family()
            if self.is_dead() or seen - living:
                return True
            seen |= living
            time.sleep(0.02)
        return False

    def _family(self) -> set[int]:
        """Itself and its copies; not the helpers that Python runs beside them."""
        with suppress(psutil.NoSuchProcess):
            main = psutil.Process(self.child.pid)
            command = main.cmdline()
            living = (each for each in main.children() if each.status() != psutil.STATUS_ZOMBIE)
            return {main.pid, *(each.pid for each in living if each.cmdline() == command)}
        return set()


class Stage:
    """PostgreSQL, workers and web servers; only what was killed is started again."""

    def __init__(self, home: Path, cluster: Cluster) -> None:
        self.home = home
        self.cluster = cluster
        self.counterpart = Counterpart(SMTP_PORT)
        self.small_disk = SmallDisk(home / "small", cluster)
        self.workers: list[Slot] = []
        self.webs: list[Slot] = []

    @property
    def owner_url(self) -> str:
        return self.cluster.connections().owner_url

    def add_worker(self) -> None:
        name = f"worker-{len(self.workers)}"
        self.workers.append(Slot(name, (*COMMAND, "worker"), self.home / f"{name}.log"))

    def add_web(self) -> None:
        command = (*COMMAND, "web", "--port", str(PORT))
        self.webs.append(Slot("web", command, self.home / "web.log"))

    def kill_postgres(self) -> None:
        """And start it again; it recovers what was committed."""
        child = self.cluster.connections().child
        if child is not None and child.pid is not None:
            os.kill(child.pid, signal.SIGKILL)
            child.wait(DEATH_SECONDS)
        self.cluster.start()

    def mend(self) -> None:
        """Start what ended."""
        for slot in (*self.workers, *self.webs):
            if slot.is_dead():
                slot.start()

    def stop(self) -> None:
        for slot in (*self.webs, *self.workers):
            slot.child.stop()


@contextmanager
def stage(home: Path) -> Iterator[Stage]:
    """A cluster of its own below `home`, migrated, and Django in this process connected to it."""
    home.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(home / "postgres")
    renew(cluster, home / "made-for")
    if not cluster.hold({}):
        raise SystemExit(f"Another chaos runs in {home}.")
    made = Stage(home, cluster)
    try:
        cluster.start()
        set_environment(cluster)
        migrate()
        with made.small_disk.holding("intake_payload"):
            yield made
            made.stop()
    finally:
        made.stop()
        made.counterpart.stop()
        cluster.stop()
        cluster.release()


def renew(cluster: Cluster, stamp: Path) -> None:
    """Begin anew when the tables are no longer made as they were: migrations may have been rewritten."""
    now = tables_fingerprint()
    if cluster.place.data.exists() and not (stamp.exists() and stamp.read_text() == now):
        cluster.erase()
    stamp.write_text(now)


def tables_fingerprint() -> str:
    """Changes when a table might."""
    digest = hashlib.sha256()
    for file in sorted(
        [*ROOT.glob("mijngemeente/**/migrations/*.py"), ROOT / "mijngemeente/platform/guard.py"]
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def set_environment(cluster: Cluster) -> None:
    """What all processes, this one among them, read their settings from."""
    database = cluster.connections()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mijngemeente.settings",
        DATABASE_URL=database.app_url,
        OWNER_DATABASE_URL=database.owner_url,
        MIJNGEMEENTE_SECRET="chaos-only-" + "x" * 50,
        MIJNGEMEENTE_URL=f"http://127.0.0.1:{PORT}",
        MIJNGEMEENTE_PROXIES="127.0.0.1",
        MAIL_LISTEN=f"127.0.0.1:{LISTEN_PORT}",
        MAIL_INTERNAL_HOSTS="127.0.0.1",
    )


def migrate() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from mijngemeente.cli import reference
    from mijngemeente.cli.migrate import make_tables

    make_tables()
    reference.load(settings.DATA)
    with connections[settings.OWNER_DB_ALIAS].cursor() as cursor:
        cursor.execute(EMPTY)
    connections.close_all()

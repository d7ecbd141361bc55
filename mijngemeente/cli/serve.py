"""Everything an installation needs, supervised: web, worker and, without DATABASE_URL, PostgreSQL."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from mijngemeente.platform.leash import Child
from mijngemeente.platform.postgres import Connections, holder, running

from . import home
from .errors import Stop
from .supervisor import supervise

COMMAND = (sys.executable, "-m", "mijngemeente")
# PostgreSQL and the worker want the processor too, and each holds up to eleven connections.
MOST_PROCESSES = 4


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="poort om op te luisteren (%(default)s)")
    parser.add_argument(
        "--processes", type=int, default=processes(), help="hoeveel webprocessen antwoorden (%(default)s)"
    )


def processes() -> int:
    """As many as answer at once: one process keeps one core busy."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    url = os.environ.setdefault("MIJNGEMEENTE_URL", f"http://localhost:{options.port}")
    if home.has_own_database():
        print(f"MijnGemeente: {url}", flush=True)
        return supervise(both(options.host, options.port, options.processes, os.environ))
    return with_own_postgres(options, url)


def with_own_postgres(options: argparse.Namespace, url: str) -> int:
    folder = home.folder()
    refuse_second(folder)
    with running(folder, about={"url": url}) as connections:
        if connections.child is None:
            raise Stop(f"MijnGemeente draait al vanuit {folder}.")
        keep_tables(folder, connections)
        environment = {**os.environ, **home.app_environment(folder, connections)}
        print(f"MijnGemeente: {url}", flush=True)
        return supervise(
            [connections.child, *both(options.host, options.port, options.processes, environment)]
        )


def refuse_second(folder: Path) -> None:
    """Raises Stop if this home is already being served."""
    other = holder(folder)
    if other is not None:
        raise Stop(f"MijnGemeente draait al: {other.about.get('url', folder)} (proces {other.pid}).")


def both(host: str, port: int, answering: int, environment: Mapping[str, str]) -> list[Child]:
    """Web, with so many processes answering, and worker, to be supervised."""
    web = (*COMMAND, "web", "--host", host, "--port", str(port), "--processes", str(answering))
    return [
        # Longer than a worker waits for its running jobs.
        Child("worker", (*COMMAND, "worker"), environment, grace_seconds=10.0),
        Child("web", web, environment, grace_seconds=2.0),
    ]


def keep_tables(folder: Path, connections: Connections) -> None:
    """Migrate, unless nothing changed since the last time. Raises Stop if it fails."""
    stamp = folder / "migrated"
    wanted = home.fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    environment = {**os.environ, **home.owner_environment(folder, connections)}
    done = subprocess.run((*COMMAND, "migrate"), env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Stop("De tabellen konden niet worden gemaakt; hierboven staat waarom.")
    stamp.write_text(wanted)

"""`mijngemeente demo`: fill a country once, then run everything and say where to look."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mijngemeente.platform.leash import Child
from mijngemeente.platform.postgres import Connections, holder, running
from mijngemeente.platform.postgres.cluster import Cluster

from .. import home
from ..errors import Stop
from ..serve import both, keep_tables, processes
from ..supervisor import stop, supervise
from .screen import already, welcome

READY_SECONDS = 60
#: Three more follow it.
HIGHEST_PORT = 65_532


@dataclass(frozen=True)
class Ports:
    """Four in a row, so that one number moves the whole demo."""

    web: int

    @property
    def postbus(self) -> int:
        return self.web + 1

    @property
    def listen(self) -> int:
        """Where the product takes mail in."""
        return self.web + 2

    @property
    def post_office(self) -> int:
        """Where the residents' post office takes mail in."""
        return self.web + 3

    def all(self) -> tuple[int, ...]:
        return (self.web, self.postbus, self.listen, self.post_office)


def configure(parser: argparse.ArgumentParser) -> None:
    """Where, and whether to begin again."""
    parser.add_argument("--port", type=int, default=8000, help="eerste van vier poorten (%(default)s)")
    parser.add_argument("--fresh", action="store_true", help="begin opnieuw; wat je deed is weg")


def run(options: argparse.Namespace) -> int:
    """Run until told to stop; beside a demo that runs already it only says where that one is."""
    folder = demo_folder()
    other = holder(folder)
    if other is not None:
        print(already(str(other.about.get("url", folder)), other.pid))
        return 0
    ports = Ports(options.port)
    refuse_taken(ports)
    if options.fresh or not (folder / "filled").exists():
        erase(folder)
    with running(folder, about={"url": web_url(ports)}) as connections:
        if connections.child is None:
            raise Stop("Een andere demo begon op hetzelfde moment. Die mag verder.")
        return play(folder, connections, ports)


def demo_folder() -> Path:
    """MIJNGEMEENTE_HOME, or var/demo: never the data of `mijngemeente serve`."""
    return home.folder() if "MIJNGEMEENTE_HOME" in os.environ else home.ROOT / "var" / "demo"


def web_url(ports: Ports) -> str:
    return f"http://localhost:{ports.web}"


def refuse_taken(ports: Ports) -> None:
    """Raises Stop if a port does not exist, or another program listens on it."""
    if not 0 < ports.web <= HIGHEST_PORT:
        raise Stop(f"Poort {ports.web} bestaat niet. Kies er een tussen 1024 en {HIGHEST_PORT}.")
    for port in ports.all():
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                raise Stop(
                    f"Poort {port} is bezet door een ander programma.\n"
                    f"Kies een andere: make demo PORT=8123 (de demo gebruikt vier poorten, vanaf dat nummer)."
                ) from None


def erase(folder: Path) -> None:
    """Also what a first start left behind that was stopped halfway."""
    Cluster(folder).erase()
    for name in ("filled", "migrated", "secret"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "postbus", ignore_errors=True)


def play(folder: Path, connections: Connections, ports: Ports) -> int:
    environment = {**os.environ, **surroundings(ports)}
    prepare(folder, connections, ports, environment)
    environment.update(home.app_environment(folder, connections))
    children = children_of(folder, ports, environment)
    try:
        for child in children:
            child.start()
        await_web(web_url(ports), folder)
    except BaseException:
        stop(children)
        raise
    print(welcome(web_url(ports), f"http://localhost:{ports.postbus}"), flush=True)
    assert connections.child is not None
    return supervise([connections.child, *children])


def surroundings(ports: Ports) -> dict[str, str]:
    """Our post goes to the residents' post office, and theirs comes to us; both on this machine."""
    return {
        "MIJNGEMEENTE_URL": web_url(ports),
        "MAIL_LISTEN": f"127.0.0.1:{ports.listen}",
        "MAIL_SMTP": f"smtp://127.0.0.1:{ports.post_office}",
        "MAIL_INTERNAL_HOSTS": "127.0.0.1",
    }


def prepare(folder: Path, connections: Connections, ports: Ports, environment: Mapping[str, str]) -> None:
    """Tables and country, if they are not there yet; and mailboxes that know the ports."""
    filled = folder / "filled"
    wanted = str(ports.post_office)
    if not filled.exists():
        print("Ik bouw een land: negen organisaties, dertig medewerkers en ruim driehonderd gesprekken.")
        print("Dat duurt een halve minuut, alleen de eerste keer.", flush=True)
    keep_tables(folder, connections)
    if filled.exists() and filled.read_text() == wanted:
        return
    fill = (sys.executable, "-m", "mijngemeente.cli.demo.fill", wanted)
    as_owner = {**environment, **home.owner_environment(folder, connections)}
    if subprocess.run(fill, env=as_owner, check=False).returncode != 0:
        raise Stop("Het land kon niet worden gebouwd; hierboven staat waarom. Probeer: make demo-fresh")
    filled.write_text(wanted)


def children_of(folder: Path, ports: Ports, environment: Mapping[str, str]) -> list[Child]:
    """What runs besides PostgreSQL; what they have to say stands in files."""
    numbers = (str(ports.postbus), str(ports.post_office), str(ports.listen))
    postbus = Child(
        "postbus",
        (sys.executable, "-m", "mijngemeente.cli.demo.postbus", str(folder / "postbus"), *numbers),
        environment,
    )
    children = [postbus, *both("127.0.0.1", ports.web, processes(), environment)]
    for child in children:
        child.output = folder / f"{child.name}.log"
        # Ctrl+C takes at most five seconds; what a worker was doing, the next demo does again.
        child.grace_seconds = 1.5
    return children


def await_web(url: str, folder: Path) -> None:
    """Until the first page comes. Raises Stop after a minute."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Stop(f"De website kwam niet op gang. Waarom staat in {folder / 'web.log'}")

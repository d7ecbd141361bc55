"""The product as it runs: a database of its own, a web process, a worker and a mail listener."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from mijngemeente.organisations.models import Person
from tests.database import address_of
from tests.world import PASSWORD, World, build_world

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 300
STOP_SECONDS = 10


@dataclass
class Served:
    """Where the running product is, and who lives in it."""

    url: str
    world: World
    mail_port: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(own_database: str) -> Iterator[Served]:
    """The small world behind real processes."""
    world = build_world()
    # The tests' own hasher is quick and unknown to the product.
    Person.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "zout", iterations=1))
    web, mail = free_port(), free_port()
    url = f"http://localhost:{web}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mijngemeente.settings",
        "DATABASE_URL": address_of(own_database),
        "OWNER_DATABASE_URL": address_of(own_database, role_url="OWNER_DATABASE_URL"),
        "MIJNGEMEENTE_URL": url,
        "MIJNGEMEENTE_SECOND_FACTOR": "optional",
        "MAIL_LISTEN": f"127.0.0.1:{mail}",
        "MAIL_INTERNAL_HOSTS": "localhost,127.0.0.1",
        "DATABASE_POOL": "6",
    }
    with (
        running("web", f"--port={web}", "--processes=2", environment=environment),
        running("worker", environment=environment),
    ):
        wait_for(url)
        yield Served(url, world, mail)


@contextmanager
def running(command: str, *arguments: str, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "mijngemeente", command, *arguments], cwd=ROOT, env=environment
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str) -> None:
    """Until the first page answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url} did not answer in {START_SECONDS} seconds")

"""The supervisor, in a process of its own, with children that really die."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mijngemeente.cli.supervisor import next_pause
from mijngemeente.platform.tests.processes import lives, until

# Each child writes its pid in a file when it starts and its name in `order` when it is asked to stop.
CHILD = """
import os, pathlib, signal, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
def end(number, frame):
    with (folder / "order").open("a") as order:
        order.write(name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
(folder / (name + ".new")).write_text(str(os.getpid()))
(folder / (name + ".new")).rename(folder / name)
while True:
    time.sleep(60)
"""

SUPERVISOR = """
import pathlib, sys
from mijngemeente.cli.supervisor import supervise
from mijngemeente.platform.leash import Child
folder, child = sys.argv[1:3]
names = sys.argv[3:]
sys.exit(supervise([Child(name, [sys.executable, "-c", child, folder, name]) for name in names]))
"""

STUBBORN = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
helper = os.fork()
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2] if helper else "helper"
(folder / (name + ".new")).write_text(str(os.getpid()))
(folder / (name + ".new")).rename(folder / name)
while True:
    time.sleep(60)
"""


class Supervisor:
    def __init__(self, folder: Path, child: str, names: tuple[str, ...]) -> None:
        self.folder = folder
        self.process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(folder), child, *names])
        for name in names:
            until(lambda name=name: (folder / name).exists())  # type: ignore[misc]  # a lambda with a default

    def pid(self, name: str) -> int:
        return int((self.folder / name).read_text())

    def end(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.process.terminate()
            self.process.wait(60)
        self.process.kill()
        self.process.wait()


Start = Callable[..., Supervisor]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    begun: list[Supervisor] = []

    def start_one(*names: str, child: str = CHILD) -> Supervisor:
        begun.append(Supervisor(tmp_path, child, names))
        return begun[-1]

    yield start_one
    for one in begun:
        one.end()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_children_the_first_started_last(start: Start, asked: signal.Signals) -> None:
    supervisor = start("database", "worker", "web")
    supervisor.process.send_signal(asked)
    assert supervisor.process.wait(60) == 0
    *above, ground = (supervisor.folder / "order").read_text().split()
    assert (set(above), ground) == ({"web", "worker"}, "database")
    assert not any(lives(supervisor.pid(name)) for name in ("database", "worker", "web"))


def test_a_killed_child_comes_back_and_the_others_do_not_notice(start: Start) -> None:
    supervisor = start("worker", "web")
    worker, web = supervisor.pid("worker"), supervisor.pid("web")
    os.kill(web, signal.SIGKILL)
    until(lambda: supervisor.pid("web") != web)
    assert supervisor.pid("worker") == worker
    assert lives(worker)


def test_children_end_when_the_supervisor_is_killed(start: Start) -> None:
    supervisor = start("worker", "web")
    supervisor.process.kill()
    supervisor.process.wait()
    until(lambda: not lives(supervisor.pid("web")) and not lives(supervisor.pid("worker")))


def test_a_child_that_does_not_listen_is_killed_with_what_it_started(start: Start) -> None:
    supervisor = start("web", child=STUBBORN)
    until(lambda: (supervisor.folder / "helper").exists())
    supervisor.process.terminate()
    assert supervisor.process.wait(60) == 0
    until(lambda: not lives(supervisor.pid("web")) and not lives(supervisor.pid("helper")))


def test_what_a_dead_child_left_behind_does_not_keep_its_port(start: Start) -> None:
    supervisor = start("web", child=STUBBORN)
    until(lambda: (supervisor.folder / "helper").exists())
    web, helper = supervisor.pid("web"), supervisor.pid("helper")
    os.kill(web, signal.SIGKILL)
    until(lambda: supervisor.pid("web") != web)
    until(lambda: not lives(helper))


@pytest.mark.parametrize(
    ("previous", "lived", "pause"),
    [(0, 5, 0.2), (0.2, 1, 0.4), (6.4, 1, 10.0), (10.0, 59, 10.0), (10.0, 60, 0.2)],
)
def test_pauses_grow_until_a_healthy_minute(previous: float, lived: float, pause: float) -> None:
    assert next_pause(previous, lived) == pytest.approx(pause)

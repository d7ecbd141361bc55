"""The embedded PostgreSQL, with real servers and real kills."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from mijngemeente.platform.leash import Child, watchdog
from mijngemeente.platform.postgres import Cluster, Connections, Unavailable, holder, running
from mijngemeente.platform.postgres.place import PROGRAMS, binaries, copied

from .processes import lives, until

# Holds the cluster of a home until it is killed; says the server's pid and the app's url.
# By convention, and on every system with an account for nobody.
NOBODY = 65534

HOLD = """
import sys, time, pathlib
from mijngemeente.platform.postgres import running
with running(pathlib.Path(sys.argv[1]), about={"port": 8123}) as database:
    print(database.child.pid if database.child else 0, database.app_url, flush=True)
    sys.stdin.read()
"""

SUPERVISE = """
import sys, pathlib
from mijngemeente.cli.supervisor import supervise
from mijngemeente.platform.postgres import running
with running(pathlib.Path(sys.argv[1])) as database:
    print(database.child.pid, database.app_url, flush=True)
    sys.exit(supervise([database.child]))
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """Not pytest's own folder: as root that is closed to the server's user."""
    folder = Path(tempfile.mkdtemp(prefix="mijngemeente-test-"))
    folder.chmod(0o711)
    yield folder
    # It waits for a server whose holder a test has killed.
    Cluster(folder / "postgres").erase()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One cluster for all tests that begin and end with it stopped: making one takes a second."""
    with open_folder() as folder:
        with running(folder / "postgres"):
            pass
        yield folder / "postgres"


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def empty_home(folder: Path) -> Path:
    return folder / "postgres"


class Program:
    """A program in a process of its own that has the cluster of `home`."""

    def __init__(self, program: str, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def server(self) -> tuple[int, str]:
        """Its pid (0: that of somebody else) and the app's url, as soon as it runs."""
        assert self.process.stdout is not None
        pid, url = self.process.stdout.readline().split()
        return int(pid), url

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def begun() -> Iterator[list[Program]]:
    programs: list[Program] = []
    yield programs
    for one in programs:
        one.kill()


def test_data_outlives_a_restart(home: Path) -> None:
    with running(home) as database:
        write_note(database, "kept")
    with running(home) as database:
        assert "kept" in notes(database)


def test_the_app_is_powerless_and_the_owner_no_superuser(home: Path) -> None:
    with running(home) as database:
        assert powers(database.app_url) == (False, False, False, False)
        assert powers(database.owner_url) == (False, False, True, True)
        with (
            psycopg.connect(database.app_url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TABLE mine (id int)")


def test_without_the_password_nobody_enters(home: Path) -> None:
    with running(home) as database:
        wrong = database.app_url.replace("_app:", "_app:x")
        for url in (wrong, wrong.replace("mijngemeente_app", "postgres")):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(url)


def test_only_we_can_read_the_passwords_and_the_data(home: Path) -> None:
    with running(home):
        assert mode(home / "passwords.json") == 0o600
        assert (home / "passwords.json").stat().st_uid == os.geteuid()
        assert {mode(home / name) for name in ("data", "log", "socket")} == {0o700}


def test_the_log_holds_no_content(home: Path) -> None:
    content = "SELECT 'x'::int, 'mevrouw Jansen'"
    with running(home) as database, psycopg.connect(database.app_url) as connection:
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute(content)
    log = "".join(file.read_text() for file in (home / "log").iterdir())
    assert "ERROR" in log
    assert "Jansen" not in log


def test_a_half_made_cluster_is_made_again(empty_home: Path, begun: list[Program]) -> None:
    begun.append(Program(HOLD, empty_home))
    until(lambda: (empty_home / "data.new" / "PG_VERSION").exists())
    begun[0].kill()
    assert not (empty_home / "data").exists()
    with running(empty_home) as database:
        write_note(database, "whole")
        assert "whole" in notes(database)
    assert not (empty_home / "data.new").exists()


def test_of_two_starters_one_runs_it_and_both_use_it(empty_home: Path, begun: list[Program]) -> None:
    begun.extend((Program(HOLD, empty_home), Program(HOLD, empty_home)))
    servers = [one.server() for one in begun]
    assert sorted(pid > 0 for pid, _ in servers) == [False, True]
    for _, url in servers:
        psycopg.connect(url).close()


def test_after_erasing_one_starts_empty(empty_home: Path) -> None:
    with running(empty_home) as before:
        pass
    Cluster(empty_home).erase()
    with pytest.raises(Unavailable, match="no database in"):
        Cluster(empty_home).connections()
    with running(empty_home) as after:
        assert answers(after)
    assert after.app_url != before.app_url


def test_the_holder_says_who_it_is(home: Path, begun: list[Program]) -> None:
    assert holder(home) is None
    begun.append(Program(HOLD, home))
    begun[0].server()
    found = holder(home)
    assert found is not None
    assert (found.pid, found.about) == (begun[0].process.pid, {"port": 8123})
    with pytest.raises(Unavailable):
        Cluster(home).erase()
    begun[0].kill()
    assert holder(home) is None


def test_the_server_ends_within_three_seconds_after_we_are_killed(home: Path, begun: list[Program]) -> None:
    begun.append(Program(HOLD, home))
    pid, _ = begun[0].server()
    begun[0].kill()
    until(lambda: not lives(pid), seconds=3)
    assert not (home / "data" / "postmaster.pid").exists(), "it ended without a clean shutdown"


def test_it_starts_at_once_after_we_are_killed(home: Path, begun: list[Program]) -> None:
    begun.append(Program(HOLD, home))
    begun[0].server()
    begun[0].kill()
    with running(home) as database:
        assert database.child is not None


def test_a_killed_server_is_restarted_and_has_what_was_committed(home: Path, begun: list[Program]) -> None:
    begun.append(Program(SUPERVISE, home))
    pid, _ = begun[0].server()
    database = Cluster(home).connections()
    write_note(database, "committed")
    os.kill(pid, signal.SIGKILL)
    until(lambda: answers(database))
    assert "committed" in notes(database)
    begun[0].process.terminate()
    assert begun[0].process.wait(5) == 0
    assert holder(home) is None


def test_a_pid_left_by_a_power_cut_is_not_believed(home: Path) -> None:
    with running(home):
        pass
    (home / "data" / "postmaster.pid").write_text(f"{os.getppid()}\n{home / 'data'}\n")
    with running(home) as database:
        assert answers(database)


@pytest.mark.parametrize("name", ["long" * 30, "a space, a comma 'and' \"quotes\" %"])
def test_any_path_will_do(folder: Path, name: str) -> None:
    home = folder / name / "postgres"
    (folder / name).mkdir()
    (folder / name).chmod(0o711)
    with running(home) as database:
        assert answers(database)


def test_the_environment_of_who_starts_it_changes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "LC_ALL": "xx_XX", "PGDATABASE": "x"}.items():
        monkeypatch.setenv(name, value)
    with running(home) as database:
        assert answers(database)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the server's user cannot enter")
def test_below_a_closed_folder_of_root_it_lives_elsewhere_and_opens_nothing(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "project" / "var" / "postgres"
    try:
        with running(home) as database:
            write_note(database, "elsewhere")
        with running(home) as database:
            assert "elsewhere" in notes(database)
        assert not (home / "data").exists()
        assert mode(closed) == 0o700
    finally:
        shutil.rmtree(Cluster(home).folder)


def test_a_copy_of_the_programs_works_where_the_wheel_is_out_of_reach(folder: Path) -> None:
    package = copied(binaries(None).parents[1], folder)
    for program in ("postgres", "initdb", "pg_dump"):
        shown = subprocess.run(
            [package / PROGRAMS / program, "--version"], capture_output=True, text=True, check=False
        )
        assert "PostgreSQL" in shown.stdout, shown.stderr
    assert copied(package, folder) == package


def test_a_cluster_of_another_user_is_refused(home: Path) -> None:
    (home / "holder.lock").chmod(0o000)
    with without_power(), pytest.raises(Unavailable, match="another user"), running(home):
        pass
    (home / "holder.lock").chmod(0o600)


@contextmanager
def without_power() -> Iterator[None]:
    """As an ordinary user, because root may read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_server_nobody_holds_keeps_the_next_one_waiting(home: Path) -> None:
    with running(home):
        pass
    lock = os.open(home / "server.lock", os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    threading.Timer(0.5, os.close, [lock]).start()
    begun = time.monotonic()
    with running(home):
        assert time.monotonic() - begun > 0.4


def test_children_are_not_started_from_a_thread_whose_end_would_end_them() -> None:
    seen: list[RuntimeError] = []

    def start() -> None:
        try:
            Child("sleep", ["sleep", "60"]).start()
        except RuntimeError as error:
            seen.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert seen


def test_where_the_kernel_does_not_tell_a_watchdog_does() -> None:
    sleeper = subprocess.Popen(["sleep", "60"])
    dog = watchdog(sleeper.pid, signal.SIGTERM)
    dog.communicate()
    assert sleeper.wait(5) == -signal.SIGTERM


def write_note(database: Connections, text: str) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(database: Connections) -> set[str]:
    with psycopg.connect(database.owner_url) as connection:
        return {text for (text,) in connection.execute("SELECT text FROM note")}


def powers(url: str) -> tuple[bool, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()


def answers(database: Connections) -> bool:
    try:
        psycopg.connect(database.app_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777

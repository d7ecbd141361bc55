"""The embedded PostgreSQL, with real servers and real kills."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mijngemeente.platform.postgres import Cluster, running


@pytest.fixture
def home() -> Iterator[Path]:
    """Not pytest's own folder: as root that is closed to the server's user."""
    folder = Path(tempfile.mkdtemp(prefix="mijngemeente-test-"))
    folder.chmod(0o711)
    yield folder / "postgres"
    Cluster(folder / "postgres").erase()
    shutil.rmtree(folder)


def test_data_outlives_a_restart(home: Path) -> None:
    with running(home) as database, psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    with running(home) as database, psycopg.connect(database.owner_url) as connection:
        assert connection.execute("SELECT text FROM note").fetchone() == ("kept",)


def test_the_app_is_powerless_and_the_owner_no_superuser(home: Path) -> None:
    powers = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    with running(home) as database:
        with psycopg.connect(database.app_url) as connection:
            assert connection.execute(powers).fetchone() == (False, False, False, False)
        with psycopg.connect(database.owner_url) as connection:
            assert connection.execute(powers).fetchone() == (False, False, True, True)


def test_only_we_can_read_the_passwords_and_the_data(home: Path) -> None:
    with running(home):
        pass
    assert (home / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert (home / "passwords.json").stat().st_uid == os.geteuid()
    for private in ("data", "log", "socket"):
        assert not (home / private).exists() or (home / private).stat().st_mode & 0o777 == 0o700

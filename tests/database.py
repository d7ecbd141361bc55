"""Test databases: migrated once by the owner, then copied for each worker."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
# Any number that nobody else uses: workers wait for the one that makes the template.
TEMPLATE_LOCK = 20_260_101


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Instead of pytest-django's: that one would connect as the app and fail to make tables."""
    with django_db_blocker.unblock():
        template = _ensure_template()
        name = f"{template}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        _administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        _point_at(name)
    yield
    with django_db_blocker.unblock():
        _close()
        _drop(name)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a database for this test alone, in which commits are real."""
    with django_db_blocker.unblock(), _another_database() as name:
        yield name


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The same for all tests of a module: what is committed first, each of them finds again."""
    with django_db_blocker.unblock(), _another_database() as name:
        yield name


@contextmanager
def _another_database() -> Iterator[str]:
    shared = str(connections["default"].settings_dict["NAME"])
    name = f"{_ensure_template()}_own_{uuid4().hex[:8]}"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, _ensure_template())
    _point_at(name)
    try:
        yield name
    finally:
        _point_at(shared)
        _drop(name)


def address_of(database: str, *, role_url: str = "DATABASE_URL") -> str:
    """The same cluster's address for another database."""
    parts = urlsplit(os.environ[role_url])
    return urlunsplit(parts._replace(path=f"/{database}"))


def _ensure_template() -> str:
    """A migrated database with the reference data in it; made anew when either changes."""
    name = f"test_{_fingerprint()}"
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _drop_old_templates(connection)
            _make_template(name)
    return name


def _drop_old_templates(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT datname FROM pg_database d WHERE datname LIKE 'test_%'"
        " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)"
    ).fetchall()
    for (name,) in rows:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _make_template(name: str) -> None:
    _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), f"{name}_new")
    _administer(sql.SQL("CREATE DATABASE {}"), f"{name}_new")
    _point_at(f"{name}_new")
    from mijngemeente.cli.migrate import make_tables
    from mijngemeente.reference.actions import load_reference

    make_tables()
    load_reference(settings.DATA, using=settings.OWNER_DB_ALIAS)
    _close()
    _administer(sql.SQL("ALTER DATABASE {} RENAME TO {}"), f"{name}_new", name)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    files = [*ROOT.glob("mijngemeente/**/migrations/*.py"), *ROOT.glob("data/*.csv")]
    for file in sorted(
        [*files, ROOT / "mijngemeente/platform/guard.py", ROOT / "mijngemeente/reference/actions/files.py"]
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _drop(name: str) -> None:
    """Patiently: nobody but a superuser may end an autovacuum that is just at work in it."""
    for _ in range(60):
        try:
            _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.5)
        else:
            return


def _administer(statement: sql.SQL, *names: str) -> None:
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, names)))


def _point_at(name: str) -> None:
    _close()
    for connection in connections.all():
        connection.settings_dict["NAME"] = name


def _close() -> None:
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


@contextmanager
def refused(database: str) -> Iterator[None]:
    """The database takes no connections, and has none: as when its server is away."""
    _administer(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false"), database)
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [database],
        )
    try:
        yield
    finally:
        _administer(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true"), database)

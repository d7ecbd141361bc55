"""Who may enter the database, and how little they may do there."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from .configuration import PORT

DATABASE = "mijngemeente"
SUPERUSER = "postgres"
OWNER = "mijngemeente_owner"
APP = "mijngemeente_app"

POWERS = {
    # Without BYPASSRLS forced row security would have it check new foreign keys, and back up, zero rows.
    # CREATEDB is for the databases of tests.
    OWNER: "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION CREATEDB BYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOCREATEDB NOBYPASSRLS",
}


@dataclass(frozen=True)
class Secrets:
    """What is drawn by lot once per cluster."""

    superuser: str
    owner: str
    app: str
    #: Part of the name of a socket folder that nobody can guess and make before us.
    name: str


def keep_secrets(file: Path) -> Secrets:
    """Those in `file` (mode 0600), drawn first if it is not there."""
    if not file.exists():
        write_private(file, json.dumps(asdict(draw())))
    return read_secrets(file)


def draw() -> Secrets:
    return Secrets(
        superuser=secrets.token_urlsafe(32),
        owner=secrets.token_urlsafe(32),
        app=secrets.token_urlsafe(32),
        name=secrets.token_hex(8),
    )


def read_secrets(file: Path) -> Secrets:
    return Secrets(**json.loads(file.read_text()))


def write_private(file: Path, content: str) -> None:
    """All or nothing, also when the power fails; only the owner reads it."""
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)


def url(role: str, password: str, socket: Path, database: str = DATABASE) -> str:
    return f"postgresql://{role}:{password}@/{database}?host={quote(str(socket), safe='')}&port={PORT}"


def ensure_roles(drawn: Secrets, socket: Path) -> None:
    """The two roles and the database; the second time nothing changes."""
    superuser = url(SUPERUSER, drawn.superuser, socket, database="postgres")
    with psycopg.connect(superuser, autocommit=True) as connection:
        ensure_role(connection, OWNER, drawn.owner)
        ensure_role(connection, APP, drawn.app)
        ensure_database(connection)
        for statement in GRANTS:
            connection.execute(statement)


GRANTS = (
    # So that the owner may end the app's connections, to drop a test database.
    sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)),
    sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)),
    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(DATABASE), sql.Identifier(APP)),
)


def ensure_role(connection: psycopg.Connection, role: str, password: str) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        return
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("CREATE ROLE {} WITH {} PASSWORD {}").format(
            sql.Identifier(role), sql.SQL(POWERS[role]), sql.Literal(verifier.decode())
        )
    )


def ensure_database(connection: psycopg.Connection) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
    )

"""Raw mail bytes to a stored, threaded, queued conversation: how many a second."""

import email
import email.policy
import shutil
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg

from .corpus import Mail, mails
from .ground import COMMAND, Database, run, serving, wait_until

CORES = 2
INBOX = "info@duinrand.example"
LIMIT_SECONDS = 240
ALL_TAKEN_IN = "SELECT NOT EXISTS (SELECT 1 FROM intake_payload WHERE state = 'kept')"


def intake(database: Database, home: Path, count: int, seed: str) -> tuple[float, list[Mail]]:
    """Mails a second from the first kept to the last read in, with two workers; and the mails."""
    post = mails(count, seed)
    folder = home / "post"
    _write(post, folder)
    with ExitStack() as stack, psycopg.connect(database.owner_url, autocommit=True) as connection:
        for number in range(CORES):
            worker = serving(
                f"worker-{number}", (*COMMAND, "worker"), database.environment, home / f"w{number}.log"
            )
            stack.enter_context(worker)
        wait_until(connection, f"SELECT count(*) >= {CORES} FROM procrastinate_workers", 30)
        run("intake", str(folder), "--inbox", INBOX, environment=database.environment)
        wait_until(
            connection, "SELECT NOT EXISTS (SELECT 1 FROM intake_payload WHERE state = 'kept')", LIMIT_SECONDS
        )
        seconds = _seconds(connection, seed)
    check_threads(database, post)
    return count / seconds, post


def _write(post: list[Mail], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, mail in enumerate(post):
        (folder / f"{number:06}.eml").write_bytes(mail.body)


def _seconds(connection: psycopg.Connection, seed: str) -> float:
    """By the database's own clock."""
    row = connection.execute(
        "SELECT extract(epoch FROM max(m.created_at) - min(p.received_at)) FROM conversations_message m"
        " JOIN intake_payload p ON p.message_id = m.id WHERE m.external_id LIKE %s",
        [f"<{seed}.%"],
    ).fetchone()
    assert row is not None
    return float(row[0])


def check_threads(database: Database, post: list[Mail]) -> None:
    """Mails are together if and only if they belong together. Raises AssertionError."""
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "SELECT external_id, conversation_id FROM conversations_message WHERE external_id = ANY(%s)",
            [[mail.message_id for mail in post]],
        ).fetchall()
    where = dict(rows)
    assert len(rows) == len(post), f"{len(post) - len(rows)} mails are missing"
    threads: dict[int, set[object]] = defaultdict(set)
    for mail in post:
        threads[mail.thread].add(where[mail.message_id])
    torn = sum(len(conversations) > 1 for conversations in threads.values())
    assert torn == 0, f"{torn} of {len(threads)} threads are torn"
    assert len(set(where.values())) == len(threads), "mails of different threads are together"


def stdlib(post: list[Mail]) -> float:
    """Mails a second that the standard library parses on the same cores."""
    bodies = [mail.body for mail in post]
    shares = [bodies[number::CORES] for number in range(CORES)]
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_parse, [share[:5] for share in shares]))
        begun = time.perf_counter()
        list(pool.map(_parse, shares))
        return len(bodies) / (time.perf_counter() - begun)


def _parse(bodies: list[bytes]) -> int:
    """All headers and all parts, decoded."""
    characters = 0
    for body in bodies:
        message = email.message_from_bytes(body, policy=email.policy.default)
        characters += sum(len(str(value)) for value in message.values())
        for part in message.walk():
            if not part.is_multipart():
                characters += len(part.get_content())
    return characters


def plain_rows(database: Database, post: list[Mail]) -> float:
    """Rows of that size a second, one commit each, over as many connections as there are cores."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(
            "DROP TABLE IF EXISTS bench_row; CREATE TABLE bench_row (id serial PRIMARY KEY, body bytea)"
        )
    bodies = [mail.body for mail in post]
    begun = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(lambda n: _insert(database.superuser_url, bodies[n::CORES]), range(CORES)))
    return len(bodies) / (time.perf_counter() - begun)


def _insert(url: str, bodies: list[bytes]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for body in bodies:
            connection.execute("INSERT INTO bench_row (body) VALUES (%s)", [body])

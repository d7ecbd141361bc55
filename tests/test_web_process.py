"""The web process as it runs."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg

from mijngemeente.cli.web import make_room_for_files
from mijngemeente.platform.tests.processes import until
from tests.database import address_of

VISITORS = 3
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def test_visitors_do_not_wait_for_each_others_connection(served, own_database):
    owner = psycopg.connect(address_of(own_database, role_url="OWNER_DATABASE_URL"))
    # PostgreSQL shows who waits once per transaction: whoever looks again needs a new one.
    watcher = psycopg.connect(address_of(own_database, role_url="OWNER_DATABASE_URL"), autocommit=True)
    with watcher, ThreadPoolExecutor(VISITORS) as threads:
        with owner:
            owner.execute("LOCK TABLE reference_municipality IN ACCESS EXCLUSIVE MODE")
            pages = [threads.submit(urlopen, f"{served.url}/?q=duin", timeout=30) for _ in range(VISITORS)]
            until(lambda: watcher.execute(WAITING).fetchone() == (VISITORS,))
        assert [page.result().status for page in pages] == [200] * VISITORS


def test_a_visitor_is_answered_while_more_than_a_thousand_pages_stand_open(served):
    make_room_for_files(2_000)
    place = urlsplit(served.url)
    with ExitStack() as doors:
        for _ in range(1_100):
            door = doors.enter_context(socket.create_connection((place.hostname, place.port), timeout=20))
            door.sendall(b"GET /")
        assert urlopen(f"{served.url}/", timeout=20).status == 200

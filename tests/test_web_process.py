"""The web process as it runs."""

from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import psycopg

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

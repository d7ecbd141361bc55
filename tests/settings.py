"""The product's settings over a PostgreSQL of the tests' own, started on first import."""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

import psycopg

from mijngemeente.platform.postgres import Cluster, running
from mijngemeente.platform.postgres.roles import SUPERUSER, url

HOME = Path(__file__).resolve().parent.parent / "var" / "test"


def _start() -> None:
    """Workers of xdist inherit the address from the process that started the cluster."""
    stack = ExitStack()
    connections = stack.enter_context(running(HOME))
    atexit.register(stack.close)
    _trust_the_machine()
    os.environ["DATABASE_URL"] = connections.app_url
    os.environ["OWNER_DATABASE_URL"] = connections.owner_url


def _trust_the_machine() -> None:
    """Processes are killed here, the machine is not: a database of one's own had to wait seconds for the disk."""
    cluster = Cluster(HOME)
    address = url(SUPERUSER, cluster.secrets.superuser, cluster.socket, "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")


if "DATABASE_URL" not in os.environ:
    HOME.mkdir(parents=True, exist_ok=True)
    _start()
os.environ.setdefault("MIJNGEMEENTE_SECRET", "tests-only-" + "x" * 50)
os.environ.setdefault("MAIL_INTERNAL_HOSTS", "127.0.0.1")  # where the tests' mail servers are
os.environ.setdefault("MIJNGEMEENTE_URL", "http://localhost:8000")

os.environ.setdefault("MIJNGEMEENTE_ERASURES", str(HOME / "erasures.jsonl"))

from mijngemeente.settings import *  # noqa: F403, E402 - the environment had to be ready first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
# Or each new client reads all files anew, which took half the time of the tests.
WHITENOISE_AUTOREFRESH = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405 - of the same

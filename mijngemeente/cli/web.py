"""One web process; run as many as you like behind one address."""

import argparse
import gc
import os
from importlib import import_module

from . import home, start, statics

# A page makes some 20,000 that refer to others; Python's own number, 700, suits a small script.
OBJECTS_BETWEEN_LOOKS = 10_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="poort om op te luisteren (%(default)s)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    home.use_running_database()
    os.environ.setdefault("MIJNGEMEENTE_URL", f"http://localhost:{options.port}")
    start.refuse_power()
    statics.gather()
    load_all()
    serve(options.host, options.port)
    return 0


def load_all() -> None:
    """Everything the process that answers needs, before it splits off: so they share its memory."""
    from django.urls import get_resolver

    import_module("mijngemeente.web.asgi")
    _ = get_resolver().url_patterns
    _leave_alone_what_stays()


def _leave_alone_what_stays() -> None:
    """The program itself is never garbage, yet Python went through all of it every few pages: a tenth to a
    fifth of the time of one with hundreds of rows, and most of it fell on the unlucky ones.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)


def serve(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "mijngemeente.web.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_level=LogLevels.warning,
        # One that was killed comes back while the address stays ours.
        respawn_failed_workers=True,
        # Streams stay open for as long as a page does: they do not hold up a stop.
        workers_kill_timeout=1,
    ).serve()

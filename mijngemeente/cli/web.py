"""The web server: one process, or several that share an address."""

import argparse
import gc
import os
import resource
from importlib import import_module

from . import home, start, statics

# A page makes some 20,000 that refer to others; Python's own number, 700, suits a small script.
OBJECTS_BETWEEN_LOOKS = 10_000
# Each page that stands open holds one, and promise P6 has 2,000 of them. The server's own number is 1,024:
# whoever came after that waited without a word.
OPEN_AT_ONCE = 16_384


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="poort om op te luisteren (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="hoeveel processen antwoorden (%(default)s)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    home.use_running_database()
    os.environ.setdefault("MIJNGEMEENTE_URL", f"http://localhost:{options.port}")
    start.refuse_power()
    statics.gather()
    load_all()
    serve(options.host, options.port, options.processes)
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


def make_room_for_files(count: int) -> None:
    """Each open page is an open file, and many systems begin with 1,024; as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def serve(host: str, port: int, processes: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    make_room_for_files(OPEN_AT_ONCE + 1_000)
    Server(
        "mijngemeente.web.asgi:application",
        address=host,
        port=port,
        workers=processes,
        interface=Interfaces.ASGINL,
        websockets=False,
        backpressure=OPEN_AT_ONCE,
        log_level=LogLevels.warning,
        # One that was killed comes back while the address stays ours.
        respawn_failed_workers=True,
        # Streams stay open for as long as a page does: they do not hold up a stop.
        workers_kill_timeout=1,
    ).serve()

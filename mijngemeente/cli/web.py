"""One web process; run as many as you like behind one address."""

import argparse
import os
from importlib import import_module

from . import home, start, statics


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

"""Look whether this installation can run safely."""

import argparse

from . import home, start
from .errors import Stop


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """0 when web and worker may start."""
    home.use_running_database()
    start.refuse_power()
    refuse_missing_tables()
    refuse_weak_secret()
    print("In orde: de rol van web en worker heeft geen macht, en alle tabellen zijn er.")
    return 0


def refuse_missing_tables() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Stop(f"De tabellen zijn {len(waiting)} stappen achter. Draai: mijngemeente migrate")


def refuse_weak_secret() -> None:
    from django.conf import settings

    if len(settings.SECRET_KEY) < 50:
        raise Stop("MIJNGEMEENTE_SECRET is te kort: minstens 50 willekeurige tekens.")

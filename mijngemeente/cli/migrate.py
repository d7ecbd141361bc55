"""Make or renew the tables, as their owner."""

import argparse
import gc

from . import home, reference, start

# Django draws every table again for nearly each step, and nothing of that stays. With Python's own number,
# 700, it looked for garbage for a third of the time.
OBJECTS_BETWEEN_LOOKS = 50_000


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Migrate, guard and load the national data."""
    with home.database():
        start.load()
        from django.conf import settings

        make_tables()
        reference.load(settings.DATA)
    print("De tabellen en de landelijke gegevens zijn bij.")
    return 0


def make_tables() -> None:
    """Migrate and guard, as their owner; Django is loaded."""
    from django.conf import settings
    from django.core.management import call_command

    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)
    try:
        call_command("migrate", database=settings.OWNER_DB_ALIAS, interactive=False, verbosity=0)
    finally:
        gc.set_threshold(*before)

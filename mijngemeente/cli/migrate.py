"""Make or renew the tables, as their owner."""

import argparse

from . import home, reference, start


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Migrate, guard and load the national data."""
    with home.database():
        start.load()
        from django.conf import settings
        from django.core.management import call_command

        call_command("migrate", database=settings.OWNER_DB_ALIAS, interactive=False, verbosity=0)
        reference.load(settings.DATA)
    print("De tabellen en de landelijke gegevens zijn bij.")
    return 0

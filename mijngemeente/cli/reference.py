"""Read the national data: municipalities, places, holidays, topics."""

import argparse
from pathlib import Path

from . import home, start


def configure(parser: argparse.ArgumentParser) -> None:
    """`reference load [FOLDER]`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    loading = actions.add_parser("load", help="lees de bestanden van een map in")
    loading.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="map met de csv-bestanden (data)"
    )


def run(options: argparse.Namespace) -> int:
    """Load and say how much."""
    with home.database():
        start.load()
        from django.conf import settings

        for name, rows in load(options.folder or settings.DATA).items():
            print(f"{rows:6} {name}")
    return 0


def load(folder: Path) -> dict[str, int]:
    from django.conf import settings

    from mijngemeente.answers.actions import load_starters
    from mijngemeente.organisations.actions import found_national
    from mijngemeente.reference.actions import load_reference

    rows = load_reference(folder, using=settings.OWNER_DB_ALIAS)
    found_national()
    return rows | {"answers": load_starters(folder / "answers.csv")}

"""What people read better than the machine, as a file for `make train CORRECTIONS=file`."""

import argparse
import csv
import os
from pathlib import Path

from . import home, start
from .errors import Stop

COLUMNS = ("text", "topic", "kind", "urgent")


def configure(parser: argparse.ArgumentParser) -> None:
    """`corrections FILE`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="het csv-bestand dat wordt geschreven")


def run(options: argparse.Namespace) -> int:
    """Of every organisation that lends its texts; a person reads the file before it is learnt from."""
    home.use_running_database()
    start.load()
    try:
        count = write(options.file)
    except OSError as error:
        raise Stop(f"Dit bestand kan ik niet schrijven: {options.file}") from error
    print(f"{count} verbeterde berichten in {options.file}")
    return 0


def write(path: Path) -> int:
    """Write the file; how many messages there are in it. Raises OSError."""
    from mijngemeente.desk.actions import export_corrections
    from mijngemeente.organisations.models import Organisation
    from mijngemeente.platform.tenancy import acting_for

    count = 0
    with open(path, "w", encoding="utf-8", newline="", opener=_for_ourselves) as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for organisation in Organisation.objects.filter(is_active=True).order_by("id"):
            with acting_for(organisation.id):
                examples = export_corrections(organisation=organisation)
            writer.writerows((each.text, each.topic, each.kind, each.urgent) for each in examples)
            count += len(examples)
    return count


def _for_ourselves(name: str, flags: int) -> int:
    """What residents wrote, also without who they are, is not for everybody on the machine."""
    return os.open(name, flags, 0o600)

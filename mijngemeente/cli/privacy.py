"""What was erased stays erased, also after a backup was restored."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import home, start
from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.privacy.journal import Entry


def configure(parser: argparse.ArgumentParser) -> None:
    """`privacy journal`, `privacy replay FILE`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    actions.add_parser("journal", help="schrijf op wat is gewist: alleen nummers, een regel per keer")
    replaying = actions.add_parser("replay", help="wis opnieuw wat in een journaal staat")
    replaying.add_argument("file", type=Path, metavar="FILE", help="het journaal (var/erasures.jsonl)")


def run(options: argparse.Namespace) -> int:
    """Do one of the two."""
    home.use_running_database()
    start.load()
    if options.action == "journal":
        return write_journal()
    return replay(options.file)


def write_journal() -> int:
    """Every erasure there is, on standard output."""
    from mijngemeente.organisations.models import Organisation
    from mijngemeente.platform.tenancy import covering
    from mijngemeente.privacy import journal
    from mijngemeente.privacy.models import Erasure

    with covering(Organisation.objects.values_list("id", flat=True)):
        for erasure in Erasure.objects.exclude(done_at=None).order_by("done_at").iterator():
            sys.stdout.write(f"{journal.line_of(erasure)}\n")
    return 0


def replay(file: Path) -> int:
    """Erase it all again, and say how much of it was back. Raises Stop for a file that is not ours."""
    from mijngemeente.privacy import journal

    try:
        entries = list(journal.read(file.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"{file}: niet te lezen.") from error
    except journal.Unreadable as error:
        raise Stop(f"{file}: {error} Er is niets gewist.") from error
    again = sum(map(_erase_again, entries))
    print(f"{len(entries)} keer gewist volgens het journaal; daarvan {again} keer weer terug, nu weer weg.")
    return 0


def _erase_again(entry: "Entry") -> bool:
    from mijngemeente.platform.tenancy import acting_for
    from mijngemeente.privacy.actions import erase_again

    with acting_for(entry.organisation_id):
        return erase_again(organisation_id=entry.organisation_id, way=entry.way, rows=entry.rows)

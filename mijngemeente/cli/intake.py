"""Take in mails from files: one mail, a folder of them, an mbox or a maildir."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from . import home, start
from .errors import Stop
from .mail_files import Found, files_in, mails_in, size_of

if TYPE_CHECKING:
    from mijngemeente.organisations.models import InboxAddress

# Stored together: enough to be quick, few enough that stopping halfway loses little time.
BATCH_MAILS = 50
BATCH_BYTES = 8 * 1024 * 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """`intake PATH --inbox ADDRESS`."""
    parser.add_argument(
        "path", type=Path, metavar="PATH", help="een .eml-bestand, een map, een mbox of een maildir"
    )
    parser.add_argument(
        "--inbox", required=True, metavar="ADDRESS", help="het postvak waar de mails voor zijn"
    )


def run(options: argparse.Namespace) -> int:
    """Keep every mail; what was kept before is recognised, so stopping and starting again is safe."""
    from django.db import OperationalError

    if not options.path.exists():
        raise Stop(f"{options.path} bestaat niet.")
    home.use_running_database()
    start.refuse_power()
    tally = Tally()
    try:
        _keep_all(_inbox(options.inbox), files_in(options.path), tally)
    except KeyboardInterrupt:
        print(f"\nGestopt. {tally} Draai hetzelfde nog eens om verder te gaan.", file=sys.stderr)
        raise
    except OperationalError as error:
        raise Stop(f"De database is weg. {tally} Draai hetzelfde nog eens om verder te gaan.") from error
    for problem in tally.problems:
        print(problem, file=sys.stderr)
    print(f"{tally} De worker verwerkt ze.")
    return 1 if tally.problems else 0


@dataclass
class Tally:
    """What became of the mails so far."""

    kept: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.kept} mails bewaard, {self.known} waren er al."


def _inbox(address: str) -> "InboxAddress":
    from mijngemeente.organisations.models import InboxAddress

    inbox = InboxAddress.objects.filter(kind="email", address__iexact=address).first()
    if inbox is None:
        raise Stop(f"Er is geen postvak met het adres {address}.")
    return inbox


def _keep_all(inbox: "InboxAddress", files: list[Path], tally: Tally) -> None:
    from tqdm import tqdm

    total = sum(map(size_of, files))
    with tqdm(total=total, unit="B", unit_scale=True, disable=None, desc="Mails") as progress:
        for batch in _batches(found for file in files for found in mails_in(file)):
            tally.problems += [each.problem for each in batch if each.problem]
            _keep(inbox, [each.body for each in batch if not each.problem], tally)
            progress.set_postfix(bewaard=tally.kept, bekend=tally.known, refresh=False)
            progress.update(sum(each.size_bytes for each in batch))


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for each in found:
        batch.append(each)
        if len(batch) == BATCH_MAILS or sum(one.size_bytes for one in batch) > BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep(inbox: "InboxAddress", bodies: list[bytes], tally: Tally) -> None:
    """Counted once they are committed."""
    from mijngemeente.intake.actions import keep
    from mijngemeente.platform.tenancy import acting_for

    with acting_for(inbox.organisation_id):
        new = sum(keep(inbox=inbox, body=body).is_new for body in bodies)
    tally.kept += new
    tally.known += len(bodies) - new

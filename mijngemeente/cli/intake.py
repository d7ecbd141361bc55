"""Take in mails from files: one mail, a folder of them, an mbox or a maildir."""

import argparse
import mailbox
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from . import home, start
from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.organisations.models import InboxAddress

# Stored together: enough to be quick, few enough that stopping halfway loses little time.
BATCH = 50


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
    if not options.path.exists():
        raise Stop(f"{options.path} bestaat niet.")
    home.use_running_database()
    start.refuse_power()
    inbox = _inbox(options.inbox)
    mails = _mails_in(options.path)
    kept, known = _keep_all(inbox, mails, _count(options.path))
    print(f"{kept} mails bewaard, {known} waren er al. De worker verwerkt ze.")
    return 0


def _inbox(address: str) -> "InboxAddress":
    from mijngemeente.organisations.models import InboxAddress

    inbox = InboxAddress.objects.filter(kind="email", address__iexact=address).first()
    if inbox is None:
        raise Stop(f"Er is geen postvak met het adres {address}.")
    return inbox


def _keep_all(inbox: "InboxAddress", mails: Iterable[bytes], total: int) -> tuple[int, int]:
    from tqdm import tqdm

    kept = seen = 0
    with tqdm(total=total, unit=" mails", disable=None) as progress:
        waiting = iter(mails)
        while batch := list(islice(waiting, BATCH)):
            kept += _keep(inbox, batch)
            seen += len(batch)
            progress.update(len(batch))
    return kept, seen - kept


def _keep(inbox: "InboxAddress", batch: list[bytes]) -> int:
    """How many of them are new."""
    from mijngemeente.intake.actions import keep
    from mijngemeente.platform.tenancy import acting_for

    with acting_for(inbox.organisation_id):
        return sum(keep(inbox=inbox, body=body).is_new for body in batch)


def _mails_in(path: Path) -> Iterator[bytes]:
    if path.is_file():
        yield from _mails_in_file(path)
    elif (path / "cur").is_dir():
        box = mailbox.Maildir(path, create=False)
        yield from (box.get_bytes(key) for key in sorted(box.keys()))
    else:
        for file in _files_below(path):
            yield from _mails_in_file(file)


def _mails_in_file(path: Path) -> Iterator[bytes]:
    """A file that begins with a "From " line is an mbox (RFC 4155); any other file is one mail."""
    if not _is_mbox(path):
        yield path.read_bytes()
        return
    box = mailbox.mbox(path, create=False)
    try:
        yield from (box.get_bytes(key) for key in box.iterkeys())
    finally:
        box.close()


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _files_below(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))


def _count(path: Path) -> int:
    """How many mails there are, for the progress bar."""
    if path.is_file():
        return len(mailbox.mbox(path, create=False)) if _is_mbox(path) else 1
    if (path / "cur").is_dir():
        return len(mailbox.Maildir(path, create=False))
    return sum(map(_count, _files_below(path)))

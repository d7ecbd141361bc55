"""Read the national data: municipalities, places, holidays, topics, or a newer official list."""

import argparse
import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from . import home, start
from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.reference.rules.lists import Form

#: As much of a file tells how it separates its columns.
SNIFFED = 4096


def configure(parser: argparse.ArgumentParser) -> None:
    """`reference load [FOLDER | FILE]`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    loading = actions.add_parser(
        "load", help="lees de bestanden van een map in, of één nieuwe officiële lijst"
    )
    loading.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help="map met de csv-bestanden (data), of een lijst van CBS of uit de BAG: zie docs/plaatsen.md",
    )


def run(options: argparse.Namespace) -> int:
    """Load and say how much."""
    with home.database():
        start.load()
        from django.conf import settings

        path = options.path or settings.DATA
        loaded = load(path) if path.is_dir() else load_official(path)
        for name, rows in loaded.items():
            print(f"{rows:8} {SAID.get(name, name)}")
    return 0


#: What an official list did.
SAID = {"added": "nieuw", "changed": "met een nieuwe naam", "skipped": "overgeslagen"}


def load(folder: Path) -> dict[str, int]:
    from django.conf import settings

    from mijngemeente.answers.actions import load_starters
    from mijngemeente.organisations.actions import found_national
    from mijngemeente.reference.actions import load_reference

    rows = load_reference(folder, using=settings.OWNER_DB_ALIAS)
    found_national()
    return rows | {"answers": load_starters(folder / "answers.csv")}


def load_official(path: Path) -> dict[str, int]:
    """Raises Stop for a file that is none of the lists we know."""
    from django.conf import settings
    from django.utils import timezone

    from mijngemeente.reference.actions import load_list

    try:
        with opened(path) as (form, rows):
            return load_list(form, rows, at=timezone.now(), using=settings.OWNER_DB_ALIAS)
    except (OSError, UnicodeDecodeError, csv.Error, EOFError) as error:
        raise Stop(f"Dit bestand kan ik niet lezen: {path}") from error


@contextmanager
def opened(path: Path) -> Iterator[tuple["Form", Iterator[dict[str, str]]]]:
    """The list and its rows, with a bar that tells how far we are."""
    from tqdm import tqdm

    from mijngemeente.reference.rules.lists import form_of

    # The bar follows the packed size, as nobody knows how much will come out.
    with path.open("rb") as raw, unpacked(raw, path) as plain:
        text = io.TextIOWrapper(plain, encoding="utf-8-sig", newline="")
        rows = csv.DictReader(text, delimiter=separator(path))
        form = form_of(list(rows.fieldnames or []))
        if form is None:
            raise Stop(
                f"Deze kolommen ken ik niet: {path}. Welke lijsten ik lees, staat in docs/plaatsen.md."
            )
        with tqdm(total=path.stat().st_size, unit="B", unit_scale=True, desc=path.name) as bar:
            yield form, followed(rows, form, lambda: bar.update(raw.tell() - bar.n))


def unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    """What is in it, also of a .gz."""
    return cast(BinaryIO, gzip.open(raw)) if path.suffix == ".gz" else raw  # the caller closes it


def separator(path: Path) -> str:
    """Semicolon or comma: whichever the first line has most of."""
    with path.open("rb") as raw, unpacked(raw, path) as plain:
        first = plain.read(SNIFFED).split(b"\n")[0]
    return ";" if first.count(b";") > first.count(b",") else ","


def followed(
    rows: Iterable[dict[str, str]], form: "Form", show: Callable[[], object]
) -> Iterator[dict[str, str]]:
    """The fields of each row; shows every so often how far we are."""
    for number, row in enumerate(rows):
        if number % 10_000 == 0:
            show()
        yield form.read(row)
    show()

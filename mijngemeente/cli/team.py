"""What an online team has and lacks, from a file."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from .errors import Stop


def configure(parser: argparse.ArgumentParser) -> None:
    """`team plot FILE` and `team template`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    plotting = actions.add_parser("plot", help="reken een teamplot uit; het resultaat is JSON")
    plotting.add_argument(
        "file", type=Path, metavar="FILE", help="teamplot in JSON; begin met: team template"
    )
    actions.add_parser("template", help="toon een lege teamplot met uitleg")


def run(options: argparse.Namespace) -> int:
    """The result on standard output; what is not right, on standard error, and then exit code 1."""
    return _plot(options.file) if options.action == "plot" else _template()


def _plot(path: Path) -> int:
    from mijngemeente.team.library import library_of
    from mijngemeente.team.rules.findings import result_of
    from mijngemeente.team.rules.reading import UnreadablePlot, document_in, read
    from mijngemeente.team.rules.writing import as_json

    try:
        document = document_in(_content(path))
    except UnreadablePlot as error:
        raise Stop(str(error)) from None
    known = library_of(document)
    found = read(document, known, date.today())
    _show(as_json(result_of(found.plot, known), found.problems))
    for problem in found.problems:
        print(f"{problem.where}: {problem.sentence}", file=sys.stderr)
    return 1 if found.problems else 0


def _content(path: Path) -> bytes:
    from mijngemeente.team.rules.reading import LARGEST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError:
        raise Stop(f"{path} is niet te lezen. Klopt de naam?") from None


def _template() -> int:
    from mijngemeente.team.library import national
    from mijngemeente.team.rules.writing import template

    _show(template(national()))
    return 0


def _show(document: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")

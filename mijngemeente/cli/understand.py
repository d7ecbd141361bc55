"""Say what a message is about and for which municipality. No database."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.understanding.rules.outcome import Where


def configure(parser: argparse.ArgumentParser) -> None:
    """`understand TEXT...` or `understand --file messages.jsonl`."""
    parser.add_argument("texts", nargs="*", metavar="TEXT", help="een bericht")
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="JSON per regel: id, text en zo nodig to en channel"
    )


def run(options: argparse.Namespace) -> int:
    """Print one JSON object per message, in order."""
    if not options.texts and options.file is None:
        raise Stop("Geef een bericht, of een bestand met --file.")
    from mijngemeente.understanding.rules.places import locate
    from mijngemeente.understanding.sources import DATA, gazetteer_from

    gazetteer = gazetteer_from(DATA)
    for message in messages(options):
        where = locate(message["text"], gazetteer, to=message["to"], channel=message["channel"])
        told = {"id": message["id"], "municipality": municipality(where)}
        print(json.dumps(told, ensure_ascii=False))
    return 0


def messages(options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Those on the command line are numbered."""
    for number, text in enumerate(options.texts, 1):
        yield {"id": str(number), "text": text, "to": "", "channel": ""}
    if options.file is not None:
        yield from in_file(options.file)


def in_file(path: Path) -> Iterator[dict[str, str]]:
    """One message per line; empty lines are passed over. Raises Stop for what is no message."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield message_on(line, f"{path}, regel {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"Dit bestand kan ik niet lezen: {path}") from error


def message_on(line: str, where: str) -> dict[str, str]:
    try:
        found = json.loads(line)
        read = {name: str(found.get(name) or "") for name in ("to", "channel")}
        return read | {"id": str(found["id"]), "text": str(found["text"])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stop(f'{where}: hier hoort een bericht te staan, als {{"id": "1", "text": "…"}}') from error


def municipality(where: "Where") -> dict[str, object]:
    """The decision, and each candidate with its evidence."""
    return {
        "decision": where.decision.value,
        "candidates": [
            {
                "code": each.code,
                "name": each.name,
                "probability": each.probability,
                "evidence": [found._asdict() for found in each.evidence],
            }
            for each in where.candidates
        ],
    }

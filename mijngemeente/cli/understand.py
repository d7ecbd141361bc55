"""Say what a message is about and for which municipality. No database."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.understanding.rules.outcome import Sign, Understanding, Where

SIGNS = ("urgent", "threat", "abuse", "distress")
CUT = "alleen de eerste 20.000 tekens zijn gelezen"


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
    from mijngemeente.understanding.loading import whole_reader
    from mijngemeente.understanding.reading import read
    from mijngemeente.understanding.sources import DATA

    reader = whole_reader(DATA)
    for message in messages(options):
        said = read(message["text"], to=message["to"], channel=message["channel"], reader=reader)
        print(json.dumps(told(message["id"], said), ensure_ascii=False))
    return 0


def told(message_id: str, said: "Understanding") -> dict[str, object]:
    """One line of what other programs read: its names stay."""
    signs = {name: sign(getattr(said, name)) for name in SIGNS}
    return {
        "id": message_id,
        "municipality": municipality(said.where),
        "topic": [{"slug": each.value, "probability": each.probability} for each in said.topics],
        "kind": said.kind._asdict(),
        "language": {"code": said.language.value, "probability": said.language.probability},
        **signs,
        "sentiment": said.sentiment._asdict(),
        **({"note": CUT} if said.is_cut else {}),
    }


def sign(each: "Sign") -> dict[str, object]:
    return {"value": each.value, "probability": each.probability, "because": list(each.because)}


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
        return read | {"id": str(found["id"]), "text": _text_of(found["text"])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stop(f'{where}: hier hoort een bericht te staan, als {{"id": "1", "text": "…"}}') from error


def _text_of(value: object) -> str:
    """Nothing is an empty message; no text at all is none."""
    return "" if value is None else str(value)


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

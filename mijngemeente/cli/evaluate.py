"""Measure what is understood on texts that somebody labelled. No database."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.understanding.reading import Reader
    from mijngemeente.understanding.rules.measuring.municipality import Report, Tally
    from mijngemeente.understanding.rules.measuring.topic import TopicReport

Row = dict[str, str]

#: A text of two million letters is one field.
FIELD_CHARACTERS = 50_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """`evaluate municipality|topic|urgent|language FILE.csv [--json] [--wrong]`."""
    parser.add_argument("what", choices=PARTS, metavar="WHAT", help=", ".join(PARTS))
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="gelabelde teksten")
    parser.add_argument("--json", action="store_true", help="als JSON, voor een programma")
    parser.add_argument(
        "--wrong", action="store_true", help="bij municipality: toon ook elke tekst die anders uitviel"
    )


def run(options: argparse.Namespace) -> int:
    """Print how often it is right."""
    columns, measure = PARTS[options.what]
    measure(rows_of(options.file, columns), options)
    return 0


def rows_of(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Raises Stop for a file that is not there or misses a column."""
    csv.field_size_limit(FIELD_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [_whole(row) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Stop(f"Dit bestand kan ik niet lezen: {path}") from error
    missing = [name for name in columns if not rows or name not in rows[0]]
    if missing:
        raise Stop(f"In {path} ontbreken rijen of de kolommen: {', '.join(missing)}")
    return rows


def _whole(row: Mapping[str | None, object]) -> Row:
    """A line may have too few fields, and too many: these stand under no name."""
    return {name: str(value or "") for name, value in row.items() if name is not None}


def municipality(rows: list[Row], options: argparse.Namespace) -> None:
    """Which municipality: per kind and overall, and the calibration."""
    from mijngemeente.understanding.rules.measuring.municipality import answer, report
    from mijngemeente.understanding.rules.places import locate
    from mijngemeente.understanding.sources import DATA, gazetteer_from

    gazetteer = gazetteer_from(DATA)
    found = report(
        answer(row, locate(row["text"], gazetteer, to=row.get("to") or "", channel=row.get("channel") or ""))
        for row in rows
    )
    print(json.dumps(as_json(found), ensure_ascii=False) if options.json else "\n".join(lines(found)))
    if options.wrong:
        texts = {row["id"]: row["text"] for row in rows}
        print("\n".join(wrong(found, texts)), file=sys.stderr if options.json else sys.stdout)


def topic(rows: list[Row], options: argparse.Namespace) -> None:
    """Which topic, and beside it the floor: Signalen's recipe, learned from the same texts."""
    from mijngemeente.understanding import measured

    found = measured.topics(rows, reader())
    floor = floor_of(rows)
    if options.json:
        told = {**measured.as_json(found), "floor": measured.as_json(floor) if floor else None}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"{'':24}{'teksten':>8}{'meteen':>9}{'bij drie':>9}{'macro-F1':>9}{'kalibratie':>11}")
    for name, each in (("dit model", found), ("ondergrens (Signalen)", floor)):
        if each:
            print(
                f"{name:24}{each.count:8}{each.top_1:9.1%}{each.top_3:9.1%}{each.macro_f1:9.1%}"
                f"{each.calibration_error:11.1%}"
            )
    if floor is None:
        print("De ondergrens is niet gemeten: daarvoor is scikit-learn nodig (make test haalt het op).")
    print_confused(found.confused)


def floor_of(rows: list[Row]) -> "TopicReport | None":
    """None where scikit-learn is absent: the product itself does without."""
    try:
        from mijngemeente.understanding.training.floor import floor, floor_report
    except ModuleNotFoundError:
        return None
    from mijngemeente.understanding.sources import DATA
    from mijngemeente.understanding.training.examples import examples_from

    return floor_report(rows, floor(examples_from(DATA)))


def urgent(rows: list[Row], options: argparse.Namespace) -> None:
    """What may not wait, and the rest of the same file."""
    from mijngemeente.understanding import measured

    found = measured.signs(rows, reader())
    if options.json:
        print(json.dumps({name: measured.as_json(each) for name, each in found.items()}, ensure_ascii=False))
        return
    print(f"{'':12}{'teksten':>8}{'zo':>6}{'gezegd':>8}{'precisie':>10}{'gevonden':>10}")
    for name, each in found.items():
        if isinstance(each, measured.ValueReport):
            print(f"{name:12}{each.count:8}{'':24}{each.right:10.1%}")
        else:
            print(
                f"{name:12}{each.count:8}{each.so:6}{each.given:8}{each.precision:10.1%}{each.recall:10.1%}"
            )


def language(rows: list[Row], options: argparse.Namespace) -> None:
    """In which language."""
    from mijngemeente.understanding import measured

    found = measured.languages(rows, reader())
    if options.json:
        print(json.dumps(measured.as_json(found), ensure_ascii=False))
        return
    print(f"{found.count} teksten, {found.right:.1%} goed")
    print_confused(found.confused)


def reader() -> "Reader":
    """What we read with, but for the places: they say nothing of these."""
    from mijngemeente.understanding.loading import load_reader
    from mijngemeente.understanding.sources import DATA

    return load_reader(DATA)


def print_confused(pairs: tuple[tuple[str, str, int], ...]) -> None:
    for so, made, count in pairs:
        print(f"  {count:3} keer {so} gelezen als {made}")


def as_json(found: "Report") -> dict[str, object]:
    """The same figures, shares between 0 and 1."""
    return {
        "overall": _figures(found.overall),
        "kinds": {kind: _figures(tally) for kind, tally in found.kinds.items()},
        "calibration": {
            "error": round(found.calibration.error, 4),
            "bins": [asdict(each) for each in found.calibration.bins],
        },
    }


def _figures(tally: "Tally") -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(tally).items()}


def lines(found: "Report") -> Iterator[str]:
    """A table to read."""
    yield f"{'':32}{'teksten':>8}{'exact':>8}{'fout+zeker':>12}{'gevraagd':>10}{'dekking':>9}"
    for kind, tally in (*found.kinds.items(), ("alles", found.overall)):
        yield (
            f"{kind:32}{tally.count:8}{tally.exact:8.1%}{tally.wrong_and_certain:12.1%}"
            f"{tally.asked:10.1%}{tally.coverage:9.1%}"
        )
    yield f"\nKalibratie: gemiddeld {found.calibration.error * 100:.1f} punt ernaast"
    yield f"{'kans':12}{'aantal':>8}{'gezegd':>9}{'waar':>8}"
    for each in found.calibration.bins:
        yield f"{each.low:.1f} tot {each.high:.1f} {each.count:8}{each.said:9.1%}{each.true:8.1%}"


def wrong(found: "Report", texts: dict[str, str]) -> Iterator[str]:
    """Each text that came out otherwise than its label."""
    for each in found.answers:
        if not each.is_exact:
            said = [f"{c.name} {c.probability:.2f}" for c in each.where.candidates]
            wanted = ";".join(sorted(each.expected or each.worth_offering)) or each.wanted.value
            mark = "!!" if each.is_wrong_and_certain else "  "
            yield f"{mark} {each.id}: {wanted} werd {each.where.decision.value} {said}"
            yield f"   {texts[each.id][:200]}"


#: What can be measured → the columns it needs, and how.
PARTS: dict[str, tuple[tuple[str, ...], Callable[[list[Row], argparse.Namespace], None]]] = {
    "municipality": (("id", "text", "expected", "kind"), municipality),
    "topic": (("id", "text", "expected_topic"), topic),
    "urgent": (("id", "text", "is_urgent"), urgent),
    "language": (("id", "text"), language),
}

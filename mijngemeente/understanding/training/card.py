"""The report card: what the model does well and what it gets wrong, on texts that nobody learned from."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import measured
from ..loading import load_reader
from ..measured import Row, ValueReport
from ..rules.measuring.signs import SignReport
from ..rules.measuring.topic import TopicReport
from .examples import Example
from .floor import floor, floor_report

NAMES = {"urgent": "spoed", "threat": "dreiging", "abuse": "schelden", "distress": "mens in nood"}


def card(root: Path, examples: Sequence[Example], version: str) -> str:
    """In Dutch, for docs/report-card.md."""
    labelled = root / "tests" / "understanding"
    reader = load_reader(root / "data")
    topics = rows_of(labelled / "topic.csv")
    ours = measured.topics(topics, reader)
    theirs = floor_report(topics, floor(examples))
    signs = measured.signs(rows_of(labelled / "urgent.csv"), reader)
    languages = measured.languages(rows_of(labelled / "language.csv"), reader)
    written = sum(not example.is_made for example in examples)
    parts = (
        head(version, written),
        topic_part(ours, theirs),
        sign_part(signs),
        f"## Taal\n{languages.right:.1%} van {languages.count} teksten goed.",
        confused_part(ours),
    )
    return "\n\n".join(parts) + "\n"


def rows_of(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def head(version: str, written: int) -> str:
    return (
        f"# Rapport van het verstaan, versie {version}\n\n"
        f"Geschreven door `make train`. Geleerd van {written} teksten in `data/understanding/texts`;\n"
        "gemeten op `tests/understanding`, door anderen geschreven, waarvan nooit wordt geleerd. "
        "Hoe het werkt en wat het niet kan staat in [verstaan](understanding.md)."
    )


def topic_part(ours: TopicReport, theirs: TopicReport) -> str:
    lines = [
        "## Onderwerp",
        f"{ours.count} teksten. De ondergrens is het recept van Signalen (woordstammen, woordgewichten, "
        "logistische regressie), geleerd van dezelfde teksten.",
        "",
        "| | meteen goed | bij de eerste drie | macro-F1 | kans zit ernaast |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, each in (("dit model", ours), ("ondergrens", theirs)):
        shares = (each.top_1, each.top_3, each.macro_f1, each.calibration_error)
        lines.append(f"| {name} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")
    return "\n".join(lines)


def sign_part(signs: dict[str, SignReport | ValueReport]) -> str:
    return "\n".join(["## Wat niet mag wachten", *sign_lines(signs)])


def sign_lines(signs: dict[str, SignReport | ValueReport]) -> Iterator[str]:
    """Precision: of what was given. Recall: of what is so."""
    yield "| | teksten | is zo | gevonden | klopt van wat gezegd werd |"
    yield "| --- | --- | --- | --- | --- |"
    for name, each in signs.items():
        if isinstance(each, SignReport):
            shares = f"{each.recall:.1%} | {each.precision:.1%}"
            yield f"| {NAMES[name]} | {each.count} | {each.so} | {shares} |"
    feeling = signs.get("sentiment")
    if isinstance(feeling, ValueReport):
        yield f"\nGevoel: {feeling.right:.1%} van {feeling.count} teksten goed; een zwak teken."


def confused_part(ours: TopicReport) -> str:
    lines = ["## Vaakst verward", "| het was | gelezen als | keer |", "| --- | --- | --- |"]
    lines += [f"| {best} | {made} | {count} |" for best, made, count in ours.confused]
    return "\n".join(lines)

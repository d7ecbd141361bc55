"""What we learn from: written texts, the phrases, and what agents corrected."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..loading import phrases

SIGNS = ("urgent", "threat", "abuse", "distress")
#: How much a text counts that we made ourselves of a phrase, and a topic that a text has besides its first.
PHRASE_WEIGHT, BESIDES_WEIGHT = 0.4, 0.4
#: Of one phrase with alternatives, so many texts at most.
MOST_OF_A_PHRASE = 12
#: Kinds of stories in the demo of which nothing is learned, and words of those that are in need all the same.
ALARMING = frozenset(("attack", "spam", "crisis"))
SERIOUS = re.compile(
    r"durf ik niet|niet open durf|weet het ook niet meer|nergens meer|uitslag|geen geld", re.I
)
PART = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S+")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is so of it; what nobody stated is not there."""

    text: str
    #: Family → value: topic, kind, language, sentiment, and "1" or "0" for a sign.
    labels: dict[str, str] = field(default_factory=dict)
    weight: float = 1.0
    #: Made from phrases, so never measured on.
    is_made: bool = False


def examples_from(data: Path, corrections: Path | None = None) -> list[Example]:
    """Everything to learn from, in a fixed order."""
    here = data / "understanding"
    found = [*written(here / "texts"), *from_phrases(here / "phrases" / "topics.txt"), *everyday(data)]
    return [*found, *corrected(corrections)] if corrections else found


def written(folder: Path) -> Iterator[Example]:
    """The texts of a folder of csv files; one with more topics counts for the further ones too."""
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                yield from with_every_topic(row)


def everyday(data: Path) -> Iterator[Example]:
    """What residents of the demo write in stories where nothing is the matter.

    People answer, joke and sigh there, which the texts that were written to learn from hardly do.
    """
    files = sorted((data / "demo" / "conversations").glob("*.json"))
    stories = [story for file in files for story in json.loads(file.read_text(encoding="utf-8"))]
    calm = (each for each in stories if each["urgency"] == "normal" and each["kind"] not in ALARMING)
    said = (each["text"] for story in calm for each in story["messages"] if each["from"] == "resident")
    return (
        Example(text, dict.fromkeys(SIGNS, "0"), is_made=True) for text in said if not SERIOUS.search(text)
    )


def corrected(file: Path) -> Iterator[Example]:
    """What agents corrected: the same columns as the texts, in csv or one JSON object a line."""
    text = file.read_text(encoding="utf-8")
    rows = (
        map(json.loads, text.splitlines()) if file.suffix == ".jsonl" else csv.DictReader(text.splitlines())
    )
    for row in rows:
        yield from with_every_topic({name: str(value or "") for name, value in row.items()})


def with_every_topic(row: dict[str, str]) -> Iterator[Example]:
    stated = {name: value for name, value in row.items() if value and name != "text"}
    first, *others = stated.pop("topic", "").split(";")
    yield Example(row["text"], stated | ({"topic": first} if first else {}))
    for other in others:
        yield Example(row["text"], {"topic": other.strip()}, weight=BESIDES_WEIGHT, is_made=True)


def from_phrases(file: Path) -> Iterator[Example]:
    """The words of each phrase of a topic, as texts of their own."""
    for label, phrase in phrases(file):
        for text in texts_of(phrase):
            yield Example(text, {"topic": label.partition(":")[2]}, weight=PHRASE_WEIGHT, is_made=True)


def texts_of(phrase: str) -> Iterator[str]:
    """One text per alternative, all alternatives of a phrase side by side."""
    parts = [part.strip("()[]").split("|") for part in PART.findall(phrase) if part not in "~*$"]
    most = min(max(map(len, parts)), MOST_OF_A_PHRASE)
    for number in range(most):
        yield " ".join(part[number % len(part)].strip("-") for part in parts)

"""What we read with, from the files of data/understanding."""

import re
from collections.abc import Iterator
from pathlib import Path

from .reading import Reader
from .rules.languages import Languages
from .rules.phrases import NOT, Phrasebook
from .rules.words import folded_word

SECTION = re.compile(r"^\[(.+)\]$")
#: Files of phrases that say one thing, each under the name of the file.
SINGLE = ("danger", "distress", "term", "threat", "abuse")
#: Files with a section per label.
FAMILIES = {"topics": "topic:", "kinds": "kind:"}
#: A phrase after this takes back what another one says.
HARMLESS = "! "


def load_reader(folder: Path) -> Reader:
    """Everything in data/ of that folder; takes less than a second."""
    here = folder / "understanding"
    return Reader(
        phrases=phrasebook(here / "phrases"),
        languages=Languages({name: row.split() for name, row in sections(here / "languages.txt")}),
        polarities=polarities(here / "sentiment.txt"),
    )


def phrasebook(folder: Path) -> Phrasebook:
    sets = dict(line.split(": ", 1) for line in lines(folder / "sets.txt"))
    return Phrasebook(phrases(folder), sets)


def phrases(folder: Path) -> Iterator[tuple[str, str]]:
    """Label and phrase."""
    for name in SINGLE:
        for line in lines(folder / f"{name}.txt"):
            harmless = line.startswith(HARMLESS)
            yield NOT * harmless + name, line.removeprefix(HARMLESS)
    for name, prefix in FAMILIES.items():
        for label, row in sections(folder / f"{name}.txt"):
            yield from ((prefix + label, phrase.strip()) for phrase in row.split(";") if phrase.strip(" ~"))


def lines(file: Path) -> Iterator[str]:
    """Those with something on them that is no remark."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def sections(file: Path) -> Iterator[tuple[str, str]]:
    """Name and the lines under it, as one."""
    name = ""
    found: list[str] = []
    for line in lines(file):
        if heading := SECTION.match(line):
            if found:
                yield name, " ".join(found)
            name, found = heading[1], []
        else:
            found.append(line)
    yield name, " ".join(found)


def polarities(file: Path) -> dict[str, float]:
    """Word or emoji → −1 to 1."""
    return {folded_word(word): float(value) for value, row in sections(file) for word in row.split()}

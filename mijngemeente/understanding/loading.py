"""What we read with, from the files of data/understanding."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from . import weights
from .reading import Reader
from .rules.features import CONCEPT
from .rules.languages import Languages
from .rules.outcome import Where
from .rules.phrases import NOT, Phrasebook
from .rules.places import locate
from .rules.scorer import Scorer, Weights
from .rules.words import folded_word
from .sources import gazetteer_from

SECTION = re.compile(r"^\[(.+)\]$")
#: Files of phrases that say one thing, each under the name of the file.
SINGLE = ("danger", "distress", "term", "threat", "abuse")
#: Files with a section per label, which begins so.
FAMILIES = {"topics": "topic:", "kinds": "kind:", "concepts": CONCEPT}
#: The topics' phrases are for reading without weights: the weights know their words.
WITH_WEIGHTS = (*SINGLE, "kinds", "concepts")
#: A phrase after this takes back what another one says.
HARMLESS = "! "


def load_reader(folder: Path) -> Reader:
    """Everything in data/ of that folder; takes less than a second."""
    here = folder / "understanding"
    trained = weights.load(here / "weights.npz")
    return Reader(
        phrases=phrasebook(here / "phrases", WITH_WEIGHTS if trained else (*SINGLE, *FAMILIES)),
        languages=Languages(everyday(here), scorer(weights.load(here / "languages.npz"))),
        polarities=polarities(here / "sentiment.txt"),
        scorer=scorer(trained),
    )


def scorer(trained: Weights | None) -> Scorer | None:
    return Scorer(trained) if trained else None


def everyday(folder: Path) -> dict[str, list[str]]:
    """Language → its everyday words."""
    return {name: row.split() for name, row in sections(folder / "languages.txt")}


def whole_reader(folder: Path) -> Reader:
    """With the places of that folder too, for who has no database."""
    gazetteer = gazetteer_from(folder)

    def where(text: str, to: str, channel: str, history: tuple[str, ...]) -> Where:
        return locate(text, gazetteer, to=to, channel=channel, history=history)

    return replace(load_reader(folder), locate=where)


def phrasebook(folder: Path, files: Iterable[str]) -> Phrasebook:
    """The phrases of those files."""
    sets = dict(line.split(": ", 1) for line in lines(folder / "sets.txt"))
    return Phrasebook((each for name in files for each in phrases(folder / f"{name}.txt")), sets)


def phrases(file: Path) -> Iterator[tuple[str, str]]:
    """Label and phrase."""
    if file.stem in FAMILIES:
        for label, row in sections(file):
            listed = (phrase.strip() for phrase in row.split(";"))
            yield from ((FAMILIES[file.stem] + label, phrase) for phrase in listed if phrase.strip(" ~"))
        return
    for line in lines(file):
        harmless = line.startswith(HARMLESS)
        yield NOT * harmless + file.stem, line.removeprefix(HARMLESS)


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

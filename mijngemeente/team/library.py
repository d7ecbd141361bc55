"""The role library as it stands in data/team/."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mijngemeente.settings import DATA

from .rules.beside import Point
from .rules.documents import Document
from .rules.library import Competency, Factor, Library, Range, Role, Size, Story, Task

Row = dict[str, str]


NATIONAL = DATA / "team"


def national() -> Library:
    """The newest edition of the role library that everybody shares."""
    return library(NATIONAL)


def library_of(document: Document, folder: Path = NATIONAL) -> Library:
    """The edition that a plot was made with, so that a newer one changes nothing in it."""
    newest = library(folder)
    edition = document.get("edition")
    if not isinstance(edition, int) or not 1 <= edition < newest.edition:
        return newest
    return library(folder, edition)


@lru_cache(maxsize=8)
def library(folder: Path, edition: int | None = None) -> Library:
    """This edition, or the newest; read once, as it changes with the program only.

    A row holds from the edition `since`, until another row with its code, and up to and including `until`.
    """
    rows = {name: _rows(folder / f"{name}.csv") for name in ("roles", "tasks", "competencies")}
    asked = edition or max(int(row["since"]) for group in rows.values() for row in group)
    held = {name: _held(group, ("code",), asked) for name, group in rows.items()}
    levels = defaultdict[str, dict[str, int]](dict)
    for row in _held(_rows(folder / "required_levels.csv"), ("role", "competency"), asked):
        levels[row["role"]][row["competency"]] = int(row["level"])
    return Library(
        edition=asked,
        roles={row["code"]: _role(row, levels[row["code"]]) for row in held["roles"]},
        tasks={row["code"]: _task(row) for row in held["tasks"]},
        competencies={row["code"]: _competency(row) for row in held["competencies"]},
    )


def _held(rows: list[Row], key: tuple[str, ...], edition: int) -> list[Row]:
    """The rows of an edition, each where its code first stood."""
    found: dict[tuple[str, ...], Row] = {}
    for row in sorted(rows, key=_since):
        if _since(row) <= edition:
            found[tuple(row[name] for name in key)] = row
    return [row for row in found.values() if edition <= int(row.get("until") or edition)]


def _since(row: Row) -> int:
    return int(row.get("since") or 1)


@lru_cache(maxsize=1)
def factors() -> tuple[Factor, ...]:
    """What makes an online team succeed."""
    return tuple(
        Factor(row["code"], row["name"], row["question"], row["basis"]) for row in _told("success_factors")
    )


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """What is known of the seven municipalities that were described."""
    return tuple(
        Story(row["municipality"], row["what"], row["result"], row["year"], row["basis"])
        for row in _told("stories")
    )


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """Code of a source → its title."""
    return {row["code"]: row["title"] for row in _told("sources")}


@dataclass(frozen=True)
class Basis:
    """Where something comes from."""

    #: It is partly or wholly our own completion.
    is_ours: bool
    #: Titles of what it comes from.
    titles: tuple[str, ...]

    @classmethod
    def of(cls, basis: str) -> "Basis":
        """As a row of the library says it: codes of sources, and "aanvulling"."""
        known = sources()
        titles = tuple(known[code] for code in re.findall(r"\b[SW]\d+\b", basis) if code in known)
        return cls("aanvulling" in basis, titles)


def _told(name: str) -> list[Row]:
    return _rows(DATA / "team" / f"{name}.csv")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _role(row: Row, levels: dict[str, int]) -> Role:
    return Role(
        code=row["code"],
        name=row["name"],
        family=row["family"] if row["is_crucial"] == "1" else "",
        essence=row["essence"],
        other_names=_many(row["other_names"]),
        usual_fte={size: _range(row[f"fte_{size}"]) for size in Size if row[f"fte_{size}"]},
        levels=levels,
        basis=row["basis"],
    )


def _task(row: Row) -> Task:
    return Task(row["code"], row["name"], row["group"], _many(row["roles"]), row["basis"])


def _competency(row: Row) -> Competency:
    levels = tuple(row[f"level_{level}"] for level in range(1, 5))
    return Competency(row["code"], row["name"], levels, row["basis"])


def _many(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(";") if each)


def _range(text: str) -> Range:
    low, _, high = text.partition("-")
    return Range(float(low), float(high or low))


@lru_cache(maxsize=1)
def places() -> dict[str, Point]:
    """Code of a municipality → where it lies."""
    return {
        row["code"]: Point(float(row["latitude"]), float(row["longitude"]))
        for row in _rows(DATA / "municipalities.csv")
    }

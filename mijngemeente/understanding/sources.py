"""Where the gazetteer comes from: the files in data/, or the tables that an administrator can renew."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .rules.places import Gazetteer
from .rules.places.facts import Facts, Named, Region, Town

Row = dict[str, str]
#: The files that come with the program.
DATA = Path(__file__).resolve().parents[2] / "data"


def gazetteer_from(folder: Path, *, on: date | None = None) -> Gazetteer:
    """Everything in the files of a folder, for the municipal division of a day (today)."""
    return Gazetteer(facts_from(folder).on(on or date.today()))


def facts_from(folder: Path) -> Facts:
    """The files as they stand, of every day."""
    return Facts(
        towns=tuple(map(_town, _rows(folder, "municipalities"))),
        names=tuple(_names(folder)),
        postcodes={row["postcode"]: _many(row["municipality_codes"]) for row in _rows(folder, "postcodes")},
        regions=tuple(map(_region, _rows(folder, "regions"))),
        abroad={row["name"]: row["kind"] for row in _rows(folder, "abroad")},
        words={row["name"]: row["kind"] for row in _rows(folder, "place_words")},
        lookalikes=_lines(folder / "lookalikes.txt"),
    )


def _names(folder: Path) -> Iterator[Named]:
    for row in _rows(folder, "places"):
        own = (row["municipality_code"],)
        yield Named(row["name"], own, "place", row["base_name"])
        yield from (Named(each, own, "place") for each in _many(row["spellings"]))
    for row in _rows(folder, "former_municipalities"):
        yield Named(row["name"], _many(row["successor_codes"]), "former")
    for name, kind in (("districts", "district"), ("neighbourhoods", "neighbourhood"), ("streets", "street")):
        for row in _rows(folder, name):
            yield Named(row["name"], (row["municipality_code"],), kind)
    for row in _rows(folder, "place_aliases"):
        yield Named(row["name"], _many(row["municipality_codes"]), row["kind"])


def _town(row: Row) -> Town:
    return Town(
        code=row["code"],
        name=row["display_name"],
        official_name=row["name"],
        province=row["province"],
        safety_region=row["safety_region"],
        domain=row["domain"],
        inhabitants=int(row["inhabitants_2021"] or 0),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        other_names=_many(row["other_names"]),
        nicknames=_many(row["nicknames"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        merges_into=row["merges_into"],
    )


def _region(row: Row) -> Region:
    return Region(row["name"], row["province"], row["safety_region"], _many(row["municipality_codes"]))


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _lines(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def _many(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(";") if each)

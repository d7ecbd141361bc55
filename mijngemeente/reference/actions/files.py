"""Filling the reference tables from data/."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from ..models import District, FormerMunicipality, Holiday, Municipality, Place, Postcode, Street, Topic

Row = dict[str, str]


def load_reference(folder: Path, *, using: str) -> dict[str, int]:
    """Fill or refresh every reference table; returns rows per file. Runs as the owner.

    A row that disappeared from a file stays: conversations may refer to it.
    """
    with transaction.atomic(using=using):
        return {
            "municipalities": _load(Municipality, map(_municipality, _rows(folder, "municipalities")), using),
            "former_municipalities": _load(
                FormerMunicipality, map(_former, _rows(folder, "former_municipalities")), using
            ),
            "places": _load(Place, map(_place, _rows(folder, "places")), using),
            "postcodes": _load(Postcode, map(_postcode, _rows(folder, "postcodes")), using),
            "holidays": _load(Holiday, map(_holiday, _rows(folder, "holidays")), using),
            "topics": _load(Topic, map(_topic, _rows(folder, "topics")), using),
            "districts": _load(District, map(_district, _rows(folder, "districts")), using),
            "neighbourhoods": _load(District, map(_neighbourhood, _rows(folder, "neighbourhoods")), using),
            "streets": _load(Street, map(_street, _rows(folder, "streets")), using),
        }


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


#: What makes a row the same row, for the tables whose key is not a national code.
_NATURAL_KEYS: dict[type[models.Model], list[str]] = {
    FormerMunicipality: ["name", "valid_until"],
    Place: ["name", "municipality"],
    Holiday: ["date", "name"],
    District: ["name", "municipality", "kind"],
    Street: ["name", "municipality"],
}


def _load(model: type[models.Model], rows: Iterator[models.Model], using: str) -> int:
    key = _NATURAL_KEYS.get(model, [model._meta.pk.name])
    changing = [
        field.name for field in model._meta.concrete_fields if field.name not in key and not field.primary_key
    ]
    made = model._default_manager.using(using).bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=bool(changing),
        ignore_conflicts=not changing,
        update_fields=changing or None,
        unique_fields=key if changing else None,
    )
    return len(made)


def _municipality(row: Row) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["display_name"],
        official_name=row["name"],
        slug=row["slug"],
        slug_aliases=_many(row["slug_aliases"]),
        province=row["province"],
        other_names=_many(row["other_names"]),
        nicknames=_many(row["nicknames"]),
        domain=row["domain"],
        safety_region=row["safety_region"],
        tooi_uri=row["tooi_uri"],
        valid_until=row["valid_until"] or None,
        merges_into_id=row["merges_into"] or None,
    )


def _former(row: Row) -> FormerMunicipality:
    return FormerMunicipality(
        name=row["name"], valid_until=row["valid_until"], successor_codes=_many(row["successor_codes"])
    )


def _place(row: Row) -> Place:
    return Place(
        name=row["name"],
        municipality_id=row["municipality_code"],
        spellings=_many(row["spellings"]),
        is_common_word=row["is_common_word"] == "1",
    )


def _postcode(row: Row) -> Postcode:
    return Postcode(
        digits=row["postcode"],
        municipality_codes=_many(row["municipality_codes"]),
        places=_many(row["places"]),
    )


def _district(row: Row) -> District:
    return District(name=row["name"], municipality_id=row["municipality_code"], kind=District.Kind.DISTRICT)


def _neighbourhood(row: Row) -> District:
    return District(
        name=row["name"], municipality_id=row["municipality_code"], kind=District.Kind.NEIGHBOURHOOD
    )


def _street(row: Row) -> Street:
    return Street(name=row["name"], municipality_id=row["municipality_code"])


def _holiday(row: Row) -> Holiday:
    return Holiday(date=row["date"], name=row["name"])


def _topic(row: Row) -> Topic:
    fields: dict[str, Any] = {name: row[name] for name in ("slug", "label", "kind", "group", "upl_uri")}
    return Topic(**fields)


def _many(text: str) -> list[str]:
    return [each for each in text.split(";") if each]

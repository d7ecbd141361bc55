"""Loading a newer official list: municipalities, districts, or the addresses of the whole country."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from ..models import District, Municipality, NationalList, Place, Postcode, Street
from ..rules.lists import (
    ADDRESSES,
    DISTRICTS,
    MUNICIPALITIES,
    Form,
    district_code,
    district_name,
    four_digits,
    municipality_code,
)

T = TypeVar("T")
Fields = dict[str, str]
BATCH = 5000


def load_list(form: Form, rows: Iterable[Fields], *, at: datetime, using: str) -> dict[str, int]:
    """Add what the list knows and we did not; returns how many rows were new, and how many were left out.

    Twice is once. Nothing disappears: conversations may refer to it. Runs as the owner, in one transaction.
    """
    with transaction.atomic(using=using):
        loaded = _LOADERS[form.name](rows, using)
        NationalList.objects.using(using).update_or_create(form=form.name, defaults={"loaded_at": at})
    return loaded


def _municipalities(rows: Iterable[Fields], using: str) -> dict[str, int]:
    known = Municipality.objects.using(using).in_bulk()
    added = changed = skipped = 0
    for row in rows:
        code = municipality_code(row["code"])
        if not code or not row["name"]:
            skipped += 1
        elif code not in known:
            _found(code, row, using)
            added += 1
        elif known[code].official_name != row["name"]:
            Municipality.objects.using(using).filter(code=code).update(official_name=row["name"])
            changed += 1
    return {"added": added, "changed": changed, "skipped": skipped}


def _found(code: str, row: Fields, using: str) -> None:
    """A municipality that is new; its domain and nicknames an administrator adds in municipalities.csv."""
    name = row["name"].partition(" (")[0]
    Municipality.objects.using(using).create(
        code=code,
        name=name,
        official_name=row["name"],
        slug=_free_slug(row["name"], using),
        province=row["province"],
        tooi_uri=f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}",
    )


def _free_slug(name: str, using: str) -> str:
    slug = slugify(name)
    taken = Municipality.objects.using(using).filter(slug=slug).exists()
    return f"{slug}-nieuw" if taken else slug


def _districts(rows: Iterable[Fields], using: str) -> dict[str, int]:
    codes = set(Municipality.objects.using(using).values_list("code", flat=True))
    before = District.objects.using(using).count()
    skipped = 0
    for batch in _batches(rows):
        found = [(district_name(row["name"]), district_code(row["code"])) for row in batch]
        good = {(name, code) for name, code in found if name and code in codes}
        skipped += sum(code not in codes or not name for name, code in found)
        _add(
            District,
            (
                District(name=name, municipality_id=code, kind=District.Kind.NEIGHBOURHOOD)
                for name, code in sorted(good)
            ),
            using,
        )
    return {"added": District.objects.using(using).count() - before, "skipped": skipped}


def _addresses(rows: Iterable[Fields], using: str) -> dict[str, int]:
    """Streets, places and postcodes; millions of addresses in batches, each name stored once."""
    register = _Register(using)
    before = Street.objects.using(using).count()
    for batch in _batches(rows):
        register.take(batch)
    register.add_postcodes()
    return {"added": Street.objects.using(using).count() - before, "skipped": register.skipped}


class _Register:
    """What was read of the address register so far."""

    def __init__(self, using: str) -> None:
        self.skipped = 0
        self._using = using
        towns = Municipality.objects.using(using).all()
        self._codes = {
            name: town.code for town in towns for name in (town.name, town.official_name, town.code)
        }
        same = [town.name for town in towns]
        for name in {name for name in same if same.count(name) > 1}:
            del self._codes[name]
        self._seen: set[tuple[str, str, str]] = set()
        self._postcodes: dict[str, dict[str, int]] = {}

    def take(self, batch: list[Fields]) -> None:
        streets, places = set(), set()
        for row in batch:
            named = row["municipality"]
            code = self._codes.get(municipality_code(named) or named)
            if not code or not row["street"]:
                self.skipped += 1
                continue
            self._count(four_digits(row["postcode"]), code)
            streets.update(self._unseen("street", row["street"], code))
            places.update(self._unseen("place", row["place"], code))
        _add(Street, (Street(name=name, municipality_id=code) for name, code in sorted(streets)), self._using)
        _add(Place, (Place(name=name, municipality_id=code) for name, code in sorted(places)), self._using)

    def _unseen(self, kind: str, name: str, code: str) -> list[tuple[str, str]]:
        if not name or (kind, name, code) in self._seen:
            return []
        self._seen.add((kind, name, code))
        return [(name, code)]

    def _count(self, digits: str, code: str) -> None:
        if digits:
            counts = self._postcodes.setdefault(digits, {})
            counts[code] = counts.get(code, 0) + 1

    def add_postcodes(self) -> None:
        """The municipality with most addresses first."""
        Postcode.objects.using(self._using).bulk_create(
            [
                Postcode(
                    digits=digits, municipality_codes=sorted(counts, key=lambda code: (-counts[code], code))
                )
                for digits, counts in sorted(self._postcodes.items())
            ],
            batch_size=BATCH,
            update_conflicts=True,
            update_fields=["municipality_codes"],
            unique_fields=["digits"],
        )


def _add(model: type[models.Model], rows: Iterator[models.Model], using: str) -> None:
    model._default_manager.using(using).bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


_LOADERS: dict[str, Callable[[Iterable[Fields], str], dict[str, int]]] = {
    MUNICIPALITIES: _municipalities,
    DISTRICTS: _districts,
    ADDRESSES: _addresses,
}

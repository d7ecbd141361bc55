"""What we know of the country when an administrator loaded a newer list than came with the program."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from mijngemeente.reference.models import (
    District,
    FormerMunicipality,
    Municipality,
    Place,
    Postcode,
    Street,
)

from .rules.places import Facts, Gazetteer
from .rules.places.facts import Named, Town
from .sources import DATA, facts_from

#: The middle of the country, for a municipality that the files do not place.
MIDDLE = (52.1, 5.3)


@lru_cache(maxsize=1)
def gazetteer_on(day: date, version: str) -> Gazetteer:
    """Everything `locate` knows, by the division of that day; made once per version of the lists."""
    facts = facts_from(DATA)
    return Gazetteer((facts_in_tables(facts) if version else facts).on(day))


def facts_in_tables(shipped: Facts) -> Facts:
    """The tables' municipalities, places, postcodes, districts and streets; of what they lack, the files'."""
    return replace(
        shipped,
        towns=tuple(_towns(shipped)),
        names=(*_names(shipped), *(each for each in shipped.names if each.kind not in IN_TABLES)),
        postcodes={
            digits: tuple(codes)
            for digits, codes in Postcode.objects.values_list("digits", "municipality_codes")
        },
    )


IN_TABLES = frozenset(("place", "former", "district", "neighbourhood", "street"))


def _towns(shipped: Facts) -> Iterator[Town]:
    known = {town.code: town for town in shipped.towns}
    for row in Municipality.objects.all():
        there = known.get(row.code)
        yield Town(
            code=row.code,
            name=row.name,
            official_name=row.official_name,
            province=row.province,
            safety_region=row.safety_region,
            domain=row.domain,
            inhabitants=there.inhabitants if there else 0,
            latitude=there.latitude if there else MIDDLE[0],
            longitude=there.longitude if there else MIDDLE[1],
            other_names=tuple(row.other_names),
            nicknames=tuple(row.nicknames),
            valid_until=row.valid_until,
            merges_into=row.merges_into_id or "",
        )


def _names(shipped: Facts) -> Iterator[Named]:
    base = {each.name: each.base_name for each in shipped.names if each.kind == "place" and each.base_name}
    for name, code, spellings in Place.objects.values_list("name", "municipality_id", "spellings"):
        yield Named(name, (code,), "place", base.get(name, name))
        yield from (Named(each, (code,), "place") for each in spellings)
    for name, codes in FormerMunicipality.objects.values_list("name", "successor_codes"):
        yield Named(name, tuple(codes), "former")
    for name, code, kind in District.objects.values_list("name", "municipality_id", "kind"):
        yield Named(name, (code,), kind)
    for name, code in Street.objects.values_list("name", "municipality_id"):
        yield Named(name, (code,), "street")

"""Finding a municipality as people call it, and the national holidays."""

from collections import defaultdict
from datetime import date
from functools import lru_cache

from django.utils.text import slugify

from .models import Holiday, Municipality, NationalList, Place, Postcode, Topic
from .rules import fit

# More is no answer to "which municipality?".
FOUND_SHOWN = 12
POSTCODE_DIGITS = 4


def find_municipalities(typed: str, on: date) -> list[Municipality]:
    """Municipalities by name, nickname, place or postcode, the best first; at most FOUND_SHOWN."""
    existing = Municipality.objects.existing(on)
    digits = typed.strip()[:POSTCODE_DIGITS]
    if digits.isascii() and digits.isdigit() and len(digits) == POSTCODE_DIGITS:
        known = Postcode.objects.filter(digits=digits).first()
        codes = known.municipality_codes if known else []
        return sorted(existing.filter(code__in=codes), key=lambda each: codes.index(each.code))
    return _by_name(slugify(typed), list(existing))


def _by_name(typed: str, existing: list[Municipality]) -> list[Municipality]:
    places = defaultdict(list)
    for code, name in Place.objects.values_list("municipality_id", "name"):
        places[code].append(slugify(name))
    ranked = []
    for each in existing:
        own = fit(typed, [each.slug, *map(slugify, [*each.other_names, *each.nicknames]), *each.slug_aliases])
        there = fit(typed, places[each.code])
        # A municipality's own name comes before a village of the same name elsewhere.
        ranks = [rank for rank in (own, None if there is None else there + 0.5) if rank is not None]
        if ranks:
            ranked.append((min(ranks), each.slug, each))
    return [each for _, _, each in sorted(ranked, key=lambda row: row[:2])[:FOUND_SHOWN]]


def lists_version() -> str:
    """Changes with each official list that an administrator loads; empty while there is none."""
    latest = NationalList.objects.order_by("-loaded_at").values_list("loaded_at", flat=True).first()
    return latest.isoformat() if latest else ""


@lru_cache(maxsize=1)
def holidays() -> tuple[tuple[date, str], ...]:
    """Every national holiday that we know, by date; read once, as they change with the program only."""
    return tuple(Holiday.objects.values_list("date", "name"))


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Every topic there is, by name; read once, as they change with the program only."""
    return tuple(Topic.objects.all())


def topic_label(slug: str | None) -> str:
    """The name of a topic; empty without one."""
    return _topic_labels().get(slug, slug) if slug else ""


@lru_cache(maxsize=1)
def _topic_labels() -> dict[str, str]:
    return {each.slug: each.label for each in topics()}

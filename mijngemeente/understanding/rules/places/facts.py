"""What we know of the Netherlands before reading a word; filled from data/ or from the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple


class Town(NamedTuple):
    """A municipality."""

    code: str
    name: str
    official_name: str
    province: str
    safety_region: str
    domain: str
    inhabitants: int
    latitude: float
    longitude: float
    other_names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    #: First day without it, and the code of what it is then.
    valid_until: date | None = None
    merges_into: str = ""

    @property
    def full_name(self) -> str:
        """With what tells it from another of the same name: Bergen (L.)."""
        return self.official_name if self.official_name.startswith(f"{self.name} (") else self.name


class Named(NamedTuple):
    """A name and the municipalities it can mean."""

    name: str
    codes: tuple[str, ...]
    #: place, former, district, neighbourhood, street, or a kind of alias as nickname or adjective.
    kind: str
    #: Without what keeps it apart from its namesakes: Hengelo for Hengelo Gld.
    base_name: str = ""
    #: False when the same name is also used elsewhere, in places this table does not list.
    is_only: bool = True


class Region(NamedTuple):
    """A part of the country; one of the three says which municipalities."""

    name: str
    province: str
    safety_region: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a gazetteer is made of."""

    towns: tuple[Town, ...]
    names: tuple[Named, ...]
    #: Four digits → codes, the most common first.
    postcodes: Mapping[str, tuple[str, ...]]
    regions: tuple[Region, ...] = ()
    #: Name → country, adjective or place.
    abroad: Mapping[str, str] = field(default_factory=dict)
    #: Names that say something else too → how: see `context.is_word`.
    words: Mapping[str, str] = field(default_factory=dict)
    #: Dutch words that look like a misspelt place.
    lookalikes: frozenset[str] = frozenset()

    def on(self, day: date) -> "Facts":
        """The division of that day: a municipality that is gone counts as what it became."""
        gone = {town.code: town for town in self.towns if town.valid_until and town.valid_until <= day}
        if not gone:
            return self
        into = {code: town.merges_into for code, town in gone.items()}
        former = tuple(Named(town.name, (into[code],), "former") for code, town in gone.items())
        return replace(
            self,
            towns=tuple(town for town in self.towns if town.code not in gone),
            names=tuple(each._replace(codes=_moved(each.codes, into)) for each in self.names) + former,
            postcodes={digits: _moved(codes, into) for digits, codes in self.postcodes.items()},
        )


def _moved(codes: tuple[str, ...], into: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(into.get(code, code) for code in codes))

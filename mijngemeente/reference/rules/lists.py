"""The official lists that an administrator can load, and how their columns are called.

- Municipalities of CBS (Gemeenten alfabetisch): GemeentecodeGM, Gemeentenaam, Provincienaam.
- Districts and neighbourhoods of CBS: buurtcode and buurtnaam, or wijkcode and wijknaam; a year may follow.
- Addresses of the national register (BAG), as NLExtract writes them: openbareruimte or straatnaam, postcode,
  woonplaats, and gemeente or gemeentecode.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MUNICIPALITIES, DISTRICTS, ADDRESSES = "municipalities", "districts", "addresses"
#: What each list needs: field → the column names it goes by, in lower case without marks or year.
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    MUNICIPALITIES: {
        "code": ("gemeentecodegm", "gemeentecode"),
        "name": ("gemeentenaam",),
        "province": ("provincienaam",),
    },
    DISTRICTS: {
        "code": ("buurtcode", "wijkcode", "buurt", "wijk"),
        "name": ("buurtnaam", "wijknaam"),
    },
    ADDRESSES: {
        "street": ("openbareruimte", "openbareruimtenaam", "straatnaam", "straat"),
        "postcode": ("postcode",),
        "place": ("woonplaats", "woonplaatsnaam"),
        "municipality": ("gemeentecode", "gemeente", "gemeentenaam"),
    },
}
_MARKS = re.compile(r"[^a-z]")
_POSTCODE = re.compile(r"^([1-9]\d{3}) ?[A-Za-z]{2}$|^([1-9]\d{3})$")
#: BU, WK or nothing, then the four digits of the municipality.
_PART = re.compile(r"^(?:BU|WK)?(\d{4})\d{2,4}$")
_CODE = re.compile(r"^(?:GM)?(\d{1,4})$")
_NUMBERED = re.compile(r"^Wijk \d+\s+")


@dataclass(frozen=True)
class Form:
    """A recognised list: which of its columns is which field."""

    name: str
    columns: Mapping[str, str]

    def read(self, row: Mapping[str, str | None]) -> dict[str, str]:
        """The fields of a row, without spaces around them."""
        return {field: (row.get(column) or "").strip() for field, column in self.columns.items()}


def form_of(header: list[str]) -> Form | None:
    """Which list has these columns; None for one we do not know."""
    known = {_MARKS.sub("", column.lower()): column for column in reversed(header)}
    for name, fields in FORMS.items():
        found = {
            field: next((known[each] for each in names if each in known), "")
            for field, names in fields.items()
        }
        if all(found.values()) and len(set(found.values())) == len(found):
            return Form(name, found)
    return None


def municipality_code(text: str) -> str:
    """GM0855 for GM0855, 0855 or 855; empty for a name."""
    digits = _CODE.match(text.strip())
    return f"GM{int(digits[1]):04d}" if digits else ""


def district_code(text: str) -> str:
    """The municipality in the code of a district: GM0855 for BU08550102; empty if it is none."""
    digits = _PART.match(text.strip())
    return f"GM{digits[1]}" if digits else ""


def district_name(text: str) -> str:
    """Without the number that some municipalities put before it: "Wijk 03 Reeshof"."""
    return _NUMBERED.sub("", text.strip())


def four_digits(text: str) -> str:
    """1234 for 1234 AB; empty for what is no postcode."""
    found = _POSTCODE.match(text.strip())
    return (found[1] or found[2]) if found else ""

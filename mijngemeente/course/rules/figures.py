"""Figures that the maker of a sheet can choose: live while it is written, frozen when it is printed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: Figures tell of so many days up to and including today.
DAYS = 90

#: Key → what is counted, as it stands on the sheet.
NAMES: Mapping[str, str] = {
    "mark": "Gemiddeld cijfer van inwoners",
    "net": "Netto tevredenheid",
    "reaction": "Middelste eerste reactie",
    "in_norm": "Eerste reactie binnen de norm",
    "at_once": "In één keer klaar",
    "volume": "Nieuwe gesprekken",
    "plot_crucial": "Cruciale rollen ingevuld",
    "plot_gap": "Tekort volgens de teamplot",
}
_CHOICE = "figures."


@dataclass(frozen=True)
class Figure:
    """One figure with its date."""

    key: str
    value: str
    #: For a line through time; None for words.
    number: float | None
    definition: str
    #: As read: "24 augustus t/m 22 november 2026".
    period: str
    #: ISO day on which it was counted.
    on: str

    @property
    def name(self) -> str:
        return NAMES[self.key]

    @property
    def sentence(self) -> str:
        """On paper, where it stands in a text."""
        return f"{self.name}: {self.value} ({self.period})."


def choice_field(key: str) -> str:
    """How a form calls the choice for a figure."""
    return f"{_CHOICE}{key}"


def chosen(fields: Mapping[str, str], figures: Iterable[Figure]) -> list[Figure]:
    """Those that the maker wants on the sheet."""
    return [each for each in figures if fields.get(choice_field(each.key))]


def frozen(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """As a version keeps them."""
    return [asdict(each) for each in figures]


def thawed(kept: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """What a version kept; a figure that we no longer know is left out."""
    return [Figure(**each) for each in kept if each["key"] in NAMES]

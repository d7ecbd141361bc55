"""The report card as the page shows it: headings, sentences and tables, in words that need no training."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: What `make train` writes → what a manager reads.
PLAIN: Mapping[str, str] = {
    "dit model": "dit programma",
    "ondergrens": "eenvoudige methode",
    "macro-F1": "elk onderwerp telt even zwaar",
    "kans zit ernaast": "zo ver zit de kans ernaast",
    "is zo": "is echt zo",
    "gevonden": "daarvan gevonden",
    "klopt van wat gezegd werd": "klopt als het dat zegt",
}
#: A word of the card → what it means, with the name that people of the trade know.
MEANINGS: Mapping[str, str] = {
    "ondergrens": "De eenvoudige methode is die van Signalen, een ander programma voor gemeenten"
    " (woordstammen, woordgewichten, logistische regressie). Zij leerde van dezelfde teksten.",
    "macro-F1": "Elk onderwerp telt even zwaar: een zeldzaam onderwerp weegt mee als een gewoon onderwerp"
    " (macro-F1).",
    "kans zit ernaast": "Zo ver zit de kans ernaast: het verschil tussen hoe zeker het programma is en hoe"
    " vaak het klopt (kalibratiefout).",
    "gevonden": "Daarvan gevonden: van de teksten waarbij het echt zo is, ziet het programma dit deel"
    " (recall).",
    "klopt van wat gezegd werd": "Klopt als het dat zegt: van wat het programma zo noemt, is dit deel echt zo"
    " (precisie).",
}
#: Sentences that the meanings say better.
_OF_THE_TRADE = re.compile(r"De ondergrens is het recept van Signalen[^.]*\.")
_SHARE = re.compile(r"(\d+)\.(\d+)%")


@dataclass(frozen=True)
class Section:
    """What stands under one heading."""

    title: str
    text: str = ""
    columns: list[str] = field(default_factory=list)
    #: Each cell with its column.
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    #: What its words mean.
    meanings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """All of it, with which version it is about."""

    title: str
    sections: list[Section]


def card_in(text: str, names: Mapping[str, str]) -> Card:
    """Read what `make train` writes; a cell that is a topic's slug gets its name."""
    head, *parts = text.split("\n## ")
    title = head.strip().split("\n", 1)[0].lstrip("# ").replace(" van het verstaan, versie", " van versie")
    return Card(title, [_section(each, names) for each in parts])


def _section(part: str, names: Mapping[str, str]) -> Section:
    title, _, body = part.partition("\n")
    lines = [line.strip() for line in body.splitlines()]
    table = list(_table(lines))
    said = {cell for row in table for cell in row}
    text = " ".join(line for line in lines if line and not line.startswith("|"))
    columns, *rows = [[_plain(each, names) for each in row] for row in table] or [[]]
    return Section(
        title.strip(),
        _dutch(_OF_THE_TRADE.sub("", text).strip()),
        columns,
        [list(zip(columns, row, strict=True)) for row in rows if len(row) == len(columns)],
        [meaning for word, meaning in MEANINGS.items() if word in said],
    )


def _table(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        cells = [each.strip() for each in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not all(set(each) <= {"-", ":"} and each for each in cells):
            yield cells


def _plain(cell: str, names: Mapping[str, str]) -> str:
    return _dutch(names.get(cell) or PLAIN.get(cell, cell))


def _dutch(text: str) -> str:
    """79,3%: with a comma."""
    return _SHARE.sub(r"\1,\2%", text)

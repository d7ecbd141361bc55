"""The report card as the page shows it: its headings, sentences and tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """What stands under one heading."""

    title: str
    text: str = ""
    columns: list[str] = field(default_factory=list)
    #: Each as long as the columns.
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """All of it, with which model it is about."""

    title: str
    sections: list[Section]


def card_in(text: str, names: Mapping[str, str]) -> Card:
    """Read what `make train` writes; a cell that is a topic's slug gets its name."""
    head, *parts = text.split("\n## ")
    return Card(head.strip().split("\n", 1)[0].lstrip("# "), [_section(each, names) for each in parts])


def _section(part: str, names: Mapping[str, str]) -> Section:
    title, _, body = part.partition("\n")
    lines = [line.strip() for line in body.splitlines()]
    table = list(_table(lines, names))
    text = " ".join(line for line in lines if line and not line.startswith("|"))
    columns, rows = (table[0], table[1:]) if table else ([], [])
    return Section(title.strip(), text, columns, [row for row in rows if len(row) == len(columns)])


def _table(lines: list[str], names: Mapping[str, str]) -> Iterator[list[str]]:
    for line in lines:
        cells = [each.strip() for each in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not all(set(each) <= {"-", ":"} and each for each in cells):
            yield [names.get(each, each) for each in cells]

"""The report of a month on paper: an accessible PDF (PDF/UA-1)."""

import json
from pathlib import Path
from typing import Any

from . import pictures
from .queries.tables import Line, Table
from .rules import EXCLUDED, NET, REACTIONS, SHARES, Period, Reaction, Share, month_words, percent, signed

#: So much of a long table stands on paper; the CSV has all of it.
LINES, BARS = 15, 6

TEMPLATE = Path(__file__).parent / "report.typ"


def report(*, organisation: str, month: Period, total: Line, tables: list[Table]) -> bytes:
    """One organisation's month. Raises nothing for an empty one: then it says so."""
    import typst  # only where paper is made: it holds 6 MB

    told = {
        "organisation": organisation,
        "month": month_words(month.first),
        "period": month.words,
        "facts": _facts(total),
        "reactions": [[REACTIONS[each], total.reactions[each]] for each in Reaction],
        "soon": pictures.reactions(total.reactions).sentence,
        "tables": [_table(each, total) for each in tables],
        "notes": [
            EXCLUDED,
            NET,
            *(f"{each.name.capitalize()}: {each.definition}" for each in SHARES.values()),
        ],
    }
    made: bytes = typst.compile(
        TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs={"told": json.dumps(told)}
    )
    return made


def _table(table: Table, total: Line) -> dict[str, Any]:
    """The lines, and the longest of them as bars."""
    most = max(table.lines, key=lambda each: each.total, default=total)
    return {
        "name": table.name,
        "lines": [_cells(each) for each in table.lines[:LINES]],
        "bars": [[each.name.capitalize(), each.total] for each in table.lines[:BARS]],
        "most": f"De meeste gesprekken: {most.name}, {most.total} van {total.total}.",
    }


def _facts(total: Line) -> list[list[str]]:
    shares = [[SHARES[each].name.capitalize(), _share(total.shares[each], total)] for each in Share]
    return [
        ["Nieuwe gesprekken", str(total.total)],
        *shares,
        ["Middelste eerste reactie", total.median_reaction],
        ["Negen van de tien binnen", total.slow_reaction],
        ["Netto tevredenheid", _net(total)],
    ]


def _cells(line: Line) -> list[str]:
    return [
        line.name.capitalize(),
        str(line.total),
        _share(line.shares[Share.ANSWERED], line),
        _share(line.shares[Share.IN_NORM], line),
        line.median_reaction,
        _net(line),
    ]


def _share(count: int, line: Line) -> str:
    share = percent(count, line.total)
    return "–" if share is None else f"{share}%"


def _net(line: Line) -> str:
    if line.net is None:
        return "–"
    return f"{signed(line.net)} ({line.rated} {'cijfer' if line.rated == 1 else 'cijfers'})"

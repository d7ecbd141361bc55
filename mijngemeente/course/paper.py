"""The course on paper: an accessible PDF (PDF/UA-1) of one A4."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from mijngemeente.platform.errors import Refused

from .rules.figures import Figure
from .rules.fitting import Fit, Measured, fit_of
from .rules.sheet import KEPT_CHARACTERS, LISTS, Sheet

TEMPLATE = Path(__file__).parent / "course.typ"
_SCREEN_PPI = 110
#: What a page of the template holds, in points: A4 without its margins.
_PAGE_POINTS = (297 - 2 * 15) / 25.4 * 72


class Variant(StrEnum):
    """For whom the sheet is."""

    BOARD = "koers"
    #: For the budget: what is asked, what it yields, what happens otherwise.
    BUDGET_NOTE = "kadernota"


class DoesNotFit(Refused):
    """Het past niet op één blad."""


def pdf(sheet: Sheet, variant: Variant, figures: Sequence[Figure] = ()) -> bytes:
    """The sheet, of exactly one page. Raises DoesNotFit."""
    import typst  # only where paper is made: it holds 6 MB

    found = fit(sheet, variant, figures)
    if not found.fits:
        raise DoesNotFit(f"Er is nog geen PDF. {found.words} {found.advice}")
    made: bytes = typst.compile(
        TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs=_inputs(sheet, variant, figures)
    )
    return made


def picture(sheet: Sheet, variant: Variant, figures: Sequence[Figure] = ()) -> bytes:
    """The first page as PNG."""
    import typst  # only where paper is made: it holds 6 MB

    inputs = _inputs(sheet, variant, figures)
    made: bytes | list[bytes] = typst.compile(TEMPLATE, format="png", ppi=_SCREEN_PPI, sys_inputs=inputs)
    return made if isinstance(made, bytes) else made[0]


def fit(sheet: Sheet, variant: Variant, figures: Sequence[Figure] = ()) -> Fit:
    """How it lies on the paper; the promise is one page."""
    import typst  # only where paper is made: it holds 6 MB

    inputs = _inputs(sheet, variant, figures)
    marks = json.loads(typst.query(TEMPLATE, "<mark>", field="value", sys_inputs=inputs))
    *edges, (_, _, pages, end) = marks
    begins = {label: _height(page, y) for label, edge, page, y in edges if edge == "begin"}
    ends = {label: _height(page, y) for label, edge, page, y in edges if edge == "end"}
    parts = [Measured(label, begins[label], ends[label]) for label in begins]
    return fit_of(pages, _PAGE_POINTS, _height(pages, end), parts)


def _height(page: int, y: float) -> float:
    """Points from the top of the first page's text."""
    return (page - 1) * _PAGE_POINTS + y


def _inputs(sheet: Sheet, variant: Variant, figures: Sequence[Figure]) -> dict[str, str]:
    told = {
        **{name: text[:KEPT_CHARACTERS] for name, text in sheet.fields.items()},
        **{name: sheet.points(name) for name in LISTS},
        "actions": [[each.what, each.owner or "–", each.quarter or "–"] for each in sheet.actions],
        "figures": [
            {"name": each.name, "value": each.value, "period": each.period, "definition": each.definition}
            for each in figures
            if each.key != "plot_gap" or variant is Variant.BOARD
        ],
        "plot": next((each.sentence for each in figures if each.key == "plot_gap"), ""),
    }
    return {"told": json.dumps(told), "variant": variant.value}

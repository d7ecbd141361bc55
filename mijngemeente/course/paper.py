"""The course on paper: an accessible PDF (PDF/UA-1) of one A4."""

import json
from enum import StrEnum
from pathlib import Path

import typst

from .rules import Course

TEMPLATE = Path(__file__).parent / "course.typ"
# Enough to count pages with.
_COARSE_PPI = 20
_SCREEN_PPI = 110


class Variant(StrEnum):
    """For whom the sheet is."""

    BOARD = "koers"
    #: For the budget: what is asked, what it yields, what happens otherwise.
    BUDGET_NOTE = "kadernota"


def pdf(course: Course, variant: Variant) -> bytes:
    """The sheet; more pages where it does not fit, see `pages`."""
    made: bytes = typst.compile(
        TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs=_inputs(course, variant)
    )
    return made


def pages(course: Course, variant: Variant) -> int:
    """On how many pages it fits; the promise is one."""
    return len(_pictures(course, variant, _COARSE_PPI))


def picture(course: Course, variant: Variant) -> bytes:
    """The first page as PNG."""
    return _pictures(course, variant, _SCREEN_PPI)[0]


def _pictures(course: Course, variant: Variant, ppi: int) -> list[bytes]:
    made: object = typst.compile(TEMPLATE, format="png", ppi=ppi, sys_inputs=_inputs(course, variant))
    return [made] if isinstance(made, bytes) else list(made)  # type: ignore[call-overload]


def _inputs(course: Course, variant: Variant) -> dict[str, str]:
    lists = ("why", "obstacles", "pillars", "yields", "otherwise")
    told = {
        **course.fields,
        **{name: course.points(name) for name in lists},
        "actions": [[each.what, each.owner or "–", each.quarter or "–"] for each in course.actions],
    }
    return {"told": json.dumps(told), "variant": variant.value}

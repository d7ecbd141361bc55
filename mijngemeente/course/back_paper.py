"""A look back on paper: an accessible PDF (PDF/UA-1)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from mijngemeente.reference.rules.calendar import day_words

from .models import CourseVersion
from .rules.progress import shown
from .rules.sheet import sheet_in

TEMPLATE = Path(__file__).parent / "look_back.typ"


def pdf(title: str, promised: CourseVersion, today: str, back: Mapping[str, Any]) -> bytes:
    """Of one page, or more where much was promised."""
    import typst  # only where paper is made: it holds 6 MB

    made: bytes = typst.compile(
        TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs=_inputs(title, promised, today, back)
    )
    return made


def _inputs(title: str, promised: CourseVersion, today: str, back: Mapping[str, Any]) -> dict[str, str]:
    line = back["line"]
    told = {
        "title": title,
        "name": promised.name,
        "then": day_words(promised.kept_on),
        "today": today,
        "goal": sheet_in(promised.fields).fields["goal"],
        "told": back["told"],
        "outcomes": [[each.what, each.owner or "–", each.words, each.note] for each in back["outcomes"]],
        "figures": [[each.name, each.then, each.now] for each in back["figures"]],
        "picture": render_to_string("course/_line.svg", dict(back)) if line else "",
        "sentence": line.sentence if line else "",
        "points": [[day_words(each.on), shown(each.value), each.source] for each in back["points"]],
        "learned": back["learned"],
    }
    return {"told": json.dumps(told)}

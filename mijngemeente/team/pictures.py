"""The plot as a picture and as paper."""

import json
from datetime import date
from pathlib import Path
from typing import Literal

import typst
from django.template.loader import render_to_string

from mijngemeente.reference.rules.calendar import MONTHS

from .rules.library import Library
from .rules.plot import Plot
from .rules.result import Result
from .rules.rings import STATUS_WORDS, rings

TEMPLATE = Path(__file__).parent / "plot.typ"
FOOTER = (
    "De nummers staan bij de namen in de lijst. De regels en een deel van de rollen zijn een aanvulling"
    " van MijnGemeente."
)


def day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def svg(plot: Plot, result: Result, library: Library) -> str:
    """The rings as an SVG of its own."""
    people = "1 persoon" if len(plot.people) == 1 else f"{len(plot.people)} mensen"
    return render_to_string(
        "team/plot.svg",
        {
            "title": plot.title,
            "subtitle": f"{day_words(plot.on)} · {people}",
            "result": result,
            "rings": rings(plot, result, library.extended(plot.own_roles, plot.own_tasks)),
            "footer": FOOTER,
        },
    )


def paper(
    plot: Plot,
    result: Result,
    library: Library,
    *,
    size: Literal["a3", "a4"] = "a4",
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The picture on paper lying down, and behind it the same in words; accessible (PDF/UA-1).

    As PNG only the picture.
    """
    inputs = {
        "svg": svg(plot, result, library),
        "paper": size,
        "told": json.dumps(_told(plot, result, library) | {"only_picture": kind == "png"}),
    }
    if kind == "png":
        picture: bytes = typst.compile(TEMPLATE, format="png", ppi=150, sys_inputs=inputs)
        return picture
    sheets: bytes = typst.compile(TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
    return sheets


def _told(plot: Plot, result: Result, library: Library) -> dict[str, object]:
    whole = library.extended(plot.own_roles, plot.own_tasks)
    return {
        "title": plot.title,
        "sentence": rings(plot, result, whole).sentence,
        "roles": _role_rows(plot, result),
        "people": [
            [str(number), each.name, each.department or "–", _fte(each.hours)]
            for number, each in enumerate(plot.people, start=1)
        ],
        "tasks": _task_rows(result, whole),
        "footer": FOOTER,
    }


def _role_rows(plot: Plot, result: Result) -> list[list[str]]:
    names = {each.id: f"{number} {each.name}" for number, each in enumerate(plot.people, start=1)}
    return [
        [
            each.name,
            STATUS_WORDS[each.status].capitalize(),
            _fte(each.have_fte),
            "–" if each.want_fte is None else _fte(each.want_fte),
            ", ".join(names[person] for person in each.people) or "–",
            f"{each.because} {each.note}".strip(),
        ]
        for each in result.roles
    ]


def _task_rows(result: Result, whole: Library) -> list[list[str]]:
    groups = (
        ("Niemand doet dit", result.tasks.orphans),
        ("Eén iemand, zonder achtervang", result.tasks.single),
        ("Meer dan drie, zonder eigenaar", result.tasks.crowded),
    )
    return [[words, ", ".join(whole.tasks[code].name for code in codes)] for words, codes in groups if codes]


def _fte(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".").replace(".", ",")

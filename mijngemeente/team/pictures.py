"""The plot as a picture and as paper."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from django.template.loader import render_to_string

from mijngemeente.reference.rules.calendar import day_words

from . import alongside
from .rules.amounts import amount
from .rules.duties import RULE_WORDS, doings
from .rules.library import Library
from .rules.plot import Choice, Plot
from .rules.result import Result
from .rules.rings import STATUS_WORDS, rings
from .rules.verdicts import CHOICE_WORDS

TEMPLATE = Path(__file__).parent / "plot.typ"
FOOTER = (
    "De nummers staan bij de namen in de lijst. De regels en een deel van de rollen zijn een aanvulling"
    " van MijnGemeente."
)


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
    actions: Sequence[list[str]] = (),
) -> bytes:
    """The picture on paper lying down, then the rest in pictures and words; accessible (PDF/UA-1).

    As PNG only the picture. `actions` are rows: what, kind, who, when, euros.
    """
    import typst  # only where paper is made: it holds 6 MB

    inputs = {
        "svg": svg(plot, result, library),
        "paper": size,
        "told": json.dumps(
            _told(plot, result, library) | {"actions": list(actions), "only_picture": kind == "png"}
        ),
        "beside": json.dumps([] if kind == "png" else _beside(plot, result, library)),
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
            [str(number), each.name, each.department or "–", amount(each.hours)]
            for number, each in enumerate(plot.people, start=1)
        ],
        "tasks": _verdict_rows(result),
        "doings": _doing_rows(plot, result, whole),
        "hours": alongside.capacity_rows(plot, result),
        "footer": FOOTER,
    }


def _verdict_rows(result: Result) -> list[list[str]]:
    return [
        [each.name, RULE_WORDS[each.rule].capitalize(), said_words(each.because, each.choice, each.note)]
        for each in result.verdicts
    ]


def _role_rows(plot: Plot, result: Result) -> list[list[str]]:
    names = {each.id: f"{number} {each.name}" for number, each in enumerate(plot.people, start=1)}
    return [
        [
            each.name,
            STATUS_WORDS[each.status].capitalize(),
            amount(each.have_fte),
            "–" if each.want_fte is None else amount(each.want_fte),
            ", ".join(names[person] for person in each.people) or "–",
            said_words(each.because, each.choice, each.note),
        ]
        for each in result.roles
    ]


def _doing_rows(plot: Plot, result: Result, whole: Library) -> list[list[str]]:
    return [
        [
            each.name,
            ", ".join(each.names) or "–",
            ", ".join(each.owner_names) or "–",
            ", ".join(each.backup_names) or "–",
        ]
        for each in doings(plot, result, whole)
    ]


def _beside(plot: Plot, result: Result, library: Library) -> list[dict[str, str]]:
    """The pictures beside the plot, each for a sheet of its own."""
    told = alongside.sentences(plot, result, library)
    return [
        {"svg": each.svg, "title": title, "told": told[kind]}
        for kind, title in alongside.KINDS.items()
        for each in alongside.pictures_of(kind, plot, result, library)
    ]


def said_words(because: str, choice: Choice, note: str) -> str:
    """The rule that made a verdict, and what the team says of it."""
    words = CHOICE_WORDS[choice]
    said = f"{words}: {note}" if words and note else words or note
    return f"{because} {said}".strip()

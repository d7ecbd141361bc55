"""What the pages of a sheet show, for whoever keeps it in a browser and for an organisation."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

from . import paper
from .rules.figures import Figure, choice_field, chosen
from .rules.merging import Clash
from .rules.sheet import MOST_ACTIONS, PARTS, Part, Sheet, action_field, remarks, sheet_in
from .rules.typing import FIELDS

#: What an action's columns are called, and how much is typed there.
_COLUMNS = {"what": ("Wat", 200), "owner": ("Wie", 60), "quarter": ("Kwartaal", 20)}


@dataclass(frozen=True)
class Field:
    """One thing to type."""

    name: str
    value: str
    #: What somebody else wrote there meanwhile; None when nobody did.
    theirs: str | None = None
    #: Who that is.
    writer: str = ""

    @property
    def id(self) -> str:
        """Usable in HTML."""
        return self.name.replace(".", "-")


def undecided_in(typed: Mapping[str, str], now: Mapping[str, str]) -> tuple[Clash, ...]:
    """What clashed before, and still waits for a choice."""
    return tuple(Clash(field, now.get(field, ""), typed[field]) for field in FIELDS if _waits(field, typed))


def decided_in(typed: Mapping[str, str]) -> dict[str, str]:
    """The form without what still waits for a choice, and without what a colleague's text was chosen over."""
    left = {field for field in FIELDS if _waits(field, typed) or typed.get(f"choice.{field}") == "theirs"}
    return {name: text for name, text in typed.items() if name not in left}


def _waits(field: str, typed: Mapping[str, str]) -> bool:
    was_asked = f"clash.{field}" in typed and field in typed
    return was_asked and typed.get(f"choice.{field}") not in ("mine", "theirs")


def form_of(
    typed: Mapping[str, str], clashes: Sequence[Clash] = (), writers: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """The fields as they were typed, with what clashes and `writers`: by field, who wrote that."""
    theirs = {each.field: each.theirs for each in clashes}

    def field(name: str) -> Field:
        return Field(name, typed.get(name, ""), theirs.get(name), writers.get(name, ""))

    return {
        "parts": [_part(part, field(part.name)) for part in PARTS],
        "actions": [
            {
                "number": place + 1,
                "columns": [
                    {"field": field(action_field(place, part)), "label": _COLUMNS[part][0], "most": most}
                    for part, (_, most) in _COLUMNS.items()
                ],
            }
            for place in range(MOST_ACTIONS)
        ],
    }


def elsewhere(
    typed: Mapping[str, str], clashes: Sequence[Clash], writers: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What clashes of fields that are typed on another page than the sheet."""
    on_sheet = {each.name for each in PARTS} | {
        action_field(place, part) for place in range(MOST_ACTIONS) for part in _COLUMNS
    }
    return [
        {
            "label": FIELDS[each.field],
            "field": Field(each.field, typed.get(each.field, ""), each.theirs, writers.get(each.field, "")),
        }
        for each in clashes
        if each.field not in on_sheet
    ]


def _part(part: Part, field: Field) -> dict[str, Any]:
    return {"part": part, "field": field}


def choices_of(typed: Mapping[str, str], figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Figures to choose from."""
    names = [(each, choice_field(each.key)) for each in figures]
    return [{"figure": each, "name": name, "is_chosen": bool(typed.get(name))} for each, name in names]


def fits_of(typed: Mapping[str, str], figures: Sequence[Figure] = ()) -> dict[str, Any]:
    """How the A4 and the kadernota lie on the paper; without a goal there is none."""
    sheet, told = sheet_in(typed), chosen(typed, figures)
    if not sheet.fields["goal"]:
        return {"fit": None, "note_fit": None}
    board, note = paper.Variant.BOARD, paper.Variant.BUDGET_NOTE
    return {"fit": paper.fit(sheet, board, told), "note_fit": paper.fit(sheet, note, told)}


def paper_of(typed: Mapping[str, str], figures: Sequence[Figure] = ()) -> dict[str, Any]:
    """How the sheet lies on the paper, how it looks, and what is not right about it."""
    sheet, told = sheet_in(typed), chosen(typed, figures)
    goal = sheet.fields["goal"]
    picture = paper.picture(sheet, paper.Variant.BOARD, told) if goal else b""
    return {
        **fits_of(typed, figures),
        "goal": goal,
        "remarks": remarks(sheet),
        "picture": base64.b64encode(picture).decode(),
    }


def printed(
    fields: Mapping[str, str], variant: paper.Variant, figures: Sequence[Figure] = ()
) -> HttpResponse:
    """The sheet as PDF. Raises paper.DoesNotFit."""
    sheet = sheet_in(fields)
    made = paper.pdf(sheet, variant, chosen(fields, figures))
    return downloaded(made, _name_of(sheet, variant))


def _name_of(sheet: Sheet, variant: paper.Variant) -> str:
    return f"{slugify(sheet.fields['title']) or 'koers'}-{variant.value}"


def downloaded(made: bytes, name: str) -> HttpResponse:
    """A PDF to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)

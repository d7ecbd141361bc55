"""What the page of each step shows, for whoever keeps a plot in a file and for an organisation."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from . import alongside, pictures, sheets
from .library import library_of, national
from .models import TeamPlot
from .rules.amounts import euros, shown
from .rules.bars import capacities
from .rules.comparing import changes
from .rules.documents import LONGEST_CHARACTERS, Document, are_people, rows_in
from .rules.duties import RULE_WORDS
from .rules.findings import result_of
from .rules.library import Library
from .rules.plot import PART_WORDS, WANT_WORDS
from .rules.proposals import KINDS, Proposal, role_proposals, verdict_proposals
from .rules.reading import Problem, read
from .rules.result import Result, RoleResult, Status
from .rules.rings import STATUS_WORDS
from .rules.rows import Incoming, UnreadableRows, incoming, joined
from .rules.steps import STEPS, Step, next_of, previous_of
from .rules.storable import loaded
from .rules.together import Lost, about_place, words_of
from .rules.verdicts import CHOICE_WORDS
from .spreadsheets import LARGEST_BYTES, rows_of

#: Fields of one page have a limit; more people have more pages.
PEOPLE_AT_ONCE = 50
PARTS = (("", "niet"), *((each.value, words) for each, words in PART_WORDS.items()))
WANTS = (
    ("", "Zoals gebruikelijk"),
    *((each.value, words.capitalize()) for each, words in WANT_WORDS.items()),
)
CHOICES = tuple((each.value, words or "Nog bespreken") for each, words in CHOICE_WORDS.items())
FILES = (
    ("json", "Bewaar de plot"),
    ("a4", "PDF op A4"),
    ("a3", "PDF op A3"),
    ("png", "Plaatje (PNG)"),
    ("svg", "Plaatje (SVG)"),
)


def context_of(document: Document, step: Step, place: int) -> dict[str, Any]:
    """What the page of a step shows; `place` is the person or the row that it begins with."""
    known = library_of(document)
    found = read(document, known, timezone.localdate())
    sheet = sheets.Sheet.of(document, found, known)
    people = document.get("people") or []
    return {
        "step": step,
        "steps": STEPS,
        "number": STEPS.index(step) + 1,
        "next": next_of(step),
        "previous": previous_of(step),
        "title": found.plot.title,
        "people": people,
        "parts": PARTS,
        "wants": WANTS,
        "kinds": KINDS,
        "files": FILES,
        "problems": [_told(each, people, sheet.library) for each in found.problems if each.where != "people"],
        **_content(sheet, step, place),
    }


def _told(problem: Problem, people: list[Any], library: Library) -> str:
    """What is not right, and with whom or where."""
    section, _, rest = problem.where.partition(".")
    place = rest.partition(".")[0]
    if section == "people" and place.isdigit():
        name = people[int(place)].get("name") if int(place) < len(people) else ""
        return f"{name or f'Rij {int(place) + 1}'}: {problem.sentence}"
    about = about_place(problem.where, library)
    return f"{about[:1].upper()}{about[1:]}: {problem.sentence}" if about else problem.sentence


def _content(sheet: sheets.Sheet, step: Step, place: int) -> dict[str, Any]:
    """What only this step shows."""
    if step.is_per_person:
        return _person_content(sheet, step, place)
    if step.name == "people":
        return _people_content(sheet, place)
    if step.name == "wanted":
        return {
            "lines": sheets.wanted_lines(sheet),
            "salary": sheet.field("salaries.default"),
            "scale_rows": sheets.scale_rows(sheet),
            "scales": sheets.scale_names(sheet),
        }
    if step.name == "actions":
        filled = len(rows_in(sheet.document, "actions"))
        return {"rows": sheets.action_rows(sheet), "filled": filled, "proposals": _proposals(sheet)}
    if step.name in FIELDS:
        fields = {name: sheet.field(name) for name in FIELDS[step.name]}
        newest = national().edition
        return {"fields": fields, "newer": newest if newest > sheet.national.edition else None}
    told = _result_content(sheet)
    more = {"gap": _discussed, "course": _short}.get(step.name)
    return told | more(sheet, told["result"]) if more else told


def _short(sheet: sheets.Sheet, result: Result) -> dict[str, Any]:
    """Roles with fewer hours than wanted, the largest shortage first."""
    rows = [
        {"name": each.name, "gap": shown(each.gap), "euros": euros(each.euros)}
        for each in capacities(sheet.plot, result)
        if each.gap
    ]
    return {"short": rows}


def _proposals(sheet: sheets.Sheet) -> tuple[list[Proposal], list[Proposal]]:
    """What could be done, for roles and for the rest, without what stands in the plot already."""
    taken = {each.get("what") for each in rows_in(sheet.document, "actions")}
    result = result_of(sheet.plot, sheet.national)
    for_roles, rest = role_proposals(result.roles), verdict_proposals(result.verdicts)
    return (
        [each for each in for_roles if each.what not in taken],
        [each for each in rest if each.what not in taken],
    )


def _grouped(sheet: sheets.Sheet, result: Result) -> list[tuple[str, list[dict[str, Any]]]]:
    """What stands out beside the roles, by the rule that says so."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in result.verdicts:
        row = {
            "verdict": each,
            "said": CHOICE_WORDS[each.choice],
            "fields": sheets.discussion(sheet, each.about),
        }
        groups.setdefault(RULE_WORDS[each.rule].capitalize(), []).append(row)
    return list(groups.items())


def _discussed(sheet: sheets.Sheet, result: Result) -> dict[str, Any]:
    """The pictures beside the plot, and of each verdict what the team says."""
    names = {each.id: each.name for each in sheet.plot.people}
    return {
        "beside": alongside.told(sheet.plot, result, sheet.national),
        "choices": CHOICES,
        "verdicts": _grouped(sheet, result),
        "roles": [
            _role_row(each, names)
            | {
                "said": CHOICE_WORDS[each.choice],
                "fields": sheets.discussion(sheet, f"role-{each.code}"),
            }
            for each in result.roles
        ],
    }


#: Steps that are a handful of fields.
FIELDS = {
    "scope": ("title", "date", "inhabitants", "week_hours"),
}


def _people_content(sheet: sheets.Sheet, place: int) -> dict[str, Any]:
    rows = sheets.people_rows(sheet)
    start = min(place, len(rows) - 1) // PEOPLE_AT_ONCE * PEOPLE_AT_ONCE
    return {
        "rows": rows[start : start + PEOPLE_AT_ONCE],
        "is_split": len(rows) > PEOPLE_AT_ONCE,
        "earlier": start - PEOPLE_AT_ONCE if start else None,
        "later": start + PEOPLE_AT_ONCE if start + PEOPLE_AT_ONCE < len(rows) else None,
    }


def _person_content(sheet: sheets.Sheet, step: Step, place: int) -> dict[str, Any]:
    people = sheet.document.get("people") or []
    if not people:
        return {"person": None}
    place = min(place, len(people) - 1)
    parts: dict[str, Any] = {
        "place": place,
        "person": people[place],
        "next_person": place + 1 if place + 1 < len(people) else None,
        "others": [(each.get("id"), each.get("name")) for each in people if each is not people[place]],
    }
    if step.name == "tasks":
        return parts | {"groups": sheets.task_groups(sheet, place)}
    if step.name == "roles":
        lines = sheets.role_lines(sheet, place)
        likely = [each for each in lines if each.is_proposed or each.part]
        return parts | {"likely": likely, "unlikely": [each for each in lines if each not in likely]}
    return parts | {"lines": sheets.level_lines(sheet, place)}


def _result_content(sheet: sheets.Sheet) -> dict[str, Any]:
    plot = sheet.plot
    result = result_of(plot, sheet.national)
    return {
        "result": result,
        "fte": {
            "have": shown(result.fte.have),
            "want": shown(result.fte.want),
            "gap": shown(result.fte.gap),
            "euros": euros(result.fte.euros),
        },
        "picture": pictures.svg(plot, result, sheet.national),
    }


def _role_row(role: RoleResult, names: dict[str, str]) -> dict[str, Any]:
    return {
        "role": role,
        "status": STATUS_WORDS[role.status],
        "have": shown(role.have_fte),
        "want": "–" if role.want_fte is None else shown(role.want_fte),
        "people": [names[each] for each in role.people],
        "backups": [names[each] for each in role.backups],
    }


def preview_of(file: "UploadedFile[bytes] | None", document: Document) -> dict[str, Any]:
    """What a spreadsheet would bring to a plot, with everything that is not right about it."""
    known = _known_in(document)
    found, problem = Incoming((), ()), "" if file else "Kies eerst een bestand."
    try:
        found = incoming(rows_of(file.read(LARGEST_BYTES + 1)), known) if file else found
        joined(document, found.people)
    except UnreadableRows as error:
        problem = str(error)
    return {
        "found": found,
        "problem": problem,
        "people": [_person_row(each, known) for each in found.people],
        "incoming": json.dumps(found.people, ensure_ascii=False),
        "is_ready": bool(found.people) and not found.problems and not problem,
    }


def lost_sentence(lost: Sequence[Lost], document: Document, who: str) -> str:
    """What was not taken, for who typed it."""
    known = _known_in(document)
    told = "; ".join(words_of(each, document, known) for each in lost[:5])
    more = f"; en nog {len(lost) - 5}" if len(lost) > 5 else ""
    return (
        f"{who} veranderde dit intussen ook: {told}{more}. Dat van jou is daar niet overgenomen, "
        "de rest wel. Wil je het toch anders, vul het dan opnieuw in."
    )


def _known_in(document: Document) -> Library:
    """The library that the plot was made with, and its own roles and tasks."""
    known = library_of(document)
    plot = read(document, known, timezone.localdate()).plot
    return known.extended(plot.own_roles, plot.own_tasks)


def _person_row(person: Document, known: Library) -> dict[str, Any]:
    return person | {
        "hours": shown(person.get("hours")),
        "task_names": [known.tasks[each["code"]].name for each in person["tasks"]],
        "role_names": [known.roles[each["code"]].name for each in person["roles"]],
    }


def with_people_in(text: str, document: Document) -> Document:
    """The document with the people that a form of ours carries; 404 for what is no form of ours."""
    try:
        people: list[Document] = loaded(text[:LONGEST_CHARACTERS])
        if are_people(people):
            return joined(document, people)
    except ValueError:
        pass
    raise Http404


def comparison(kept: TeamPlot, other_id: str) -> dict[str, Any]:
    """A plot beside a version of it, or beside what it is a what-if of; 404 for another."""
    name, document = _other(kept, other_id)
    then, now = _result(document), _result(kept.document)
    return {
        "other": name,
        "then": then,
        "now": now,
        "fte": {"then": shown(then.fte.have), "now": shown(now.fte.have)},
        "rows": [
            {
                "name": each.name,
                "then": _standing(each.then, each.then_fte),
                "now": _standing(each.now, each.now_fte),
                "words": each.words,
            }
            for each in changes(then, now)
        ],
    }


def _other(kept: TeamPlot, other_id: str) -> tuple[str, Document]:
    try:
        number = UUID(other_id)
    except ValueError:
        raise Http404 from None
    if kept.what_if_of is not None and kept.what_if_of_id == number:
        return kept.what_if_of.title, kept.what_if_of.document
    version = get_object_or_404(kept.versions.all(), id=number)
    return version.name, version.document


def _result(document: Document) -> Result:
    known = library_of(document)
    return result_of(read(document, known, timezone.localdate()).plot, known)


def _standing(status: Status | None, fte: float) -> str:
    return "–" if status is None else f"{STATUS_WORDS[status]}, {shown(fte)} fte"

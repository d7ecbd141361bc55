"""The teamplotter for everybody: a plot lives in the browser and in a file, not with us."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.team import pictures, sheets
from mijngemeente.team.queries import national
from mijngemeente.team.rules.documents import LONGEST_CHARACTERS, Document, begun, with_step, without_person
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.library import Library
from mijngemeente.team.rules.plot import Plot
from mijngemeente.team.rules.reading import LARGEST_BYTES, Problem, Read, UnreadablePlot, document_in, read
from mijngemeente.team.rules.result import Result, RoleResult
from mijngemeente.team.rules.rings import STATUS_WORDS
from mijngemeente.team.rules.rows import Incoming, UnreadableRows, incoming, joined
from mijngemeente.team.rules.steps import STEPS, Step, next_of, previous_of, step_called
from mijngemeente.team.spreadsheets import rows_of

#: Fields of one page have a limit; more people have more pages.
PEOPLE_AT_ONCE = 50
PARTS = (("", "niet"), ("main", "hoofdrol"), ("side", "nevenrol"), ("backup", "achtervang"))
WANTS = (("", "Zoals gebruikelijk"), ("yes", "Ja"), ("no", "Nee"), ("elsewhere", "Ja, maar elders"))
KINDS = ("Opleiden", "Anders verdelen", "Werven", "Samen in de regio", "Inhuren", "Stoppen")
FILES = (
    ("json", "Bewaar de plot"),
    ("a4", "PDF op A4"),
    ("a3", "PDF op A3"),
    ("png", "Plaatje (PNG)"),
    ("svg", "Plaatje (SVG)"),
)
EXAMPLES = {"klein": "28.000 inwoners", "middelgroot": "55.000 inwoners", "groot": "350.000 inwoners"}


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plot, open one from a file, or look at an example."""
    return render(request, "team/begin.html", {"examples": EXAMPLES})


@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """A new plot, an example, or the one in a file."""
    try:
        document = _document_to_open(request)
    except UnreadablePlot as error:
        context = {"examples": EXAMPLES, "problem": str(error)}
        return render(request, "team/begin.html", context, status=422)
    step = step_called("gap" if "example" in request.POST else "scope")
    return _page(request, document, step, 0)


def _document_to_open(request: HttpRequest) -> Document:
    if "example" in request.POST:
        return _example(request.POST["example"])
    file = request.FILES.get("file")
    if file is None:
        return begun(national().edition, timezone.localdate())
    if (file.size or 0) > LARGEST_BYTES:
        raise UnreadablePlot("Dit bestand is te groot. Een teamplot is hooguit 5 MB.")
    return document_in(file.read())


def _example(name: str) -> Document:
    if name not in EXAMPLES:
        raise Http404
    return document_in((settings.DATA / "team" / "examples" / f"{name}.json").read_bytes())


def fill(request: HttpRequest) -> HttpResponse:
    """Take what was typed in one step, and show the step that was asked for."""
    if request.method != "POST":
        return redirect("team:begin")
    document = _carried(request)
    typed = _typed(request)
    if "step" in typed:
        document = with_step(document, step_called(typed["step"]), typed)
    if typed.get("remove", "").isdigit():
        document = without_person(document, int(typed["remove"]))
    name, _, place = typed.get("go", typed.get("step", "")).partition(".")
    return _page(request, document, step_called(name), int(place) if place.isdigit() else 0)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _carried(request: HttpRequest) -> Document:
    """The document that the form carries; a page of ours always has one."""
    text = request.POST.get("document", "")
    try:
        return document_in(text[:LONGEST_CHARACTERS])
    except UnreadablePlot:
        raise Http404 from None


def _page(request: HttpRequest, document: Document, step: Step, place: int) -> HttpResponse:
    whole, found = _read(document)
    sheet = sheets.Sheet.of(document, found)
    people = document.get("people") or []
    context = {
        "step": step,
        "steps": STEPS,
        "number": STEPS.index(step) + 1,
        "next": next_of(step),
        "previous": previous_of(step),
        "document": json.dumps(document, ensure_ascii=False),
        "title": found.plot.title,
        "people": people,
        "parts": PARTS,
        "wants": WANTS,
        "kinds": KINDS,
        "files": FILES,
        "problems": [_told(each, people) for each in found.problems if each.where != "people"],
        **_content(sheet, step, place, found.plot, whole),
    }
    return render(request, "team/fill.html", context)


def _told(problem: Problem, people: list[Any]) -> str:
    """What is not right, and with whom."""
    section, _, rest = problem.where.partition(".")
    place = rest.partition(".")[0]
    if section != "people" or not place.isdigit() or not problem.where.count("."):
        return problem.sentence
    name = people[int(place)].get("name") if int(place) < len(people) else ""
    return f"{name}: {problem.sentence}" if name else problem.sentence


def _read(document: Document) -> tuple[Library, Read]:
    found = read(document, national(), date.today())
    return national().extended(found.plot.own_roles, found.plot.own_tasks), found


def _content(sheet: sheets.Sheet, step: Step, place: int, plot: Plot, whole: Library) -> dict[str, Any]:
    """What only this step shows."""
    if step.is_per_person:
        return _person_content(sheet, step, place, plot, whole)
    if step.name == "people":
        return _people_content(sheet, place)
    if step.name == "wanted":
        return {"lines": sheets.wanted_lines(sheet, plot, whole), "salary": sheet.field("salaries.default")}
    if step.name == "actions":
        return {"rows": sheets.action_rows(sheet)}
    if step.name in FIELDS:
        return {"fields": {name: sheet.field(name) for name in FIELDS[step.name]}}
    return _shown(plot)


#: Steps that are a handful of fields.
FIELDS = {
    "scope": ("title", "date", "inhabitants", "week_hours"),
    "course": ("goal", "why", "obstacles", "pillars", "ask", "yes"),
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


def _person_content(
    sheet: sheets.Sheet, step: Step, place: int, plot: Plot, whole: Library
) -> dict[str, Any]:
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
        return parts | {"groups": sheets.task_groups(sheet, place, whole)}
    if step.name == "roles":
        lines = sheets.role_lines(sheet, place, plot, whole)
        likely = [each for each in lines if each.is_proposed or each.part]
        return parts | {"likely": likely, "unlikely": [each for each in lines if each not in likely]}
    return parts | {"lines": sheets.level_lines(sheet, place, plot, whole)}


def _shown(plot: Plot) -> dict[str, Any]:
    result = result_of(plot, national())
    whole = national().extended(plot.own_roles, plot.own_tasks)
    names = {each.id: each.name for each in plot.people}
    return {
        "result": result,
        "fte": {
            "have": sheets.shown(result.fte.have),
            "want": sheets.shown(result.fte.want),
            "gap": sheets.shown(result.fte.gap),
            "euros": f"{result.fte.euros or 0:,}".replace(",", "."),
        },
        "picture": pictures.svg(plot, result, national()),
        "names": names,
        "tasks": {
            key: [whole.tasks[code].name for code in codes]
            for key, codes in (
                ("orphans", result.tasks.orphans),
                ("single", result.tasks.single),
                ("crowded", result.tasks.crowded),
            )
        },
        "roles": [_role_row(each, names) for each in result.roles],
        "stacking": [names[each] for each in result.people.stacking],
        "ending": [names[each] for each in result.people.ending],
        "gaps": [each for each in result.competencies if each.gap],
        "has_levels": any(each.levels for each in plot.people),
    }


def _role_row(role: RoleResult, names: dict[str, str]) -> dict[str, Any]:
    return {
        "role": role,
        "status": STATUS_WORDS[role.status],
        "have": sheets.shown(role.have_fte),
        "want": "–" if role.want_fte is None else sheets.shown(role.want_fte),
        "people": [names[each] for each in role.people],
        "backups": [names[each] for each in role.backups],
    }


@require_POST
def people_from_file(request: HttpRequest) -> HttpResponse:
    """Look at the people of a spreadsheet; nothing is taken over before somebody says so."""
    document = with_step(_carried(request), step_called("people"), _typed(request))
    file = request.FILES.get("people_file")
    if file is None or (file.size or 0) > LARGEST_BYTES:
        return _page(request, document, step_called("people"), 0)
    try:
        found = incoming(rows_of(file.read()), national())
    except UnreadableRows as error:
        return _preview(request, document, Incoming((), ()), str(error))
    return _preview(request, document, found, "")


def _preview(request: HttpRequest, document: Document, found: Incoming, problem: str) -> HttpResponse:
    context = {
        "document": json.dumps(document, ensure_ascii=False),
        "found": found,
        "problem": problem,
        "people": [_person_row(each) for each in found.people],
        "incoming": json.dumps(found.people, ensure_ascii=False),
        "is_ready": bool(found.people) and not found.problems,
    }
    status = 200 if context["is_ready"] else 422
    return render(request, "team/people_file.html", context, status=status)


def _person_row(person: Document) -> dict[str, Any]:
    known = national()
    return person | {
        "hours": sheets.shown(person.get("hours")),
        "task_names": [known.tasks[each["code"]].name for each in person["tasks"]],
        "role_names": [known.roles[each["code"]].name for each in person["roles"]],
    }


@require_POST
def people_taken_over(request: HttpRequest) -> HttpResponse:
    """Add the people that were looked at."""
    document = _carried(request)
    try:
        people = json.loads(request.POST.get("incoming", "")[:LONGEST_CHARACTERS])
    except ValueError:
        raise Http404 from None
    if not isinstance(people, list) or not all(isinstance(each, dict) for each in people):
        raise Http404
    return _page(request, joined(document, people), step_called("people"), 0)


@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The plot as a file: svg, png, pdf (A4), a3 (PDF), or json for the plot itself."""
    document = _carried(request)
    found = read(document, national(), timezone.localdate())
    result = result_of(found.plot, national())
    content, media, ending = _file(kind, document, found.plot, result)
    name = slugify(found.plot.title) or "teamplot"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=media, headers=headers)


def _file(kind: str, document: Document, plot: Plot, result: Result) -> tuple[bytes | str, str, str]:
    if kind == "svg":
        return pictures.svg(plot, result, national()), "image/svg+xml", "svg"
    if kind == "png":
        return pictures.paper(plot, result, national(), kind="png"), "image/png", "png"
    if kind == "a3":
        return pictures.paper(plot, result, national(), size="a3"), "application/pdf", "pdf"
    if kind == "a4":
        return pictures.paper(plot, result, national()), "application/pdf", "pdf"
    if kind == "json":
        return json.dumps(document, ensure_ascii=False, indent=1), "application/json", "json"
    raise Http404

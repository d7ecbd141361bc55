"""The teamplotter for everybody: a plot lives in the browser and in a file, not with us."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.platform import tallies
from mijngemeente.platform.http import typed_in
from mijngemeente.team.files import downloaded
from mijngemeente.team.library import national
from mijngemeente.team.pages import context_of, preview_of, with_people_in
from mijngemeente.team.queries import homes_of
from mijngemeente.team.rules.documents import (
    LONGEST_CHARACTERS,
    Document,
    begun,
    changed_by,
    fillable,
    place_in,
)
from mijngemeente.team.rules.reading import LARGEST_BYTES, UnreadablePlot
from mijngemeente.team.rules.steps import Step, step_called

#: Two a second from one network: a whole team that fills in, and no more work than that for us.
FORMS = 1_200
EXAMPLES = {"klein": "28.000 inwoners", "middelgroot": "55.000 inwoners", "groot": "350.000 inwoners"}


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plot, open one from a file, or look at an example."""
    return render(request, "team/begin.html", {"examples": EXAMPLES})


@require_POST
@tallies.at_most(FORMS, "plot filled in")
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
    return fillable(file.read(LARGEST_BYTES + 1))


def _example(name: str) -> Document:
    if name not in EXAMPLES:
        raise Http404
    return fillable((settings.DATA / "team" / "examples" / f"{name}.json").read_bytes())


@tallies.at_most(FORMS, "plot filled in")
def fill(request: HttpRequest) -> HttpResponse:
    """Take what was typed in one step, and show the step that was asked for."""
    if request.method != "POST":
        return redirect("team:begin")
    typed = typed_in(request)
    step, place = asked_for(typed)
    return _page(request, changed_by(carried(request), typed), step, place)


def asked_for(typed: dict[str, str]) -> tuple[Step, int]:
    """The step that a button leads to, and the person or row it begins with."""
    name, _, place = typed.get("go", typed.get("step", "")).partition(".")
    return step_called(name), place_in(place) or 0


def carried(request: HttpRequest) -> Document:
    """The document that the form carries; a page of ours always has one."""
    try:
        return fillable(request.POST.get("document", "")[:LONGEST_CHARACTERS])
    except UnreadablePlot:
        raise Http404 from None


def _page(request: HttpRequest, document: Document, step: Step, place: int) -> HttpResponse:
    context = context_of(document, step, place) | {
        "document": json.dumps(document, ensure_ascii=False),
        "homes": homes_of(request.user) if request.user.is_authenticated else [],
    }
    return render(request, "team/fill.html", context)


@require_POST
@tallies.at_most(FORMS, "plot filled in")
def people_from_file(request: HttpRequest) -> HttpResponse:
    """Look at the people of a spreadsheet; nothing is taken over before somebody says so."""
    document = changed_by(carried(request), typed_in(request))
    context = preview_of(request.FILES.get("people_file"), document) | {
        "document": json.dumps(document, ensure_ascii=False),
        "back_url": reverse("team:fill"),
        "take_url": reverse("team:people_taken_over"),
    }
    return render(request, "team/people_file.html", context, status=200 if context["is_ready"] else 422)


@require_POST
@tallies.at_most(FORMS, "plot filled in")
def people_taken_over(request: HttpRequest) -> HttpResponse:
    """Add the people that were looked at."""
    document = with_people_in(request.POST.get("incoming", ""), carried(request))
    return _page(request, document, step_called("people"), 0)


@require_POST
@tallies.at_most(60, "plot as a file")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The plot as a file."""
    return downloaded(kind, carried(request))

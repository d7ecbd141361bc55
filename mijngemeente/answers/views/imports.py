"""Bringing in a file, and taking one along."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted
from mijngemeente.platform.spreadsheets import written

from .. import actions
from ..forms import SheetForm
from ..models import AnswerImport
from ..queries.bank import Wanted, bank_of
from ..queries.imports import as_sheet, imports_of, sheet_of
from .finding import REFUSED, draw

#: Enough to see whether the columns are what somebody thinks.
ROWS_SHOWN = 5

SAMPLE = (
    ("kenmerk", "titel", "onderwerp", "nederlands", "engels", "fries", "nakijken", "status"),
    (
        "fiets-01",
        "Fiets weggehaald",
        "fiets",
        "Uw fiets staat misschien in ons depot.\n\nKijk op {link fietsdepot} of bel {telefoon}.",
        "Your bicycle may be in our depot.\n\nLook at {link fietsdepot} or call {telefoon}.",
        "Jo fyts stiet mooglik yn ús depot.\n\nSjoch op {link fietsdepot} of skilje {telefoon}.",
        "31-12-2027",
        "gepubliceerd",
    ),
    ("", "Markt deze week", "", "De markt gaat gewoon door.", "", "", "", "concept"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """Choose a file; nothing is brought in before it was looked at."""
    form = SheetForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            shown = actions.show_import(
                organisation=request.organisation, name=file.name, content=file.read(), by=request.member
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("answers:import", request.organisation.slug, shown.id)
    context = {
        "form": form,
        "form_url": request.path,
        "imports": imports_of(request.organisation.id),
        "columns": SAMPLE[0],
    }
    return draw(request, "imports", "imports", context, REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """What is in the file, what is wrong with it, and how far it is."""
    rows = AnswerImport.objects.filter(organisation=request.organisation)
    shown = get_object_or_404(rows.select_related("file", "by__person"), id=import_id)
    if request.method == "POST":
        return _decide(request, shown)
    is_new = shown.state == AnswerImport.State.SHOWN
    context = {"shown": shown, "rows": sheet_of(shown).rows[:ROWS_SHOWN] if is_new else []}
    return draw(request, "import", "imports", context)


def _decide(request: MemberRequest, shown: AnswerImport) -> HttpResponse:
    try:
        if request.POST.get("deed") == "cancel":
            actions.cancel_import(shown=shown)
            messages.success(request, "Er is niets ingevoerd.")
        else:
            actions.start_import(shown=shown, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("answers:import", request.organisation.slug, shown.id)


@require_GET
def problems(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """The rows that are left out, as a file to work through."""
    shown = get_object_or_404(AnswerImport, organisation=request.organisation, id=import_id)
    listed = [("rij", "wat er mis is"), *((str(row), sentence) for row, sentence in shown.problems)]
    return _as_file(written(listed), "rijen-met-fouten.csv")


@require_GET
def sample(request: MemberRequest) -> HttpResponse:
    """A file as we read it, to fill in."""
    return _as_file(written(SAMPLE), "voorbeeld-antwoorden.csv")


@require_GET
def export(request: MemberRequest) -> HttpResponse:
    """Our own answers, in the shape in which they can be brought in again."""
    standings = [
        each
        for state in ("", "retired")
        for each in bank_of(request.organisation.id, Wanted(source="own", state=state))
    ]
    day = timezone.localdate().isoformat()
    content = written([SAMPLE[0], *(as_sheet(each.answer) for each in standings)])
    return _as_file(content, f"antwoorden-{request.organisation.slug}-{day}.csv")


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""Files to take along: what was left out, and what we can read."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.spreadsheets import written

from ..models import Import
from ..queries.failures import failures_of

SAMPLES = {
    "inwoners": (
        ("nummer", "naam", "e-mailadres", "telefoon", "mobiel", "notitie"),
        (
            "1001",
            "Anna de Vries",
            "anna@voorbeeld.example",
            "040 123 45 67",
            "06 12 34 56 78",
            "Belt liever.",
        ),
        ("1002", "Bilal Yilmaz", "bilal@voorbeeld.example", "", "", ""),
    ),
    "gesprekken": (
        ("nummer", "onderwerp", "inwoner", "datum", "richting", "intern", "tekst"),
        (
            "501",
            "Losse stoeptegel",
            "Anna de Vries <anna@voorbeeld.example>",
            "04-03-2024 10:15",
            "inwoner",
            "nee",
            "Bij mij voor de deur ligt een tegel los.",
        ),
        ("501", "", "", "04-03-2024 14:30", "gemeente", "nee", "Dank u wel. Wij leggen hem morgen vast."),
        ("501", "", "", "04-03-2024 14:31", "gemeente", "ja", "Doorgegeven aan de buitendienst."),
    ),
}


@require_GET
def problems(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """The rows that are left out, to mend and bring in again."""
    rows = Import.objects.select_related("file")
    shown = get_object_or_404(rows, organisation=request.organisation, id=import_id)
    return _as_file(written(list(failures_of(shown))), "rijen-met-fouten.csv")


@require_GET
def sample(request: MemberRequest, kind: str) -> HttpResponse:
    """A file as we read it, to fill in."""
    if kind not in SAMPLES:
        raise Http404
    return _as_file(written(SAMPLES[kind]), f"voorbeeld-{kind}.csv")


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

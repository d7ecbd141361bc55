"""The front door inside somebody else's site: one script tag, no cookies."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mijngemeente.organisations.queries import rules_of
from mijngemeente.organisations.requests import ResidentRequest

from ..forms import QuestionForm
from .contact import Entry, question_page
from .page import framed, resident_page

WIDGET = Entry(QuestionForm, "intake/widget.html", "widget")

# Long enough to spare a busy site, short enough that a mended script is everywhere within the hour.
SCRIPT_SECONDS = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def widget(request: ResidentRequest) -> HttpResponse:
    """The question, small enough for a corner of a page; only the municipality's own sites may show it."""
    return framed(question_page(request, WIDGET), rules_of(request.organisation.id).widget_sites)


@require_safe
@resident_page
def widget_script(request: ResidentRequest) -> HttpResponse:
    """Adds a button to the page that loads it; the question itself is loaded only after a press."""
    here = reverse("intake:widget", kwargs={"organisation": request.organisation.slug})
    response = render(
        request,
        "intake/widget.js",
        {"address": f"{settings.PUBLIC_URL}{here}"},
        content_type="text/javascript; charset=utf-8",
    )
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

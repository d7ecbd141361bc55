"""Without an account: the sheet travels with the form and stays in the browser, as with the teamplotter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.course import pages, paper
from mijngemeente.platform import tallies
from mijngemeente.platform.http import typed_in
from mijngemeente.team.queries import homes_of

#: Two a second from one network: a whole team that types, and no more work than that for us.
LAYOUTS = 1_200
#: As for the teamplotter; a PDF takes a second.
FILES = 60


@require_http_methods(["GET", "POST"])
@tallies.at_most(LAYOUTS, "course laid out")
def write(request: HttpRequest) -> HttpResponse:
    """The form, and the sheet as it looks now."""
    return _page(request, typed_in(request))


def _page(request: HttpRequest, typed: dict[str, str], problem: str = "") -> HttpResponse:
    context = pages.form_of(typed) | pages.paper_of(typed) | {"problem": problem}
    if request.method == "GET":
        context["remarks"] = []
    context["homes"] = homes_of(request.user) if request.user.is_authenticated else []
    return render(request, "course/write.html", context, status=422 if problem else 200)


@require_POST
@tallies.at_most(LAYOUTS, "course laid out")
def fit(request: HttpRequest) -> HttpResponse:
    """The sheet as it would lie on the paper, while somebody types."""
    return render(request, "course/_paper.html", pages.paper_of(typed_in(request)))


@require_POST
@tallies.at_most(FILES, "course as a file")
def export(request: HttpRequest, variant: str) -> HttpResponse:
    """The sheet as PDF, if it is one A4."""
    if variant not in list(paper.Variant):
        raise Http404
    typed = typed_in(request)
    try:
        return pages.printed(typed, paper.Variant(variant))
    except paper.DoesNotFit as problem:
        return _page(request, typed, str(problem))

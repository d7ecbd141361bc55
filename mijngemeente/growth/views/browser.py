"""Without an account: what is judged stays in the browser, as with the teamplotter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.growth import pages
from mijngemeente.growth.library import model
from mijngemeente.growth.pages import Part
from mijngemeente.growth.rules.forms import judgements_in
from mijngemeente.platform.http import typed_in
from mijngemeente.team.queries import homes_of


@require_http_methods(["GET", "POST"])
def maturity(request: HttpRequest) -> HttpResponse:
    """The statements of the maturity model, and where the team stands."""
    return _page(request, Part.MATURITY)


@require_http_methods(["GET", "POST"])
def factors(request: HttpRequest) -> HttpResponse:
    """The success factors, and what they say together."""
    return _page(request, Part.FACTORS)


def _page(request: HttpRequest, part: Part) -> HttpResponse:
    given = judgements_in(typed_in(request), model())
    context = pages.form_of(part, given) | pages.standing_of(part, given)
    context["homes"] = homes_of(request.user) if request.user.is_authenticated else []
    return render(request, "growth/judge.html", context)


@require_POST
def standing(request: HttpRequest) -> HttpResponse:
    """Where the team stands by what is in the form now, while somebody fills it in."""
    return pages.drawn_standing(request)

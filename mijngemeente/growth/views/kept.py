"""How an organisation judges itself: for who looks at its figures, changed by who manages it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.growth import actions, pages
from mijngemeente.growth.library import model
from mijngemeente.growth.pages import Part
from mijngemeente.growth.queries import given_at, last_sayers, lately_said, revision_of, said_by_day
from mijngemeente.growth.rules.forms import judgements_in
from mijngemeente.growth.rules.judging import Clash, history
from mijngemeente.growth.rules.model import THEMES
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import revision_in, typed_in
from mijngemeente.team.library import factors as success_factors

MOMENTS, LINES = 12, 200


@require_GET
def maturity(request: MemberRequest) -> HttpResponse:
    """The statements of the maturity model, and where the organisation stands."""
    return _page(request, Part.MATURITY)


@require_GET
def factors(request: MemberRequest) -> HttpResponse:
    """The success factors, and what they say together."""
    return _page(request, Part.FACTORS)


def _page(request: MemberRequest, part: Part, clashes: tuple[Clash, ...] = ()) -> HttpResponse:
    revision = revision_of(request.organisation.id)
    given = given_at(request.organisation.id, revision)
    sayers = last_sayers(request.organisation.id, (each.code for each in clashes))
    context: dict[str, Any] = pages.form_of(part, given, clashes, sayers) | pages.standing_of(part, given)
    context |= {"revision": revision, "clashes": clashes, "may_change": Right.MANAGE in request.rights}
    return render(request, "growth/kept.html", context, status=409 if clashes else 200)


@require_POST
def say(request: MemberRequest) -> HttpResponse:
    """Write down what was judged; what a colleague said otherwise meanwhile stays, and is shown."""
    typed = typed_in(request)
    chosen = pages.part_in(typed)
    clashes = actions.say(given=judgements_in(typed, model()), seen=revision_in(typed), by=request.member)
    if clashes:
        return _page(request, chosen, clashes)
    messages.success(request, "Bewaard.")
    return _at(request, chosen)


def _at(request: MemberRequest, part: Part) -> HttpResponse:
    name = "growths:factors" if part is Part.FACTORS else "growths:maturity"
    return redirect(name, request.organisation.slug)


@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Keep what was judged without an account; what the organisation already said stays."""
    typed = typed_in(request)
    chosen = pages.part_in(typed)
    said = judgements_in(typed, model())
    given = {code: each for code, each in said.items() if each.value is not None or each.evidence}
    clashes = actions.say(given=given, seen=0, by=request.member)
    return _page(request, chosen, clashes) if clashes else _at(request, chosen)


@require_POST
def standing(request: MemberRequest) -> HttpResponse:
    """Where the organisation stands by what is in the form now."""
    return pages.drawn_standing(request)


@require_GET
def past(request: MemberRequest) -> HttpResponse:
    """How it went: the levels on each day on which something changed, and who said what."""
    moments = history(said_by_day(request.organisation.id), model(), MOMENTS)
    words = {each.code: each.words for each in model().statements}
    words |= {each.code: each.name for each in success_factors()}
    lines = [
        (each, words.get(each.code, each.code), pages.value_words(each.value, each.code))
        for each in lately_said(request.organisation.id)[:LINES]
    ]
    context = {"moments": moments, "themes": THEMES.values(), "lines": lines}
    return render(request, "growth/past.html", context)

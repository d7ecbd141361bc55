"""Pages about what people can do: the own, the team's in numbers, and what was shared."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import typed_in
from mijngemeente.team.library import national

from . import actions, pages, queries
from .models import Sharing
from .rules import Form, typed_levels, typed_scores


@require_http_methods(["GET", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    """What somebody says of themselves."""
    member = _own_member(request)
    if request.method != "POST":
        return _own_page(request, member, Form())
    typed = typed_in(request)
    form = typed_scores(typed, national().competencies)
    if form.problems:
        return _own_page(request, member, form, typed=typed)
    actions.score(member=member, scores=form.scores)
    messages.success(request, f"Bewaard. {_who_sees(member)}")
    return redirect("scores:own", request.organisation.slug)


def _who_sees(member: Member) -> str:
    others = ", ".join(str(manager) for manager, sharing in queries.managers_for(member) if sharing)
    return f"Dit ziet ook: {others}." if others else "Alleen jij ziet dit."


def _own_member(request: MemberRequest) -> Member:
    """Whoever answers here for another organisation is scored at home; 404."""
    if request.member.organisation_id != request.organisation.id:
        raise Http404
    return request.member


def _own_page(
    request: MemberRequest, member: Member, form: Form, *, typed: dict[str, str] | None = None
) -> HttpResponse:
    context = pages.own_context(member, form, typed)
    return render(request, "competencies/own.html", context, status=422 if form.problems else 200)


@require_POST
def share(request: MemberRequest) -> HttpResponse:
    """Let a manager look, or no longer."""
    member = _own_member(request)
    manager = _manager(member, request.POST.get("manager", ""))
    if "withdraw" in request.POST:
        actions.withdraw(member=member, manager=manager)
        told = f"{manager} ziet je competenties niet meer."
    else:
        actions.share(member=member, manager=manager)
        told = f"{manager} kan je competenties nu zien."
    messages.success(request, told)
    return redirect("scores:own", request.organisation.slug)


def _manager(member: Member, typed: str) -> Member:
    there = {str(manager.id): manager for manager, _ in queries.managers_for(member)}
    if typed not in there:
        raise Http404
    return there[typed]


@require_POST
def erase(request: MemberRequest) -> HttpResponse:
    """Take away everything about oneself."""
    member = _own_member(request)
    actions.erase(member=member, by=member, reason="request")
    messages.success(request, "Gewist. Er staat niets meer over wat jij kunt.")
    return redirect("scores:own", request.organisation.slug)


@require_GET
def seen(request: MemberRequest) -> HttpResponse:
    """Who looked."""
    context = {"readings": queries.readings_of(_own_member(request))}
    return render(request, "competencies/seen.html", context)


@require_GET
def team(request: MemberRequest) -> HttpResponse:
    """Numbers of the team, and never of a person."""
    return render(request, "competencies/team.html", pages.team_context(request.organisation.id))


@require_GET
def shared(request: MemberRequest) -> HttpResponse:
    """Who let this manager look."""
    context = {"shared": queries.shared_with(_own_member(request))}
    return render(request, "competencies/shared.html", context)


@require_http_methods(["GET", "POST"])
def person(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """What somebody shared, and what their manager says beside it."""
    sharing = get_object_or_404(queries.shared_with(_own_member(request)), member_id=member_id)
    if request.method == "POST":
        scores = typed_levels(typed_in(request), national().competencies)
        if not actions.score_beside(sharing=sharing, scores=scores):
            raise Http404
        messages.success(request, f"Bewaard. {sharing.member} ziet dit ook.")
        return redirect("scores:person", request.organisation.slug, member_id)
    return render(request, "competencies/person.html", _person_context(sharing))


def _person_context(sharing: Sharing) -> dict[str, Any]:
    return pages.person_context(sharing, actions.look(sharing=sharing))

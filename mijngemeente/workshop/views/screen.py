"""The presenter's screen: one question at a time, and the answers as they come."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.middleware import HtmxDetails

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.team.models import TeamPlot
from mijngemeente.workshop import actions
from mijngemeente.workshop.models import Workshop
from mijngemeente.workshop.pages import screen_context
from mijngemeente.workshop.rules.answers import Outdated


@require_POST
def begin(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """A session about this plot, or the one that is going on."""
    plot = get_object_or_404(TeamPlot.objects.filter(removed_at=None), id=plot_id)
    workshop = actions.begin(plot=plot, by=request.member)
    return redirect("workshops:screen", request.organisation.slug, workshop.id)


@require_GET
def screen(request: MemberRequest, workshop_id: UUID) -> HttpResponse:
    """The whole page, or what changes of it."""
    return _shown(request, _found(workshop_id))


def _found(workshop_id: UUID) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("plot"), id=workshop_id)


def _shown(request: MemberRequest, workshop: Workshop, *, problem: str = "") -> HttpResponse:
    template = "workshop/_screen.html" if HtmxDetails(request) else "workshop/screen.html"
    context = screen_context(workshop, problem=problem)
    # htmx draws a 422 too, so that what could not be done stands where it was asked.
    return render(request, template, context, status=422 if problem else 200)


def _answered(request: MemberRequest, workshop: Workshop) -> HttpResponse:
    if HtmxDetails(request):
        return _shown(request, _found(workshop.id))
    return redirect("workshops:screen", request.organisation.slug, workshop.id)


@require_POST
def step(request: MemberRequest, workshop_id: UUID) -> HttpResponse:
    """Ask everybody the question of another step."""
    workshop = _found(workshop_id)
    try:
        actions.show_step(workshop=workshop, step=request.POST.get("step", ""))
    except Refused as refusal:
        return _shown(request, workshop, problem=str(refusal))
    return _answered(request, workshop)


@require_POST
def choice(request: MemberRequest, workshop_id: UUID) -> HttpResponse:
    """Put what was seen in the plot, or lay it aside."""
    workshop = _found(workshop_id)
    try:
        if "aside" in request.POST:
            actions.lay_aside(workshop=workshop, seen=_seen(request.POST["aside"]), by=request.member)
        else:
            actions.take(workshop=workshop, seen=_seen(request.POST.get("take", "")), by=request.member)
    except (Refused, Outdated) as refusal:
        return _shown(request, _found(workshop_id), problem=str(refusal))
    return _answered(request, workshop)


def _seen(typed: str) -> Mapping[UUID, int]:
    """What a button of ours says; 404 for any other text."""
    try:
        pairs = [each.partition(".") for each in typed.split()]
        return {UUID(id): int(revision) for id, _, revision in pairs}
    except ValueError:
        raise Http404 from None


@require_POST
def remove(request: MemberRequest, workshop_id: UUID) -> HttpResponse:
    """Somebody who does not belong here answers no more."""
    workshop = _found(workshop_id)
    try:
        participant = get_object_or_404(workshop.participants, id=UUID(request.POST.get("participant", "")))
    except ValueError:
        raise Http404 from None
    actions.remove_participant(participant=participant, by=request.member)
    return _answered(request, workshop)


@require_POST
def close(request: MemberRequest, workshop_id: UUID) -> HttpResponse:
    """End the session."""
    workshop = _found(workshop_id)
    actions.close(workshop=workshop, by=request.member)
    return _answered(request, workshop)

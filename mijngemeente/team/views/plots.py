"""Plots that an organisation keeps: for who looks at its figures, changed by who manages it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import typed_in
from mijngemeente.team import actions
from mijngemeente.team.files import downloaded
from mijngemeente.team.library import national
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.pages import comparison, context_of, lost_sentence, preview_of, with_people_in
from mijngemeente.team.queries import document_of, kept_plots, last_writer, money_known, removed_plots
from mijngemeente.team.rules.documents import begun, changed_by, place_in
from mijngemeente.team.rules.steps import step_called
from mijngemeente.team.rules.together import carried_in_form, together

from .plotter import asked_for, carried


@require_GET
def plots(request: MemberRequest) -> HttpResponse:
    """All plots of the organisation, the latest first."""
    context = {
        "plots": kept_plots(),
        "removed": removed_plots(),
        "may_change": Right.MANAGE in request.rights,
    }
    return render(request, "team/plots.html", context)


@require_POST
def new(request: MemberRequest) -> HttpResponse:
    """Begin an empty plot."""
    document = begun(national().edition, timezone.localdate()) | money_known()
    return _at(actions.keep_plot(document=document, by=request.member), "scope")


@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Keep a plot that was made without an account."""
    return _at(actions.keep_plot(document=carried(request), by=request.member), "gap")


def _at(plot: TeamPlot, step: str, place: int = 0) -> HttpResponse:
    url = reverse("plots:plot", args=[plot.organisation.slug, plot.id, step])
    return redirect(f"{url}?vanaf={place}" if place else url)


@require_GET
def plot(request: MemberRequest, plot_id: UUID, step: str) -> HttpResponse:
    """One step of a plot."""
    kept = _found(plot_id)
    place = place_in(request.GET.get("vanaf", "")) or 0
    document, asked = document_of(kept), step_called(step)
    context = context_of(document, asked, place) | {
        "kept": kept,
        "action": reverse("plots:change", args=[request.organisation.slug, kept.id]),
        "was": carried_in_form(document, asked, place),
    }
    return render(request, "team/kept.html", context)


def _found(plot_id: UUID) -> TeamPlot:
    return get_object_or_404(TeamPlot.objects.select_related("what_if_of", "organisation"), id=plot_id)


def _found_alone(plot_id: UUID) -> TeamPlot:
    """The same for who writes in it: of two who type at once, the second adds to what the first typed."""
    rows = TeamPlot.objects.select_for_update(of=("self",)).select_related("organisation")
    return get_object_or_404(rows, id=plot_id)


@require_POST
def change(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Write down what was typed in one step, and go to the step that was asked for."""
    kept, typed = _found_alone(plot_id), typed_in(request)
    before = document_of(kept)
    found, who = together(before, typed), last_writer(kept)
    actions.change_plot(plot=kept, document=changed_by(before, found.typed), by=request.member)
    if found.lost:
        messages.warning(request, lost_sentence(found.lost, before, who))
        return _at(kept, step_called(typed.get("step", "")).name, place_in(typed.get("person", "")) or 0)
    step, place = asked_for(typed)
    return _at(kept, step.name, place)


@require_POST
def people_from_file(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Look at the people of a spreadsheet; nothing is taken over before somebody says so."""
    kept = _found(plot_id)
    slug = request.organisation.slug
    context = preview_of(request.FILES.get("people_file"), document_of(kept)) | {
        "kept": kept,
        "back_url": reverse("plots:change", args=[slug, kept.id]),
        "take_url": reverse("plots:people_taken_over", args=[slug, kept.id]),
    }
    return render(request, "team/kept_people_file.html", context, status=200 if context["is_ready"] else 422)


@require_POST
def people_taken_over(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Add the people that were looked at."""
    kept = _found_alone(plot_id)
    document = with_people_in(request.POST.get("incoming", ""), document_of(kept))
    actions.change_plot(plot=kept, document=document, by=request.member)
    return _at(kept, "people")


@require_POST
def version(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Keep the plot as it stands."""
    kept = _found(plot_id)
    name = typed_in(request).get("name", "").strip()[:100] or f"Stand van {timezone.localdate():%d-%m-%Y}"
    actions.keep_version(plot=kept, name=name, by=request.member)
    messages.success(request, f"Vastgelegd als “{name}”.")
    return redirect("plots:plots", request.organisation.slug)


@require_POST
def what_if(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Try something out in a copy."""
    title = typed_in(request).get("what_if", "")[:200]
    return _at(actions.copy_as_what_if(plot=_found(plot_id), title=title, by=request.member), "people")


@require_GET
def compare(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """A plot beside one of its versions, or beside the plot that it tries something out for."""
    kept = _found(plot_id)
    context = comparison(kept, request.GET.get("met", ""))
    return render(request, "team/compare.html", context | {"kept": kept})


@require_GET
def export(request: MemberRequest, plot_id: UUID, file_format: str) -> HttpResponse:
    """The plot as a file."""
    return downloaded(file_format, document_of(_found(plot_id)))


@require_POST
def remove(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Out of sight, until somebody brings it back."""
    actions.remove_plot(plot=_found(plot_id), by=request.member)
    return redirect("plots:plots", request.organisation.slug)


@require_POST
def bring_back(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Undo a removal."""
    actions.bring_back(plot=_found(plot_id), by=request.member)
    return redirect("plots:plots", request.organisation.slug)

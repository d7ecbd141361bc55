"""Beside others: medians of municipalities that share, and who near us may be asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.team import actions
from mijngemeente.team.forms import OfferForm
from mijngemeente.team.library import library_of, national
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.queries import kept_plots, medians, neighbours, own_offer, own_sharing
from mijngemeente.team.rules.amounts import shown
from mijngemeente.team.rules.beside import FEWEST, figures_of, standings, why_not_shared
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.plot import Plot
from mijngemeente.team.rules.reading import read

from .library import SIZES


def _plot_in(kept: TeamPlot) -> Plot:
    return read(kept.document, library_of(kept.document), timezone.localdate()).plot


def _figures_of(kept: TeamPlot, plot: Plot) -> dict[str, float]:
    return figures_of(result_of(plot, library_of(kept.document)), national())


@require_GET
def beside(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """A plot beside the middle of comparable municipalities, and whether we share."""
    kept = get_object_or_404(kept_plots(), id=plot_id)
    plot = _plot_in(kept)
    figures = _figures_of(kept, plot)
    middle, sharers = medians(plot.size)
    context = {
        "kept": kept,
        "size": SIZES[plot.size],
        "sharers": sharers,
        "fewest": FEWEST,
        "rows": [
            (each.name, shown(round(each.ours, 2)), shown(each.median))
            for each in standings(figures, middle, national())
        ],
        "sharing": own_sharing(),
        "refusal": _refusal(request.organisation, kept, plot),
        "may_change": Right.MANAGE in request.rights,
    }
    return render(request, "team/beside.html", context)


def _refusal(organisation: Organisation, kept: TeamPlot, plot: Plot) -> str:
    is_municipality = organisation.kind == Organisation.Kind.MUNICIPALITY
    return why_not_shared(plot, is_municipality=is_municipality, is_what_if=kept.what_if_of_id is not None)


@require_POST
def share(request: MemberRequest, plot_id: UUID) -> HttpResponse:
    """Count along from now on, with the figures of today."""
    kept = get_object_or_404(kept_plots(), id=plot_id)
    plot = _plot_in(kept)
    refusal = _refusal(request.organisation, kept, plot)
    if refusal:
        messages.error(request, refusal)
    else:
        figures = _figures_of(kept, plot)
        actions.share_plot(plot=kept, size=plot.size.value, figures=figures, by=request.member)
        messages.success(request, "Jullie cijfers tellen nu mee, zonder naam.")
    return redirect("plots:beside", request.organisation.slug, kept.id)


@require_POST
def stop_sharing(request: MemberRequest) -> HttpResponse:
    """Count along no longer."""
    sharing = own_sharing()
    if sharing is not None:
        actions.stop_sharing(sharing=sharing, by=request.member)
    messages.success(request, "Jullie cijfers tellen niet meer mee.")
    return redirect("plots:plots", request.organisation.slug)


@require_GET
def near(request: MemberRequest) -> HttpResponse:
    """Who near us has this role and may be asked; and what we offer ourselves."""
    return _near(request, _offer_form())


def _offer_form() -> OfferForm:
    offer = own_offer()
    names = ("roles", "contact", "email", "note")
    return OfferForm(national(), initial={name: getattr(offer, name) for name in names} if offer else None)


def _near(request: MemberRequest, form: OfferForm, status: int = 200) -> HttpResponse:
    roles = national().roles
    role = roles.get(request.GET.get("rol", ""))
    context = {
        "roles": roles.values(),
        "role": role,
        "neighbours": neighbours(request.organisation, role.code) if role else [],
        "form": form,
        "offer": own_offer(),
        "may_change": Right.MANAGE in request.rights,
    }
    return render(request, "team/near.html", context, status=status)


@require_POST
def offer(request: MemberRequest) -> HttpResponse:
    """Agree to be asked."""
    form = OfferForm(national(), request.POST)
    if not form.is_valid():
        return _near(request, form, status=422)
    told = {name: form.cleaned_data[name] for name in ("roles", "contact", "email", "note")}
    actions.make_offer(**told, by=request.member)
    messages.success(request, "Anderen kunnen jullie nu vinden.")
    return redirect("plots:near", request.organisation.slug)


@require_POST
def stop_offering(request: MemberRequest) -> HttpResponse:
    """Be asked no longer."""
    found = own_offer()
    if found is not None:
        actions.withdraw_offer(offer=found, by=request.member)
    messages.success(request, "Anderen zien jullie niet meer.")
    return redirect("plots:near", request.organisation.slug)

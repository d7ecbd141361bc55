"""Who covers us, for what and in which order; and whom we cover."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.assignment import actions as assignment
from mijngemeente.assignment import queries as covering
from mijngemeente.organisations import actions
from mijngemeente.organisations.forms import AgreementForm
from mijngemeente.organisations.models import ServiceAgreement
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from ..forms import TermsForm
from ..queries import agreements as queries
from .drawing import REFUSED

COUNT = "count"


@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: MemberRequest) -> HttpResponse:
    """The agreements of this organisation; the client makes and ends them."""
    form = AgreementForm(posted(request), client=request.organisation)
    if form.is_valid():
        try:
            made = actions.agree(client=request.organisation, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De afspraak is bewaard. Zeg nu wat dit team voor jullie doet.")
            return redirect("desk:agreement", request.organisation.slug, made.id)
    context = {
        "form": form,
        "form_url": request.path,
        "covered_by": queries.covered_by(request.organisation),
        "ended": queries.ended(request.organisation),
        "covers": queries.covers(request.organisation),
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "desk/agreements.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """What a team does for us, with what it would have done last month beside it."""
    asked = _found(request, agreement_id)
    form = TermsForm(posted(request), instance=asked)
    if request.POST.get("deed") == COUNT:
        trial = queries.trial_of(form.save(commit=False)) if form.is_valid() else None
        return render(request, "desk/_agreement_trial.html", {"trial": trial})
    if form.is_valid():
        return _keep(request, form.save(commit=False))
    context = {
        "agreement": asked,
        "shown": queries.shown(asked),
        "problem": covering.trouble_with(asked),
        "form": form,
        "form_url": request.path,
        "trial": queries.trial_of(asked) if not form.is_bound else None,
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "desk/agreement.html", context, status=status)


def _keep(request: MemberRequest, changed: ServiceAgreement) -> HttpResponse:
    try:
        actions.change_terms(agreement=changed, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    messages.success(request, "Bewaard. De afspraak staat uit, tot je hem aanzet.")
    return redirect(request.path)


@require_POST
def switch(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Let the team get conversations by itself, or no longer."""
    asked = _found(request, agreement_id)
    if request.POST.get("to") != "on":
        actions.switch_agreement_off(agreement=asked, by=request.member)
        messages.success(request, f"{asked.provider.name} krijgt niets meer vanzelf.")
        return _back(request)
    try:
        assignment.switch_agreement_on(agreement=asked, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:agreement", request.organisation.slug, asked.id)
    messages.success(request, f"{asked.provider.name} krijgt deze gesprekken nu vanzelf.")
    return _back(request)


@require_POST
def move(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """One place up or down."""
    asked, steps = _found(request, agreement_id), 1 if request.POST.get("to") == "down" else -1
    try:
        actions.move_agreement(agreement=asked, by=request.member, steps=steps)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def end(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Stop being covered from today."""
    ended = _found(request, agreement_id)
    actions.end_agreement(agreement=ended, by=request.member)
    messages.success(request, "De afspraak is beëindigd.")
    return _back(request)


def _found(request: MemberRequest, agreement_id: UUID) -> ServiceAgreement:
    """One of our own; its `ends_on` may be past."""
    mine = ServiceAgreement.objects.filter(client=request.organisation)
    return get_object_or_404(mine.select_related("client", "provider"), id=agreement_id)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("desk:agreements", request.organisation.slug)

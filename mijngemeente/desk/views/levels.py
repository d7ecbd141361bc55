"""How soon we answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.organisations import actions
from mijngemeente.organisations.models import ServiceLevel
from mijngemeente.organisations.queries import recount_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from ..forms import GeneralLevelForm, ServiceLevelForm
from ..queries import levels as queries

_KEPT = "Bewaard. Wat nu open staat, rekenen wij opnieuw uit."


@require_safe
def levels(request: MemberRequest) -> HttpResponse:
    """The level for everything, and the exceptions."""
    general = queries.general_level_of(request.organisation.id)
    context = {
        "general": queries.norm_of(general),
        "norms": queries.exceptions_of(request.organisation.id),
        "example": queries.example_of(general),
        "recount": recount_of(request.organisation.id),
    }
    return render(request, "desk/levels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def general(request: MemberRequest) -> HttpResponse:
    """Change the level for everything."""
    return _change(request, queries.general_level_of(request.organisation.id), GeneralLevelForm)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Make an exception."""
    return _change(request, ServiceLevel(organisation=request.organisation), ServiceLevelForm)


@require_http_methods(["GET", "HEAD", "POST"])
def level(request: MemberRequest, level_id: UUID) -> HttpResponse:
    """Change one level."""
    row = _mine(request, level_id)
    return _change(request, row, GeneralLevelForm if row.is_general else ServiceLevelForm)


@require_POST
def remove(request: MemberRequest, level_id: UUID) -> HttpResponse:
    """Let the general level hold again."""
    actions.remove_level(level=_mine(request, level_id), by=request.member)
    messages.success(request, _KEPT)
    return redirect("desk:levels", request.organisation.slug)


@require_POST
def try_out(request: MemberRequest) -> HttpResponse:
    """What the level that stands in the form would do."""
    if "kind" not in request.POST:
        form = GeneralLevelForm(request.POST, instance=queries.general_level_of(request.organisation.id))
    else:
        mine = ServiceLevel.objects.filter(organisation=request.organisation)
        changed = next((each for each in mine if str(each.id) == request.GET.get("norm")), None)
        row = changed or ServiceLevel(organisation=request.organisation)
        form = ServiceLevelForm(request.POST, instance=row)
    trial = queries.trial_of(form.save(commit=False)) if form.is_valid() else None
    return render(request, "desk/_level_trial.html", {"trial": trial})


def _mine(request: MemberRequest, level_id: UUID) -> ServiceLevel:
    return get_object_or_404(ServiceLevel, organisation=request.organisation, id=level_id)


def _change(request: MemberRequest, row: ServiceLevel, kind: type[GeneralLevelForm]) -> HttpResponse:
    form = kind(posted(request), instance=row)
    if form.is_valid():
        try:
            actions.change_level(level=form.save(commit=False), by=request.member)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _KEPT)
            return redirect("desk:levels", request.organisation.slug)
    context = {"form": form, "form_url": request.path, "is_general": kind is GeneralLevelForm, "level": row}
    return render(request, "desk/level.html", context, status=422 if request.method == "POST" else 200)

"""For the administrator: what goes when, what may not, what went, and what we keep at all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions, rules
from ..forms import HoldForm, PeriodsForm
from ..models import Hold
from ..queries.records import SHOWN, erasures_of, runs_of
from ..queries.retention import Preview, periods_of, preview_of
from ..register import OF_OURSELVES, OF_RESIDENTS

SEE_OTHER = 303
REFUSED = 422


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """What the next night does, and what was done."""
    organisation_id = request.organisation.id
    context = {
        "preview": preview_of(organisation_id, timezone.now()),
        "runs": runs_of(organisation_id)[:10],
        "erasures": erasures_of(organisation_id)[:SHOWN],
    }
    return render(request, "privacy/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: MemberRequest) -> HttpResponse:
    """How long we keep; what makes more go the next night is asked twice, with the facts."""
    organisation_id, now = request.organisation.id, timezone.now()
    form = PeriodsForm(posted(request), periods=periods_of(organisation_id))
    after = None
    if form.is_valid():
        after = preview_of(organisation_id, now, form.periods())
        if _is_agreed(request, after, preview_of(organisation_id, now)):
            return _changed(request, form.periods())
    status = REFUSED if request.method == "POST" else 200
    return render(request, "privacy/periods.html", {"form": form, "after": after}, status=status)


def _is_agreed(request: MemberRequest, after: Preview, before: Preview) -> bool:
    return after.count <= before.count or request.POST.get("agreed") == str(after.count)


def _changed(request: MemberRequest, chosen: dict[str, rules.Period]) -> HttpResponse:
    actions.change_periods(organisation_id=request.organisation.id, periods=chosen, by=request.member)
    messages.success(request, "De bewaartermijnen zijn bewaard.")
    return _to(request, "overview")


def _to(request: MemberRequest, name: str) -> HttpResponse:
    url = reverse(f"privacy:{name}", args=[request.organisation.slug])
    return HttpResponseRedirect(url, status=SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: MemberRequest) -> HttpResponse:
    """What may not be erased, and one more of it."""
    form = HoldForm(posted(request))
    if form.is_valid():
        try:
            actions.hold(organisation_id=request.organisation.id, by=request.member, **form.cleaned_data)
            return _to(request, "holds")
        except Refused as refusal:
            form.add_error("number", str(refusal))
    rows = Hold.objects.in_force().filter(organisation=request.organisation)
    shown = rows.select_related("conversation", "by__person").order_by("-at")
    status = REFUSED if request.method == "POST" else 200
    return render(request, "privacy/holds.html", {"form": form, "holds": shown}, status=status)


@require_POST
def lift(request: MemberRequest, hold_id: UUID) -> HttpResponse:
    """It goes as any other from now on."""
    rows = Hold.objects.filter(organisation=request.organisation).select_related("conversation")
    actions.lift_hold(hold=get_object_or_404(rows, id=hold_id), by=request.member)
    return _to(request, "holds")


@require_safe
def register(request: MemberRequest) -> HttpResponse:
    """What we keep, why, and how long."""
    context = {"of_residents": OF_RESIDENTS, "of_ourselves": OF_OURSELVES}
    return render(request, "privacy/register.html", context)

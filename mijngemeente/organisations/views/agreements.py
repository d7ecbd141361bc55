"""Who covers us, and whom we cover."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import AgreementForm
from ..models import ServiceAgreement
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: MemberRequest) -> HttpResponse:
    """The agreements of this organisation; the client makes and ends them."""
    form = AgreementForm(posted(request), client=request.organisation)
    if form.is_valid():
        try:
            actions.agree(client=request.organisation, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De afspraak is bewaard.")
            return redirect(request.path)
    today = timezone.localdate()
    rows = ServiceAgreement.objects.select_related("provider", "client").order_by("-starts_on")
    context = {
        "form": form,
        "form_url": request.path,
        "today": today,
        "covered_by": rows.filter(client=request.organisation),
        "covers": rows.filter(provider=request.organisation),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/agreements.html", context, status=status)


@require_POST
def end(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Stop being covered from today."""
    mine = ServiceAgreement.objects.filter(client=request.organisation).select_related("client")
    actions.end_agreement(agreement=get_object_or_404(mine, id=agreement_id), by=request.member)
    messages.success(request, "De afspraak is beëindigd.")
    return redirect("organisations:agreements", request.organisation.slug)

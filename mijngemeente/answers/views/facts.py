"""The facts that fill blanks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import FactForm
from ..models import Fact
from ..queries.facts import facts_of, missing_facts
from .finding import REFUSED, draw


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: MemberRequest) -> HttpResponse:
    """Everything we fill in by name, and what texts ask for that nobody wrote yet."""
    kept = Fact.objects.filter(organisation=request.organisation, name=request.GET.get("naam", "")).first()
    initial = {
        "name": request.GET.get("naam", "")[:80],
        "kind": kept.kind if kept else Fact.Kind.of(request.GET.get("naam", "")),
        "value": kept.value if kept else "",
    }
    form = FactForm(posted(request), initial=initial)
    if form.is_valid():
        actions.keep_fact(organisation=request.organisation, by=request.member, **form.cleaned_data)
        messages.success(request, f"{{{form.cleaned_data['name']}}} is bewaard.")
        return redirect(request.path)
    context = {
        "facts": facts_of(request.organisation.id, timezone.localdate()),
        "missing": missing_facts(request.organisation.id),
        "form": form,
        "form_url": request.path,
    }
    return draw(request, "facts", "facts", context, REFUSED if form.errors else 200)


@require_POST
def fact(request: MemberRequest, fact_id: UUID) -> HttpResponse:
    """It is still so, or it goes away."""
    rows = Fact.objects.filter(organisation=request.organisation)
    kept = get_object_or_404(rows, id=fact_id)
    if request.POST.get("deed") == "remove":
        actions.remove_fact(fact=kept, by=request.member)
        messages.success(request, f"{{{kept.name}}} is verwijderd.")
    else:
        actions.check_fact(fact=kept, by=request.member)
        messages.success(request, f"{{{kept.name}}} is nagekeken.")
    return redirect("answers:facts", request.organisation.slug)

"""How an organisation wants to be spoken for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mijngemeente.platform.http import posted

from .. import actions, queries
from ..forms import EngagementRulesForm
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: MemberRequest) -> HttpResponse:
    """Read and change the engagement rules."""
    form = EngagementRulesForm(posted(request), instance=queries.rules_of(request.organisation.id))
    if form.is_valid():
        actions.change_engagement_rules(rules=form.save(commit=False), by=request.member)
        messages.success(request, "De spelregels zijn bewaard. Ze gelden vanaf nu.")
        return redirect(request.path)
    context = {"form": form, "form_url": request.path}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/rules.html", context, status=status)

"""Our name, and how residents reach us otherwise."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mijngemeente.platform.http import posted

from .. import actions, queries
from ..forms import DetailsForm
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: MemberRequest) -> HttpResponse:
    """Read and change what stands on every page of a resident."""
    kept = queries.rules_of(request.organisation.id)
    names = ("telephone", "privacy_url", "emergency")
    initial = {"name": request.organisation.name, **{name: getattr(kept, name) for name in names}}
    form = DetailsForm(posted(request), initial=initial)
    if form.is_valid():
        actions.change_details(organisation=request.organisation, by=request.member, **form.cleaned_data)
        messages.success(request, "Bewaard. Inwoners zien het meteen.")
        return redirect(request.path)
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/details.html", {"form": form}, status=status)

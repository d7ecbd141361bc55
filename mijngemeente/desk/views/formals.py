"""Where formal messages belong, as the administrator fills it in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Designation
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import posted

from ..forms import DesignationForm
from ..queries.formals import designation_of
from .drawing import REFUSED


@require_http_methods(["GET", "HEAD"])
def designations(request: MemberRequest) -> HttpResponse:
    """The three kinds, each with what is filled in."""
    shown = [(each, designation_of(request.organisation.id, each.value)) for each in Conversation.FormalKind]
    return render(request, "desk/designations.html", {"designations": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def designation(request: MemberRequest, formal_kind: str) -> HttpResponse:
    """Fill in the way for one kind of formal message."""
    if formal_kind not in Conversation.FormalKind.values:
        raise Http404
    known = designation_of(request.organisation.id, formal_kind)
    row = known or Designation(organisation=request.organisation, kind=formal_kind)
    form = DesignationForm(posted(request), instance=row)
    if form.is_valid():
        conversations.designate(designation=form.save(commit=False), by=request.member)
        messages.success(request, "Bewaard. Dit geldt vanaf nu.")
        return redirect("safeguards:designations", request.organisation.slug)
    context = {"form": form, "name": row.get_kind_display()}
    return render(request, "desk/designation.html", context, status=REFUSED if form.errors else 200)

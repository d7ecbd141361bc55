"""A contact at the telephone or the counter."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from .. import actions
from ..forms import ContactForm
from ..queries.queues import url_of
from .drawing import REFUSED, SEE_OTHER


@require_http_methods(["GET", "POST"])
def record_contact(request: MemberRequest) -> HttpResponse:
    """Write a spoken contact down."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_contact(
                organisation=request.organisation, by=request.member, contact=form.contact()
            )
            return HttpResponseRedirect(url_of(request.organisation.slug, made.id), status=SEE_OTHER)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    back = f"{reverse('desk:desk')}?gemeente={request.organisation.slug}"
    context = {"form": form, "form_url": request.path, "back_url": back}
    return render(request, "desk/note_new.html", context, status=REFUSED if form.errors else 200)

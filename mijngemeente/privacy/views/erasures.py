"""Erasing one resident or one conversation, at the desk."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mijngemeente.conversations.actions import view_contact
from mijngemeente.conversations.models import Contact, Conversation
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import ErasureForm
from ..models import Erasure
from ..queries.records import counted, facts_of
from ..queries.traces import Traces, held_among, traces_of, with_call_backs
from .administration import REFUSED, SEE_OTHER

Ask = Callable[[actions.Asked], Erasure]


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """A resident with everything."""
    rows = Contact.objects.filter(organisation=request.organisation, merged_into=None)
    found = get_object_or_404(rows, id=contact_id)
    view_contact(contact=found, by=request.member, purpose="erase")

    def ask(asked: actions.Asked) -> Erasure:
        return actions.ask_to_erase_contact(contact=found, asked=asked, by=request.member)

    traces = traces_of(request.organisation.id, contacts=[found.id])
    back = reverse("desk:resident", args=[request.organisation.slug, found.id])
    return _ask(request, ask, traces, {"who": str(found), "is_resident": True, "back_url": back})


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation; the resident stays known."""
    rows = Conversation.objects.filter(organisation=request.organisation).select_related("contact")
    found = get_object_or_404(rows, id=conversation_id)

    def ask(asked: actions.Asked) -> Erasure:
        return actions.ask_to_erase_conversation(conversation=found, asked=asked, by=request.member)

    said = with_call_backs(request.organisation.id, [found.id])
    traces = traces_of(request.organisation.id, conversations=said)
    back = reverse("desk:conversation", args=[request.organisation.slug, found.id])
    return _ask(request, ask, traces, {"who": f"gesprek {found.number}", "back_url": back})


def _ask(request: MemberRequest, ask: Ask, traces: Traces, context: dict[str, object]) -> HttpResponse:
    form = ErasureForm(posted(request))
    if form.is_valid():
        try:
            return _to(request, ask(form.asked()))
        except Refused as refusal:
            form.add_error("explanation", str(refusal))
    shown = {"form": form, "facts": facts_of(traces), "held": held_among(traces), **context}
    return render(request, "privacy/erase.html", shown, status=REFUSED if form.errors else 200)


def _to(request: MemberRequest, erasure: Erasure) -> HttpResponse:
    url = reverse("privacy:erasure", args=[request.organisation.slug, erasure.id])
    return HttpResponseRedirect(url, status=SEE_OTHER)


@require_safe
def erasure(request: MemberRequest, erasure_id: UUID) -> HttpResponse:
    """What became of it: the record, without what it said."""
    rows = Erasure.objects.filter(organisation=request.organisation).select_related("by__person")
    found = get_object_or_404(rows, id=erasure_id)
    context = {"erasure": found, "counted": counted(found)}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "privacy/_erasure.html" if is_part else "privacy/erasure.html", context)

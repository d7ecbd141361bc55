"""Two residents that are one person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Contact, ContactMerge
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from ..queries import residents as readings
from .residents import found_contact, to_resident


@require_http_methods(["GET", "POST"])
def merge(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """Choose who is the same person, see what will move, and do it."""
    kept = found_contact(request, contact_id)
    if request.method == "POST":
        return _merged(request, kept)
    return _compare(request, kept) if request.GET.get("met") else _choose(request, kept)


def _choose(request: MemberRequest, kept: Contact) -> HttpResponse:
    text = request.GET.get("zoek", "")
    found = readings.contacts_like(request.organisation.id, text).exclude(id=kept.id)[: readings.PAGE]
    rows = readings.rows_of(found, request.organisation) if text else []
    return _draw(request, kept, {"sought": text, "residents": rows})


def _compare(request: MemberRequest, kept: Contact) -> HttpResponse:
    gone = _other(request, request.GET["met"])
    for each in (kept, gone):
        conversations.view_contact(contact=each, by=request.member, purpose="merge")
    both = readings.rows_of([kept, gone], request.organisation)
    return _draw(request, kept, {"both": both, "gone": both[1]})


def _draw(request: MemberRequest, kept: Contact, context: dict[str, object]) -> HttpResponse:
    (row,) = readings.rows_of([kept], request.organisation)
    swap = urlencode({"met": str(kept.id)})
    return render(request, "desk/resident_merge.html", {"kept": row, "swap": swap, **context})


def _other(request: MemberRequest, asked: str) -> Contact:
    rows = Contact.objects.known().filter(organisation=request.organisation)
    return get_object_or_404(rows, id=_id_of(asked))


def _merged(request: MemberRequest, kept: Contact) -> HttpResponse:
    gone = get_object_or_404(
        Contact, organisation=request.organisation, id=_id_of(request.POST.get("other", ""))
    )
    try:
        conversations.merge_contacts(kept=kept, gone=gone, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De twee inwoners zijn samengevoegd.")
    return to_resident(request, kept.id)


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
def undo(request: MemberRequest, contact_id: UUID, contact_merge_id: UUID) -> HttpResponse:
    """Give everything back that moved."""
    rows = ContactMerge.objects.filter(organisation=request.organisation, kept=contact_id)
    asked = get_object_or_404(rows.select_related("kept", "gone"), id=contact_merge_id)
    try:
        conversations.undo_merge(merge=asked, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De inwoners staan weer apart.")
    return to_resident(request, contact_id)

"""Everything of one resident, for that resident."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mijngemeente.conversations.actions import view_contact
from mijngemeente.conversations.models import Contact
from mijngemeente.organisations.requests import MemberRequest

from .. import actions
from ..models import Export
from .administration import SEE_OTHER


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """What was gathered, and one more."""
    rows = Contact.objects.known().filter(organisation=request.organisation)
    contact = get_object_or_404(rows, id=contact_id)
    if request.method == "POST":
        actions.ask_for_export(contact=contact, by=request.member)
        return HttpResponseRedirect(request.path, status=SEE_OTHER)
    is_part = bool(request.headers.get("HX-Request"))
    if not is_part:
        view_contact(contact=contact, by=request.member, purpose="export")
    context = {"who": str(contact), "back_url": _page_of(request, contact), **_made(request, contact)}
    return render(request, "privacy/_exports.html" if is_part else "privacy/exports.html", context)


def _page_of(request: MemberRequest, contact: Contact) -> str:
    return reverse("desk:resident", args=[request.organisation.slug, contact.id])


def _made(request: MemberRequest, contact: Contact) -> dict[str, object]:
    rows = Export.objects.filter(
        organisation=request.organisation, contact=contact, expires_at__gt=timezone.now()
    )
    found = list(rows.defer("content").select_related("by__person").order_by("-asked_at"))
    return {"exports": found, "is_waiting": any(each.made_at is None for each in found)}


@require_safe
def download(request: MemberRequest, contact_id: UUID, export_id: UUID) -> HttpResponse:
    """The zip, while it may be had."""
    rows = Export.objects.filter(
        organisation=request.organisation,
        contact=contact_id,
        expires_at__gt=timezone.now(),
        made_at__isnull=False,
    )
    export = get_object_or_404(rows.defer("content").select_related("contact"), id=export_id)
    content = actions.download(export=export, by=request.member)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="gegevens-inwoner.zip"'
    response["Cache-Control"] = "private, no-store"
    return response

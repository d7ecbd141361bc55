"""Residents: finding one, and all that is known of them within one organisation."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Contact, ContactAddress, ContactNote, Conversation
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from ..forms import AddressForm, NameForm, ResidentNoteForm
from ..queries import residents as readings
from .drawing import REFUSED, SEE_OTHER


@require_GET
def residents(request: MemberRequest) -> HttpResponse:
    """The residents that fit what was typed."""
    text = request.GET.get("zoek", "")
    found = readings.contacts_like(request.organisation.id, text)
    page = Paginator(found, readings.PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "residents": readings.rows_of(page.object_list, request.organisation),
        "sought": text,
        "query": f"{urlencode({'zoek': text})}&" if text else "",
    }
    return render(request, "desk/residents.html", context)


@require_GET
def resident(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """One resident; that somebody looked is written down, with why."""
    found = found_contact(request, contact_id)
    if found.merged_into_id:
        return to_resident(request, found.merged_into_id)
    return draw_resident(request, found)


def found_contact(request: MemberRequest, contact_id: UUID) -> Contact:
    """The contact, or 404 when this organisation has none like it."""
    return get_object_or_404(Contact, organisation=request.organisation, id=contact_id)


def to_resident(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """Go to the page of the resident."""
    url = reverse("desk:resident", args=[request.organisation.slug, contact_id])
    return HttpResponseRedirect(url, status=SEE_OTHER)


def draw_resident(request: MemberRequest, contact: Contact, **written: Form) -> HttpResponse:
    """The page of one resident; `written` are forms to mend."""
    via = _conversation_before(request, contact)
    purpose = "answer" if via else "look_up"
    conversations.view_contact(contact=contact, by=request.member, purpose=purpose, conversation_id=via)
    context = {
        "resident": readings.resident_of(contact, request.organisation, request.GET.get("pagina")),
        "name_form": NameForm(initial={"name": contact.name}, auto_id="name_%s"),
        "address_form": AddressForm(auto_id="address_%s"),
        "note_form": ResidentNoteForm(auto_id="resident_note_%s"),
        **written,
    }
    return render(request, "desk/resident.html", context, status=REFUSED if written else 200)


def _conversation_before(request: HttpRequest, contact: Contact) -> UUID | None:
    """The conversation somebody came from, if it is this resident's."""
    try:
        asked = UUID(request.GET.get("gesprek", ""))
    except ValueError:
        return None
    mine = Conversation.objects.filter(organisation_id=contact.organisation_id, contact=contact, id=asked)
    return asked if mine.exists() else None


@require_POST
def rename(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """Correct a name."""
    contact = found_contact(request, contact_id)
    form = NameForm(request.POST, auto_id="name_%s")
    if not form.is_valid():
        return draw_resident(request, contact, name_form=form)
    conversations.rename_contact(contact=contact, by=request.member, **form.cleaned_data)
    return to_resident(request, contact.id)


@require_POST
def add_address(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """Another way to reach the resident."""
    contact = found_contact(request, contact_id)
    form = AddressForm(request.POST, auto_id="address_%s")
    if form.is_valid():
        try:
            conversations.add_address(contact=contact, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("value", str(refusal))
        else:
            return to_resident(request, contact.id)
    return draw_resident(request, contact, address_form=form)


@require_POST
def address(request: MemberRequest, contact_id: UUID, address_id: UUID) -> HttpResponse:
    """Prefer an address, or forget it."""
    rows = ContactAddress.objects.filter(organisation=request.organisation, contact=contact_id)
    asked = get_object_or_404(rows.select_related("contact"), id=address_id)
    try:
        if request.POST.get("deed") == "remove":
            conversations.remove_address(address=asked, by=request.member)
        else:
            conversations.prefer_address(address=asked, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_resident(request, contact_id)


@require_POST
def add_note(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """What colleagues should know, until a day."""
    contact = found_contact(request, contact_id)
    form = ResidentNoteForm(request.POST, auto_id="resident_note_%s")
    if not form.is_valid():
        return draw_resident(request, contact, note_form=form)
    conversations.note_contact(contact=contact, by=request.member, **form.cleaned_data)
    return to_resident(request, contact.id)


@require_POST
def remove_note(request: MemberRequest, contact_id: UUID, contact_note_id: UUID) -> HttpResponse:
    """Remove a note before its time."""
    rows = ContactNote.objects.filter(organisation=request.organisation, contact=contact_id)
    note = get_object_or_404(rows.select_related("contact"), id=contact_note_id)
    conversations.remove_contact_note(note=note, by=request.member)
    return to_resident(request, contact_id)

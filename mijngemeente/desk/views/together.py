"""Conversations that go together, and apart: merge, split and link, each with its undoing."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.errors import OtherResident
from mijngemeente.conversations.models import Conversation, Link
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from ..actions.access import record_look_elsewhere
from ..forms import OtherForm, SplitForm
from ..queries import pages
from ..queries.others import others_for, parts_of
from ..rules import CHOOSING, Choosing
from .drawing import REFUSED, found, list_query, page_of, to_conversation


@require_http_methods(["GET", "POST"])
def merge(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Choose the conversation in which this one goes on."""
    conversation = found(request, conversation_id)
    form = _other_form(request, conversation)
    if form.is_valid():
        other = found(request, form.cleaned_data["other"])
        try:
            conversations.merge(
                conversation=conversation,
                into=other,
                by=request.member,
                confirmed_contact=form.cleaned_data["confirmed_contact"],
            )
        except OtherResident as refusal:
            form.add_error(None, str(refusal))
            return _draw(request, conversation, form, CHOOSING["merge"], other=other)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Gesprek {conversation.number} gaat verder in gesprek {other.number}.")
            return to_conversation(request, other)
    return _draw(request, conversation, form, CHOOSING["merge"])


@require_http_methods(["GET", "POST"])
def link(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Choose a conversation that belongs with this one."""
    conversation = found(request, conversation_id)
    places = _places(request)
    where = places.get(request.GET.get("waar", ""), request.organisation)
    listed = others_for(conversation, request.GET.get("zoek", ""), where.id)
    if where != request.organisation and request.GET.get("zoek", "").strip():
        record_look_elsewhere(conversation=conversation, by=request.member, found=len(listed))
    form = OtherForm(posted(request), others=listed)
    if form.is_valid():
        other = Conversation.objects.get(organisation=where, id=form.cleaned_data["other"])
        conversations.link(conversation=conversation, to=other, by=request.member)
        return to_conversation(request, conversation)
    return _draw(request, conversation, form, CHOOSING["link"], places=places, where=where)


def _places(request: MemberRequest) -> dict[str, Organisation]:
    """Where the reader may look, by name in the address."""
    ids = [number for number, each in request.coverage.items() if Right.READ in each.rights]
    return {each.slug: each for each in Organisation.objects.filter(id__in=ids).order_by("name")}


def _other_form(request: MemberRequest, conversation: Conversation) -> OtherForm:
    return OtherForm(posted(request), others=others_for(conversation, request.GET.get("zoek", "")))


def _draw(
    request: MemberRequest,
    conversation: Conversation,
    form: OtherForm,
    words: Choosing,
    *,
    other: Conversation | None = None,
    places: Mapping[str, Organisation] | None = None,
    where: Organisation | None = None,
) -> HttpResponse:
    """`other` is the one that was chosen, of another resident: then somebody has to say yes to that."""
    context = {
        **page_of(request, conversation),
        "form": form,
        "words": words,
        "searched": request.GET.get("zoek", ""),
        "other": other,
        "places": places.values() if places and len(places) > 1 else (),
        "where": where,
    }
    return render(request, "desk/choose_other.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def split(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Take messages out to a conversation of their own."""
    conversation = found(request, conversation_id)
    form = SplitForm(posted(request), parts=parts_of(conversation))
    if form.is_valid():
        chosen, subject = form.cleaned_data["messages"], form.cleaned_data["subject"]
        try:
            made = conversations.split(
                conversation=conversation, message_ids=chosen, subject=subject, by=request.member
            )
            return to_conversation(request, made)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {**page_of(request, conversation), "form": form}
    return render(request, "desk/split.html", context, status=REFUSED if form.errors else 200)


@require_POST
def unmerge(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Take this conversation out of the one it went up in."""
    conversation = found(request, conversation_id)
    into = conversation.merged_into
    try:
        conversations.unmerge(conversation=conversation, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return to_conversation(request, into or conversation)
    return to_conversation(request, conversation)


@require_POST
def unlink(request: MemberRequest, conversation_id: UUID, link_id: UUID) -> HttpResponse:
    """Say that two conversations do not belong together after all."""
    conversation = found(request, conversation_id)
    links = Link.objects.filter(organisation=request.organisation, conversation=conversation)
    conversations.unlink(link=get_object_or_404(links, id=link_id), by=request.member)
    return to_conversation(request, conversation)


def moved_on(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """The number of a merged conversation leads to where it goes on."""
    url = pages.links_of(request.organisation.slug, conversation.id, list_query(request)).conversation
    return HttpResponseRedirect(url)

"""Messages that the resident no longer sees."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Message
from mijngemeente.conversations.queries import family_ids
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import posted

from ..forms import HidingForm
from ..queries.others import hidden_parts, shown_parts
from .drawing import REFUSED, found, page_of, to_conversation


@require_http_methods(["GET", "POST"])
def hide(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Choose a message to keep inside, and say why."""
    conversation = found(request, conversation_id)
    form = HidingForm(posted(request), parts=shown_parts(conversation))
    if form.is_valid():
        messages_here = Message.objects.filter(
            organisation=request.organisation, conversation__in=family_ids(conversation)
        )
        message = get_object_or_404(messages_here, id=form.cleaned_data["message"])
        conversations.hide(message=message, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, "De inwoner ziet dit bericht niet meer.")
        return to_conversation(request, conversation)
    context = {**page_of(request, conversation), "form": form, "hidden": hidden_parts(conversation)}
    return render(request, "desk/hide.html", context, status=REFUSED if form.errors else 200)


@require_POST
def unhide(request: MemberRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """Show a message to the resident again."""
    conversation = found(request, conversation_id)
    rows = Message.objects.filter(
        organisation=request.organisation, conversation__in=family_ids(conversation)
    )
    conversations.unhide(message=get_object_or_404(rows, id=message_id), by=request.member)
    return to_conversation(request, conversation)

"""What somebody wants to think of again, and whom a note can name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.queries import members_reading
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import posted

from .. import rules
from ..forms import ReminderForm
from ..queries import notifications, pages
from .drawing import REFUSED, found, list_query, to_conversation


@require_http_methods(["GET", "POST"])
def reminders(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """My reminders of this conversation, and a new one."""
    conversation = found(request, conversation_id)
    form = ReminderForm(posted(request))
    if form.is_valid():
        made = conversations.remind(conversation=conversation, by=request.member, **form.cleaned_data)
        when = rules.future_words(made.at, timezone.now())
        messages.success(request, f"Je krijgt een melding: {when}.")
        return to_conversation(request, conversation)
    return _draw(request, conversation, form)


def _draw(request: MemberRequest, conversation: Conversation, form: ReminderForm) -> HttpResponse:
    links = pages.links_of(request.organisation.slug, conversation.id, list_query(request))
    context = {
        "form": form,
        "form_url": links.reminders,
        "back_url": links.conversation,
        "number": conversation.number,
        "who": conversation.contact,
        "conversation_id": conversation.id,
        "reminders": notifications.reminders_of(conversation, request.member),
    }
    return render(request, "desk/reminders.html", context, status=REFUSED if form.errors else 200)


@require_POST
def forget(request: MemberRequest, conversation_id: UUID, reminder_id: UUID) -> HttpResponse:
    """It is no longer needed."""
    conversation = found(request, conversation_id)
    mine = notifications.reminder_of(conversation, request.member, reminder_id)
    if mine is None:
        raise Http404
    conversations.forget_reminder(reminder=mine)
    return to_conversation(request, conversation)


@require_GET
def names(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Whom a note about this conversation can name: everybody who may read it."""
    conversation = found(request, conversation_id)
    readers = members_reading(conversation.organisation_id)
    others = [each for each in readers if each.person_id != request.user.id]
    return render(request, "desk/_names.html", {"members": others})

"""Asking a department."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, DepartmentQuestion
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from ..forms import AskForm
from ..queries import pages, threads
from .drawing import REFUSED, found, list_query, to_conversation

#: So many of the last messages can be shown to a department.
SPOKEN = 20


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """What was asked, and a new question."""
    conversation = found(request, conversation_id)
    spoken = threads.spoken_since(conversation, 0)[-SPOKEN:]
    form = AskForm(posted(request), organisation_id=conversation.organisation_id, spoken=spoken)
    if form.is_valid():
        try:
            conversations.ask_department(
                conversation=conversation,
                department=form.cleaned_data["department"],
                question=form.cleaned_data["question"],
                excerpt=form.excerpt(
                    conversation.contact.name, conversation.contact.addresses.values_list("value", flat=True)
                ),
                by=request.member,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De vraag is verstuurd. Je krijgt een melding bij het antwoord.")
            return to_conversation(request, conversation)
    return _draw(request, conversation, form)


def _draw(request: MemberRequest, conversation: Conversation, form: AskForm) -> HttpResponse:
    links = pages.links_of(request.organisation.slug, conversation.id, list_query(request))
    asked = DepartmentQuestion.objects.filter(
        organisation=request.organisation, conversation=conversation
    ).select_related("department", "asked_by__person")
    context = {
        "form": form,
        "form_url": links.ask,
        "back_url": links.conversation,
        "number": conversation.number,
        "who": conversation.contact,
        "conversation_id": conversation.id,
        "asked": [(each, each.is_open(timezone.now())) for each in asked.order_by("-asked_at")],
        "has_departments": form.fields["department"].queryset.exists(),  # type: ignore[attr-defined]  # a ModelChoiceField
    }
    return render(request, "desk/ask.html", context, status=REFUSED if form.errors else 200)


@require_POST
def withdraw(request: MemberRequest, conversation_id: UUID, question_id: UUID) -> HttpResponse:
    """It is no longer needed."""
    conversation = found(request, conversation_id)
    rows = DepartmentQuestion.objects.filter(organisation=request.organisation, conversation=conversation)
    question = get_object_or_404(rows.select_related("conversation"), id=question_id)
    conversations.withdraw_question(question=question, by=request.member)
    return to_conversation(request, conversation)

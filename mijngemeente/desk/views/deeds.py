"""What can be done with a conversation besides speaking: each a form that is posted."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Delivery, Message
from mijngemeente.conversations.queries import current_of
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import members_answering_for, rules_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from .. import actions
from ..forms import (
    TOLD,
    TOLD_INFORMALLY,
    AssignmentForm,
    ClosureForm,
    FormalKindForm,
    HandoverForm,
    KindForm,
    LabelForm,
    PriorityForm,
    SnoozeForm,
    StatusForm,
    TopicForm,
)
from ..queries import pages
from ..rules import future_words
from .drawing import (
    REFUSED,
    draw_refusal,
    draw_written,
    first_error,
    found,
    list_query,
    tell_closed,
    to_next,
)

P = ParamSpec("P")


class Mend(Refused):
    """A form that was not filled in rightly."""


def deed(
    view: Callable[Concatenate[MemberRequest, Conversation, P], HttpResponse | None],
) -> Callable[..., HttpResponse]:
    """Find the conversation, do the deed, and show what changed; or say why nothing was done."""

    @require_POST
    @wraps(view)
    def done(
        request: MemberRequest, conversation_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        conversation = found(request, conversation_id)
        try:
            with transaction.atomic():
                answer = view(request, conversation, *args, **kwargs)
        except Refused as refusal:
            return draw_refusal(request, conversation, str(refusal))
        return answer or draw_written(request, conversation)

    return done


@deed
def answer_likewise(request: MemberRequest, conversation: Conversation) -> None:
    """Give a later resident what all were told about the event it belongs to."""
    key = uuid5(conversation.id, f"likewise {request.POST.get('seen_count', '')}")
    if not actions.answer_likewise(conversation=conversation, by=request.member, key=key):
        raise Mend("Deze inwoner kan het antwoord van de anderen niet krijgen. Antwoord zelf.")


@deed
def assign(request: MemberRequest, conversation: Conversation) -> None:
    """Give the conversation to a colleague, or back to the queue."""
    form = AssignmentForm(request.POST, members=members_answering_for(request.organisation.id))
    if not form.is_valid():
        raise Mend("Deze collega werkt niet voor deze organisatie.")
    seen = {"seen": form.cleaned_data["seen_assignee"]} if "seen_assignee" in request.POST else {}
    actions.entrust(conversation=conversation, to=form.cleaned_data["member"], by=request.member, **seen)


@deed
def status(request: MemberRequest, conversation: Conversation) -> None:
    """Say whose turn it is."""
    form = StatusForm(request.POST)
    if not form.is_valid():
        raise Mend(first_error(form))
    if conversation.is_closed:
        conversations.reopen(conversation=conversation, by=request.member)
    chosen = form.cleaned_data["status"]
    conversations.change_status(conversation=conversation, status=chosen, by=request.member)


@deed
def snooze(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Put it off, and go on to the next."""
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        raise Mend(first_error(form))
    conversations.snooze(conversation=conversation, until=form.until, by=request.member)
    back = future_words(form.until, timezone.now())
    messages.success(request, f"Het gesprek met {conversation.contact} is uitgesteld tot {back}.")
    return to_next(request, conversation)


@deed
def prioritise(request: MemberRequest, conversation: Conversation) -> None:
    """Say how much haste there is."""
    form = PriorityForm(request.POST)
    if not form.is_valid():
        raise Mend("Deze voorrang bestaat niet.")
    chosen = form.cleaned_data["priority"]
    conversations.prioritise(conversation=conversation, priority=chosen, by=request.member)


@deed
def follow(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Know when the resident writes, or no longer."""
    change = conversations.unfollow if request.POST.get("follow") == "no" else conversations.follow
    change(conversation=conversation, by=request.member)
    return draw_written(request, conversation, "desk/_follow.html")


@deed
def topic(request: MemberRequest, conversation: Conversation) -> None:
    """Say what it is about."""
    form = TopicForm(request.POST)
    if not form.is_valid():
        raise Mend("Dit onderwerp bestaat niet.")
    chosen = form.cleaned_data["topic"]
    conversations.change_topic(conversation=conversation, topic=chosen, by=request.member)


@deed
def kind(request: MemberRequest, conversation: Conversation) -> None:
    """Say what sort of message it is."""
    form = KindForm(request.POST)
    if not form.is_valid():
        raise Mend("Deze soort bestaat niet.")
    chosen = form.cleaned_data["kind"]
    conversations.change_kind(conversation=conversation, kind=chosen, by=request.member)


@deed
def label(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Put a label on, or take it off when it was on."""
    form = LabelForm(request.POST, organisation=request.organisation)
    if not form.is_valid():
        raise Mend(first_error(form))
    chosen = form.cleaned_data["label"]
    name = chosen.name if chosen else form.cleaned_data["new_label"]
    is_new = conversations.label(conversation=conversation, name=name, by=request.member)
    if chosen and not is_new:
        conversations.unlabel(conversation=conversation, label=chosen, by=request.member)
    return draw_written(request, conversation, "desk/_labels_menu.html")


@deed
def refer(request: MemberRequest, conversation: Conversation) -> None:
    """Say which formal message it is, confirm that it came in, and lead it to where it belongs."""
    form = FormalKindForm(request.POST)
    if not form.is_valid():
        raise Mend("Kies bezwaar, aanvraag of formele klacht.")
    actions.refer(conversation=conversation, kind=form.cleaned_data["kind"], by=request.member)


@deed
def first_answer(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Send the numbers to call to somebody in danger or distress."""
    if actions.send_first_answer(conversation=conversation, by=request.member) is None:
        raise Mend("Dit kan niet meer: er is geen nood, of geen manier om te antwoorden.")
    return draw_written(request, conversation, "desk/_reply_form.html")


@deed
def close(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Close the conversation, say why, and go on to the next."""
    form = ClosureForm(request.POST)
    if not form.is_valid():
        raise Mend(first_error(form))
    actions.close_read(conversation=conversation, by=request.member, **form.cleaned_data)
    tell_closed(request, conversation)
    return to_next(request, conversation)


@deed
def reopen(request: MemberRequest, conversation: Conversation) -> None:
    """Open it again; what was spam is that no longer."""
    if not conversations.unmark_spam(conversation=conversation, by=request.member):
        conversations.reopen(conversation=conversation, by=request.member)


@deed
def delivery(request: MemberRequest, conversation: Conversation, message_id: UUID) -> HttpResponse:
    """Send again what did not arrive, or say that it did."""
    rows = Delivery.objects.filter(organisation=request.organisation, message__conversation=conversation)
    stuck = get_object_or_404(rows.select_related("message__conversation"), message=message_id)
    if request.POST.get("outcome") == "arrived":
        conversations.confirm_delivery(delivery=stuck, by=request.member)
    else:
        conversations.retry_delivery(delivery=stuck, by=request.member)
    return draw_written(request, current_of(conversation))


@deed
def take_back(request: MemberRequest, conversation: Conversation, message_id: UUID) -> HttpResponse:
    """Stop one's own answer while it still waits; its text stands in the box again."""
    own = Message.objects.filter(organisation=request.organisation, conversation=conversation)
    message = get_object_or_404(own, id=message_id, author__person=request.user)
    delivery = get_object_or_404(Delivery.objects.select_related("message__conversation"), message=message)
    beside = typed_beside(request, conversation)
    actions.take_back(delivery=delivery, by=request.member, beside=beside)
    return draw_written(request, conversation, "desk/_reply_form.html")


def typed_beside(request: MemberRequest, conversation: Conversation) -> str:
    """What stands in the box already, when that is more than an empty letter."""
    letter = pages.as_whom(conversation, request.organisation, request.member)
    typed = request.POST.get("body", "").replace("\r\n", "\n")
    return typed if letter is not None and typed.split() != letter.opening.split() else ""


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Send the question to the municipality that it belongs to."""
    conversation = found(request, conversation_id)
    is_informal = rules_of(request.organisation.id).form_of_address == "je"
    there = Organisation.objects.filter(municipality_id=request.GET.get("naar", "")).first()
    initial = {"message": TOLD_INFORMALLY if is_informal else TOLD, "organisation": there}
    form = HandoverForm(request.POST or None, by=request.organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["organisation"]
        try:
            conversations.hand_over(conversation=conversation, to=to, by=request.member, told=form.told())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"Overgedragen aan {to.full_name}. {conversation.contact} krijgt bericht."
            )
            return to_next(request, conversation)
    return _draw_hand_over(request, conversation, form)


def _draw_hand_over(request: MemberRequest, conversation: Conversation, form: HandoverForm) -> HttpResponse:
    links = pages.links_of(request.organisation.slug, conversation.id, list_query(request))
    context = {
        "form": form,
        "form_url": links.hand_over,
        "back_url": links.conversation,
        "number": conversation.number,
        "who": conversation.contact,
    }
    return render(request, "desk/handover.html", context, status=REFUSED if form.errors else 200)

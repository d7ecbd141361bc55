"""Answers that wait: in a conversation, and over all of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, PendingReply
from mijngemeente.organisations.requests import MemberRequest, PersonRequest
from mijngemeente.platform.tenancy import covering

from .. import actions
from ..errors import Doubtful
from ..forms import ApprovalForm
from ..queries import choices
from ..queries.pending import pending_for
from .deeds import Mend, deed, typed_beside
from .drawing import draw_doubt, draw_written, first_error

_BOX = "desk/_reply_form.html"


@require_GET
def pending(request: PersonRequest) -> HttpResponse:
    """What others ask me to read, and what of my own waits."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        lists = pending_for(workplace, request.coverage, request.user.id)
    return render(request, "desk/pending.html", {"lists": lists})


def _found(request: MemberRequest, conversation: Conversation, pending_id: UUID) -> PendingReply:
    rows = PendingReply.objects.filter(organisation=request.organisation, conversation=conversation)
    related = rows.select_related(
        "conversation__contact", "conversation__organisation", "author__person", "asked_to__person"
    )
    return get_object_or_404(related, id=pending_id)


@deed
def withdraw(request: MemberRequest, conversation: Conversation, pending_id: UUID) -> HttpResponse:
    """Take one's own answer back into the box."""
    reply = _found(request, conversation, pending_id)
    beside = typed_beside(request, conversation)
    actions.withdraw(reply=reply, by=request.member, beside=beside)
    return draw_written(request, conversation, _BOX)


@deed
def send(request: MemberRequest, conversation: Conversation, pending_id: UUID) -> None:
    """Send one's own answer now."""
    reply, written = _found(request, conversation, pending_id), _approval(request).cleaned_data
    actions.send_now(reply=reply, by=request.member, seen=written["seen"], sure=written["sure"])


@deed
def approve(request: MemberRequest, conversation: Conversation, pending_id: UUID) -> HttpResponse | None:
    """Say yes to a colleague's answer, perhaps with other words."""
    written = _approval(request).cleaned_data
    reply = _found(request, conversation, pending_id)
    text = written["text"].replace("\r\n", "\n") or reply.text
    try:
        actions.approve(reply=reply, by=request.member, text=text, seen=written["seen"], sure=written["sure"])
    except Doubtful:
        reply.text = text
        return draw_doubt(request, conversation, reply)
    return None


@deed
def give_back(request: MemberRequest, conversation: Conversation, pending_id: UUID) -> None:
    """Ask its author to change a colleague's answer."""
    reply = _found(request, conversation, pending_id)
    remark = _approval(request).cleaned_data["remark"]
    conversations.return_reply(reply=reply, by=request.member, remark=remark)


def _approval(request: MemberRequest) -> ApprovalForm:
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        raise Mend(first_error(form))
    return form

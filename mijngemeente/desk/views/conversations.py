"""One conversation: reading it, answering, and noting."""

from collections.abc import Sequence
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.organisations.queries import members_answering_for
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from .. import actions
from ..actions import Answer
from ..forms import DraftForm, NoteForm, ReplyForm
from ..models import Draft
from ..queries import choices, pages, queues, threads
from ..queries.checks import check
from ..queries.drafts import drafted, kept_files
from ..rules import Finding, Then
from .drawing import (
    REFUSED,
    draw_news,
    draw_page,
    draw_written,
    found,
    is_fragment,
    open_beside,
    tell_sent,
    to_next,
)
from .together import moved_on


@require_GET
def conversation(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Open a conversation; that is written down (promise P4)."""
    opened = found(request, conversation_id)
    if opened.merged_into is not None:
        return moved_on(request, opened.merged_into)
    conversations.view(conversation=opened, by=request.member)
    return draw_page(request, opened)


@require_POST
def read(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """The reader saw what they were told about it; the page says so by itself."""
    seen = found(request, conversation_id)
    conversations.read_notifications(
        organisation_id=seen.organisation_id, by=request.member, conversation_id=seen.id
    )
    return HttpResponse(status=204)


@require_GET
def thread(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """What is new in a conversation that stands open."""
    return draw_news(request, found(request, conversation_id))


@require_GET
def row(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """The conversation in the list, as it stands now."""
    changed = found(request, conversation_id)
    workplace = choices.workplace_of(request.coverage)
    choice, now = choices.choice_of(request.GET, workplace), timezone.now()
    # A view of another organisation cannot be read here, so nobody can say that the row leaves it.
    rows = choices.in_queue(choice, workplace, now)
    stays = choice.is_elsewhere or rows.filter(id=changed.id).exists()
    is_current = open_beside(request) == str(changed.id)
    drawn = queues.row_of(
        changed,
        choice,
        workplace,
        now=now,
        has_draft=bool(drafted([changed], workplace.member_ids)),
        is_current=is_current,
        is_leaving=not stays,
    )
    return render(request, "desk/_row.html", {"row": drawn})


@require_POST
def reply(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Answer the resident."""
    answered = found(request, conversation_id)
    form = _reply_form(request, answered)
    if not form.is_valid():
        return _draw_mending(request, answered, "desk/_reply_form.html", reply_form=form)
    written = form.answer()
    has_files = bool(written.files)
    findings = check(written.text, answered, request.organisation, request.member, has_files=has_files)
    if form.unread(findings):
        form.warn(findings)
        return _draw_mending(request, answered, "desk/_reply_form.html", findings, reply_form=form)
    try:
        message = _hand_in(request, answered, form, written)
    except Refused as refusal:
        form.refuse(str(refusal), seen=len(threads.spoken_since(answered, 0)))
        return _draw_mending(request, answered, "desk/_reply_form.html", reply_form=form)
    if message is not None and written.then is not Then.STAY:
        tell_sent(request, message)
        return to_next(request, answered)
    return draw_written(request, answered, "desk/_reply_form.html")


def _hand_in(
    request: MemberRequest, answered: Conversation, form: ReplyForm, written: Answer
) -> Message | None:
    """The answer as a message; None if it waits for its moment, or for a colleague."""
    by = request.member
    if form.wants_approval:
        actions.ask(conversation=answered, by=by, written=written, of=form.asked_to)
        return None
    if form.send_at is not None:
        actions.plan(conversation=answered, by=by, written=written, at=form.send_at)
        return None
    return actions.answer(conversation=answered, by=by, written=written)


def _reply_form(request: MemberRequest, answered: Conversation) -> ReplyForm:
    letter = pages.as_whom(answered, request.organisation, request.member)
    return ReplyForm(
        request.POST,
        request.FILES,
        opening=letter.opening if letter else "",
        colleagues=members_answering_for(request.organisation.id) if request.POST.get("ask") else (),
        returned=kept_files(answered, request.member) if request.POST.get("kept") else {},
    )


@require_POST
def draft(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Keep what somebody is writing."""
    written_in = found(request, conversation_id)
    letter = pages.as_whom(written_in, request.organisation, request.member)
    form = DraftForm(request.POST, opening=letter.opening if letter else "")
    if not form.is_valid():
        return HttpResponse(status=REFUSED)
    writing = form.writing()
    actions.keep_draft(conversation=written_in, by=request.member, writing=writing)
    if writing.kind == Draft.Kind.NOTE:
        return HttpResponse(status=204)
    has_files = bool(form.cleaned_data["file_count"])
    findings = check(writing.text, written_in, request.organisation, request.member, has_files=has_files)
    return render(request, "desk/_findings.html", {"findings": findings})


@require_POST
def note(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Write something for colleagues only."""
    noted = found(request, conversation_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _draw_mending(request, noted, "desk/_note_form.html", note_form=form)
    text, key = form.cleaned_data["body"], form.cleaned_data["key"]
    actions.note(conversation=noted, by=request.member, text=text, key=key)
    actions.drop_draft(conversation=noted, by=request.member, kind=Draft.Kind.NOTE)
    return draw_written(request, noted, "desk/_note_form.html")


def _draw_mending(
    request: MemberRequest,
    conversation: Conversation,
    box: str,
    findings: Sequence[Finding] = (),
    **written: Form,
) -> HttpResponse:
    """The box with what was typed and what to mend, and whatever else came in meanwhile."""
    if is_fragment(request):
        return draw_news(request, conversation, box=box, status=REFUSED, findings=findings, **written)
    return draw_page(
        request, conversation, status=REFUSED, findings=findings, changed=None, typed={}, **written
    )

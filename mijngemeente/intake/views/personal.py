"""The resident's own page, behind the personal link: read, add, rate."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.channels.web.wire import Submission
from mijngemeente.conversations.models import PERSONAL_LINK, Conversation
from mijngemeente.conversations.queries import inbox_for
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.queries import rules_of
from mijngemeente.organisations.requests import ResidentRequest
from mijngemeente.platform import tallies
from mijngemeente.platform.seals import read_token

from .. import queries, rules
from ..actions import settle, submit
from ..forms import MessageForm, RatingForm
from ..queries import PENDING, ShownConversation, personal_path
from .marks import FIELD, WORDS, FormMark, new_mark, posted_mark, with_key
from .page import SeeOther, framed, private, resident_page, show, speak

STATUS_WORDS = {
    PENDING: _("Het bericht is binnen."),
    Conversation.Status.OPEN: _("Een medewerker gaat dit lezen."),
    Conversation.Status.WAITING_DEPARTMENT: _("Een medewerker zoekt het uit."),
    Conversation.Status.WAITING_RESIDENT: _("Er is antwoord. Reageren kan hieronder."),
    Conversation.Status.CLOSED: _("Dit gesprek is afgerond."),
}

CHOOSE = _("Kies hieronder de gemeente, dan gaat het bericht daarheen.")

#: How the page looks: a chat is the same page with less around it, a widget stands inside another site.
TEMPLATES = {
    "": "intake/conversation.html",
    "chat": "intake/conversation.html",
    "widget": "intake/widget.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def personal(request: ResidentRequest, token: str) -> HttpResponse:
    """The conversation; POST adds a message."""
    conversation = _find(request, token)
    purpose = f"addition {conversation.id}"
    inbox = inbox_for(request.organisation.id, "web")
    if request.method != "POST":
        there = _followed(request, conversation)
        if there:
            return SeeOther(there)
        return _show(request, conversation, MessageForm(), new_mark(purpose))
    if inbox is None:
        raise Http404
    form = MessageForm(request.POST, request.FILES)
    mark = posted_mark(request, purpose)
    obstacle = _obstacle(conversation, mark)
    if mark and obstacle is None and form.is_valid():
        return _add(request, conversation, form, mark, inbox)
    if obstacle is not None:
        form.add_error(None, str(WORDS[obstacle]))
    status = 429 if obstacle is rules.Obstacle.TOO_MANY else 422
    return _show(request, conversation, form, mark or new_mark(purpose), status=status)


def _find(request: ResidentRequest, token: str) -> ShownConversation:
    """The conversation, in its own language. Raises Http404 for every other token."""
    conversation_id = read_token(PERSONAL_LINK, token)
    found = queries.shown_conversation(request.organisation, conversation_id) if conversation_id else None
    if found is None:
        raise Http404
    speak(request, found.language)
    return found


def _followed(request: ResidentRequest, conversation: ShownConversation) -> str:
    """Where it goes on, if the national front door only showed it the way; else empty.

    Also empty when the resident wrote here again since: there that does not stand.
    """
    moved, is_done = conversation.moved, conversation.is_closed and not conversation.is_pending
    if moved is None or not (moved.has_arrived and is_done and queries.is_national(request.organisation)):
        return ""
    return f"{moved.url}{_layout_query(request)}"


def _obstacle(conversation: ShownConversation, mark: FormMark | None) -> rules.Obstacle | None:
    """The link is proof enough, so only what no person does is stopped."""
    if tallies.count("addition", str(conversation.id)) > rules.ADDITIONS:
        return rules.Obstacle.TOO_MANY
    return rules.Obstacle.STALE if mark is None else None


def _add(
    request: ResidentRequest,
    conversation: ShownConversation,
    form: MessageForm,
    mark: FormMark,
    inbox: InboxAddress,
) -> HttpResponse:
    submission = Submission(
        key=mark.id,
        conversation_id=conversation.id,
        new_conversation_id=conversation.id,
        text=form.cleaned_data["text"],
        language=conversation.language,
        files=form.incoming_files(),
        problems=form.problems,
    )
    keyed = with_key(submission, mark)
    submit(inbox=inbox, submission=keyed)
    return SeeOther(f"{request.get_full_path()}#message-web-{keyed.key}")


def _show(
    request: ResidentRequest,
    conversation: ShownConversation,
    form: MessageForm,
    mark: FormMark,
    *,
    status: int = 200,
    rating_error: str = "",
) -> HttpResponse:
    layout = request.GET.get("weergave", "")
    page = personal_path(request.organisation, conversation.id)
    response = show(
        request,
        TEMPLATES.get(layout, TEMPLATES[""]),
        status=status,
        form=form,
        alarm=queries.alarm_in(request.POST.get("text", "")) if form.is_bound else "",
        mark_name=FIELD,
        mark=mark.token,
        reply_url=f"{page}{_layout_query(request)}",
        live_url=f"{page}live/",
        fragment_url=f"{page}berichten/?{request.GET.urlencode()}",
        **_conversation_context(request, conversation, rating_error),
    )
    if layout == "widget":
        framed(response, rules_of(request.organisation.id).widget_sites)
    return private(response)


def _conversation_context(
    request: ResidentRequest, conversation: ShownConversation, rating_error: str = ""
) -> dict[str, Any]:
    page = personal_path(request.organisation, conversation.id)
    return {
        "conversation": conversation,
        "status_text": CHOOSE if conversation.choices else STATUS_WORDS[conversation.status],
        "is_short": request.GET.get("weergave") in ("chat", "widget"),
        "page_url": settings.PUBLIC_URL + page,
        "choice_url": f"{page}gemeente/{_layout_query(request)}",
        "follow_url": _followed(request, conversation),
        "rating_url": f"{page}cijfer/{_layout_query(request)}",
        "rating_error": rating_error,
        "scores": range(1, 11),
    }


def _layout_query(request: ResidentRequest) -> str:
    """What keeps a chat a chat, and the widget inside the only page that a site may frame."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


@require_safe
@resident_page
def messages(request: ResidentRequest, token: str) -> HttpResponse:
    """The part of the page that changes by itself."""
    conversation = _find(request, token)
    return private(show(request, "intake/_conversation.html", **_conversation_context(request, conversation)))


@require_POST
@resident_page
def municipality(request: ResidentRequest, token: str) -> HttpResponse:
    """Which municipality it is about, with one of the buttons; pressed twice is once."""
    shown = _find(request, token)
    code = request.POST.get("gemeente", "")
    if code in {each.code for each in shown.choices}:
        settle(conversation=_conversation(request, shown), code=code)
    return SeeOther(f"{personal_path(request.organisation, shown.id)}{_layout_query(request)}")


def _conversation(request: ResidentRequest, shown: ShownConversation) -> Conversation:
    return Conversation.objects.get(organisation_id=request.organisation.id, id=shown.id)


@require_POST
@resident_page
def rating(request: ResidentRequest, token: str) -> HttpResponse:
    """A mark from 1 to 10, which can be changed."""
    shown = _find(request, token)
    if not shown.may_be_rated:
        raise Http404
    form = RatingForm(request.POST)
    if not form.is_valid():
        error = str(next(iter(form.errors.values()))[0])
        mark = new_mark(f"addition {shown.id}")
        return _show(request, shown, MessageForm(), mark, status=422, rating_error=error)
    record_satisfaction(conversation=_conversation(request, shown), **form.cleaned_data)
    return SeeOther(f"{personal_path(request.organisation, shown.id)}{_layout_query(request)}#rating")


@require_safe
@resident_page
def attachment(request: ResidentRequest, token: str, attachment_id: UUID) -> HttpResponse:
    """A file of the conversation, always to be saved and never shown as a page of ours."""
    conversation = _find(request, token)
    found = queries.attachment_of(request.organisation.id, conversation.id, attachment_id)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.file.content), content_type=found.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private(response)

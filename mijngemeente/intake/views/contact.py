"""The front door: a resident asks."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mijngemeente.channels.web.wire import Submission
from mijngemeente.conversations.queries import inbox_for
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.requests import ResidentRequest
from mijngemeente.platform import tallies

from .. import rules
from ..actions import submit
from ..forms import ContactForm, QuestionForm
from ..queries import alarm_in, personal_path
from .marks import FIELD, TRAP, WORDS, FormMark, new_mark, posted_mark, with_key
from .page import SeeOther, resident_page, show


@dataclass(frozen=True)
class Entry:
    """One way to ask: the form, its page, and the layout of the personal page afterwards."""

    form: type[QuestionForm]
    template: str
    layout: str = ""


CONTACT = Entry(ContactForm, "intake/contact.html")
CHAT = Entry(QuestionForm, "intake/chat.html", "chat")


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def contact(request: ResidentRequest) -> HttpResponse:
    """The form."""
    return question_page(request, CONTACT)


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def chat(request: ResidentRequest) -> HttpResponse:
    """Just the question; what follows is a conversation."""
    return question_page(request, CHAT)


def question_page(request: ResidentRequest, entry: Entry) -> HttpResponse:
    """Show the form, or take the question and go to its page."""
    inbox = _web_inbox(request)
    purpose = f"question {request.organisation.id}"
    if request.method != "POST":
        return _show(request, entry, _form(request, entry), new_mark(purpose))
    mark = posted_mark(request, purpose)
    form = _form(request, entry)
    obstacle = _obstacle(request, mark)
    if mark and obstacle is None and form.is_valid():
        return _take(request, entry, form, mark, inbox)
    if obstacle is not None:
        form.add_error(None, str(WORDS[obstacle]))
    renewed = new_mark(purpose) if mark is None or obstacle is rules.Obstacle.STALE else mark
    status = 429 if obstacle is rules.Obstacle.TOO_MANY else 422
    return _show(request, entry, form, renewed, status=status)


def _web_inbox(request: ResidentRequest) -> InboxAddress:
    inbox = inbox_for(request.organisation.id, "web")
    if inbox is None:
        raise Http404
    return inbox


def _form(request: ResidentRequest, entry: Entry) -> QuestionForm:
    """An e-mail address is only asked where an answer can go there."""
    form = entry.form(request.POST, request.FILES) if request.method == "POST" else entry.form()
    if inbox_for(request.organisation.id, "email") is None:
        del form.fields["email"]
    return form


def _obstacle(request: ResidentRequest, mark: FormMark | None) -> rules.Obstacle | None:
    return rules.obstacle(
        age_seconds=mark.age_seconds if mark else None,
        is_trapped=bool(request.POST.get(TRAP)),
        sent=tallies.count(f"question {request.organisation.id}", tallies.sender_of(request)),
    )


def _take(
    request: ResidentRequest, entry: Entry, form: QuestionForm, mark: FormMark, inbox: InboxAddress
) -> HttpResponse:
    typed = form.cleaned_data
    submission = Submission(
        key=mark.id,
        conversation_id=mark.id,
        new_conversation_id=mark.id,
        text=typed["text"],
        name=typed.get("name", ""),
        email=typed.get("email", ""),
        phone=typed.get("phone", ""),
        language=get_language() or "nl",
        files=form.incoming_files(),
        problems=form.problems,
    )
    submit(inbox=inbox, submission=with_key(submission, mark))
    page = personal_path(request.organisation, mark.id)
    return SeeOther(f"{page}?weergave={entry.layout}" if entry.layout else page)


def _show(
    request: ResidentRequest, entry: Entry, form: QuestionForm, mark: FormMark, *, status: int = 200
) -> HttpResponse:
    here = {"organisation": request.organisation.slug}
    return show(
        request,
        entry.template,
        status=status,
        form=form,
        # Whoever is in danger or distress is not kept waiting by what is wrong with the form.
        alarm=alarm_in(request.POST.get("text", "")) if form.is_bound else "",
        form_url=request.get_full_path(),
        mark_name=FIELD,
        mark=mark.token,
        trap_name=TRAP,
        chat_url=reverse("intake:chat", kwargs=here),
        page_url=settings.PUBLIC_URL + reverse("intake:contact", kwargs=here),
    )

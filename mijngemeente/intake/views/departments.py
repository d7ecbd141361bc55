"""The page on which a department answers a question, without an account."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import DepartmentQuestion
from mijngemeente.conversations.queries import question_by_token
from mijngemeente.organisations.requests import ResidentRequest
from mijngemeente.platform.http import posted

from .page import private, resident_page, show


class AnswerForm(forms.Form):
    """What the department answers."""

    name = forms.CharField(label="Je naam", max_length=80, required=False)
    answer = forms.CharField(
        label="Je antwoord",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Schrijf een antwoord."},
    )

    def clean_answer(self) -> str:
        """With the line ends that we keep."""
        return str(self.cleaned_data["answer"]).replace("\r\n", "\n")


@resident_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ResidentRequest, token: str) -> HttpResponse:
    """Read the question, and answer it once; each reading is written down."""
    asked = question_by_token(request.organisation.id, token)
    if asked is None:
        raise Http404
    form = AnswerForm(posted(request))
    is_answered = form.is_valid() and conversations.answer_question(
        question=asked, text=form.cleaned_data["answer"], name=form.cleaned_data["name"]
    )
    is_open = asked.is_open(timezone.now()) and not is_answered
    if is_open:
        conversations.view_question(question=asked)
    context = {
        "question": asked if is_open else None,
        "form": form,
        "told": "Bedankt, je antwoord is aangekomen." if is_answered else _closed_words(asked),
    }
    status = 422 if form.is_bound and form.errors and is_open else 200
    return private(show(request, "intake/question.html", status=status, **context))


def _closed_words(asked: DepartmentQuestion) -> str:
    if asked.answered_at is not None:
        return "Deze vraag is al beantwoord. Je hoeft niets meer te doen."
    if asked.withdrawn_at is not None:
        return "Deze vraag is ingetrokken. Je hoeft niets meer te doen."
    return "Deze link is verlopen. Vraag je collega om de vraag opnieuw te sturen."

"""The steps of a new municipality, and what it does in one go."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.answers.rules.blanks import FORM_OF_ADDRESS, fill, people, stretches
from mijngemeente.organisations.forms import EngagementRulesForm
from mijngemeente.organisations.queries import rules_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import posted

from . import actions, queries
from .forms import BlanksForm, StartersForm
from .rules import FIRST_ANSWERS, TEXTS, Progress, Step, state_words

REFUSED = 422


@dataclass(frozen=True)
class StepRow:
    """One step as the list shows it."""

    step: Step
    title: str
    why: str
    minutes: int
    is_done: bool
    is_next: bool
    state: str
    url: str


@require_safe
def begin(request: MemberRequest) -> HttpResponse:
    """The steps, and how far we are."""
    progress = queries.progress_of(request.organisation)
    rows = _rows(request, progress)
    context = {
        "rows": rows,
        "progress": progress,
        "done": len(progress.taken),
        "total": len(rows),
        "minutes_left": sum(each.minutes for each in rows if not each.is_done),
        "is_led": queries.is_beginning(request.organisation),
        "may_answer": Right.REPLY in request.rights,
        "contact_url": settings.PUBLIC_URL + _contact_path(request),
        "contact_path": _contact_path(request),
    }
    return render(request, "beginning/begin.html", context)


def _contact_path(request: MemberRequest) -> str:
    return reverse("intake:contact", args=[request.organisation.slug])


def _rows(request: MemberRequest, progress: Progress) -> list[StepRow]:
    following = progress.after(None)
    return [
        StepRow(
            step=step,
            title=text.title,
            why=text.why,
            minutes=text.minutes,
            is_done=step in progress.taken,
            is_next=step is following,
            state=state_words(step, progress.standing),
            url=queries.url_of(step, request.organisation),
        )
        for step, text in TEXTS.items()
    ]


@require_POST
def put_away(request: MemberRequest) -> HttpResponse:
    """Go on without the steps."""
    actions.put_away(organisation=request.organisation, by=request.member)
    messages.success(request, "Beginnen staat niet meer voorop. Je vindt het nog bij Overzicht.")
    return redirect("administration:overview", request.organisation.slug)


@require_POST
def answer_as_well(request: MemberRequest) -> HttpResponse:
    """An administrator of a small team answers residents too; later on roles are given where all are."""
    if not queries.is_beginning(request.organisation):
        raise Http404
    actions.answer_as_well(member=request.member)
    messages.success(request, "Je kunt nu zelf antwoorden. De werkplek staat in het menu.")
    return redirect("beginning:begin", request.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: MemberRequest) -> HttpResponse:
    """Adopt a first set of shared answers."""
    groups = queries.starters_of(request.organisation.id)
    form_of_address = {FORM_OF_ADDRESS: rules_of(request.organisation.id).form_of_address}
    ids = [str(each.answer.id) for starters in groups.values() for each in starters]
    form = StartersForm(posted(request), ids=ids)
    if form.is_valid():
        chosen = form.cleaned_data["answers"]
        count = actions.adopt_together(organisation=request.organisation, ids=chosen, by=request.member)
        messages.success(
            request, f"{count} {'antwoord is' if count == 1 else 'antwoorden zijn'} overgenomen."
        )
        return redirect("beginning:blanks", request.organisation.slug)
    context = {
        "form": form,
        "groups": [
            (group, [(each, stretches(fill(each.answer.text_nl, form_of_address))) for each in starters])
            for group, starters in groups.items()
        ],
        "typed": set(request.POST.getlist("answers")),
        "standing": queries.progress_of(request.organisation).standing,
        "wanted": FIRST_ANSWERS,
    }
    return render(request, "beginning/answers.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def blanks(request: MemberRequest) -> HttpResponse:
    """Fill in what the chosen answers leave open."""
    form = BlanksForm(posted(request), blanks=queries.blanks_of(request.organisation.id))
    if form.is_valid():
        count = actions.keep_facts(organisation=request.organisation, values=form.values(), by=request.member)
        messages.success(request, _kept_words(count))
        return redirect("beginning:begin", request.organisation.slug)
    context = {"form": form, "may_organise": Right.ORGANISE in request.rights}
    return render(request, "beginning/blanks.html", context, status=REFUSED if form.errors else 200)


def _kept_words(count: int) -> str:
    if not count:
        return "Er is niets ingevuld. De plekken blijven open."
    return f"{count} {'plek is' if count == 1 else 'plekken zijn'} ingevuld."


@require_POST
def sample(request: MemberRequest) -> HttpResponse:
    """How an answer would read under the rules that stand in the form; nothing is stored."""
    kept = rules_of(request.organisation.id)
    form = EngagementRulesForm(request.POST, instance=kept)
    form.is_valid()
    values = people(
        resident="Fatma Yilmaz",
        agent=request.member.person.name,
        organisation=request.organisation.full_name,
    )
    said = {name: fill(getattr(kept, name), values) for name in ("salutation", "signature")}
    context = {"said": said, "is_informal": kept.form_of_address == "je"}
    return render(request, "beginning/_sample.html", context)

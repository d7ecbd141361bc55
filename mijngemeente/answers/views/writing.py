"""Writing answers, and going back to how they were."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import AnswerForm, ReviewForm, filled_in
from ..models import LANGUAGES
from ..queries.bank import Known, KnownVersion, versions_of
from ..rules.differences import difference
from .finding import REFUSED, draw, found, own


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Write a new answer."""
    initial = {"owner": request.member.id}
    form = AnswerForm(posted(request), organisation=request.organisation, initial=initial)
    if form.is_valid():
        made = actions.write(organisation=request.organisation, draft=form.draft(), by=request.member)
        messages.success(request, "Het antwoord is bewaard.")
        return redirect("answers:answer", request.organisation.slug, made.id)
    context = {"form": form, "form_url": request.path, "answer": None}
    return draw(request, "edit", "bank", context, REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Change an answer; the words it had stay as a version."""
    answer = own(request, answer_id)
    form = AnswerForm(posted(request), organisation=request.organisation, initial=filled_in(answer))
    if form.is_valid() and _rewritten(request, answer, form):
        messages.success(request, "De wijziging is bewaard.")
        return redirect("answers:answer", request.organisation.slug, answer.id)
    context = {"form": form, "form_url": request.path, "answer": answer}
    return draw(request, "edit", "bank", context, REFUSED if form.errors else 200)


def _rewritten(request: MemberRequest, answer: Known, form: AnswerForm) -> bool:
    """False, with the reason in the form, if a colleague was first."""
    seen = form.cleaned_data["seen"] or 0
    try:
        actions.rewrite(answer=answer, draft=form.draft(), seen=seen, by=request.member)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_GET
def versions(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Every version, and the differences between two of them."""
    answer = found(request, answer_id)
    listed = versions_of(answer, request.organisation.id)
    newer = _chosen(request, "naar", listed, 0)
    older = _chosen(request, "van", listed, min(1, len(listed) - 1))
    context = {
        "answer": answer,
        "versions": listed,
        "older": older,
        "newer": newer,
        "differences": _differences(older, newer),
        "is_own": answer.organisation_id == request.organisation.id,
    }
    return draw(request, "versions", "bank", context)


def _chosen(request: MemberRequest, name: str, listed: list[KnownVersion], otherwise: int) -> KnownVersion:
    """The version whose number stands in the address."""
    typed = request.GET.get(name, "")
    return next((each for each in listed if str(each.number) == typed), listed[otherwise])


_LANGUAGE_OF = {f"text_{each}": each for each in LANGUAGES}


def _differences(older: KnownVersion, newer: KnownVersion) -> list[dict[str, object]]:
    """Title and texts that are not the same in both."""
    parts = {"title": "Titel", **{f"text_{each}": name for each, name in LANGUAGES.items()}}
    return [
        {
            "name": name,
            "language": _LANGUAGE_OF.get(column, "nl"),
            "pieces": difference(getattr(older, column), getattr(newer, column)),
        }
        for column, name in parts.items()
        if getattr(older, column) != getattr(newer, column)
    ]


@require_POST
def restore(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Make an earlier version the newest."""
    answer = own(request, answer_id)
    number = request.POST.get("number", "")
    listed = versions_of(answer, request.organisation.id)
    version = next((each for each in listed if str(each.number) == number), None)
    if version is None:
        raise Http404
    try:
        actions.restore(answer=answer, version=version, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Versie {version.number} geldt weer.")
    return redirect("answers:versions", request.organisation.slug, answer.id)


@require_POST
def checked(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Somebody looked: it is still right."""
    answer = own(request, answer_id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        actions.review(answer=answer, review_on=form.next_date(), by=request.member)
        messages.success(request, f"“{answer.title}” is nagekeken.")
    else:
        messages.error(request, "Vul een datum in, zoals 31-12-2027.")
    return redirect("answers:review", request.organisation.slug)

"""Saying yes to an answer of the country or the region."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import AdoptionForm
from ..models import LANGUAGES
from ..queries.bank import Current
from ..rules.differences import difference
from .finding import REFUSED, as_it_holds, draw, found


@require_http_methods(["GET", "HEAD", "POST"])
def adoption(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Take over the newest text, with parts of our own; or let go of it."""
    answer = found(request, answer_id)
    if answer.organisation_id == request.organisation.id:
        raise Http404
    standing = as_it_holds(request, answer)
    if request.method == "POST" and request.POST.get("deed") == "leave":
        actions.leave(answer=answer, by=request.member)
        messages.success(request, "Jullie volgen nu de gedeelde tekst, zonder eigen stukken.")
        return redirect("answers:answer", request.organisation.slug, answer.id)
    form = AdoptionForm(posted(request), wording=answer, initial={"version": answer.version})
    form.fill_in(standing.adoption.parts if standing.adoption else {})
    if form.is_valid():
        version = form.cleaned_data["version"]
        actions.adopt(answer=answer, version=version, parts=form.parts(), by=request.member)
        messages.success(request, "Het antwoord is overgenomen.")
        return redirect("answers:answer", request.organisation.slug, answer.id)
    context = {
        "answer": answer,
        "standing": standing,
        "form": form,
        "form_url": request.path,
        "differences": _differences(standing),
    }
    return draw(request, "adoption", "bank", context, REFUSED if form.errors else 200)


def _differences(standing: Current) -> list[dict[str, Any]]:
    """What changed in the shared text since we said yes to it."""
    return [
        {"name": name, "language": each, "pieces": difference(old, new)}
        for each, name in LANGUAGES.items()
        if (old := getattr(standing.wording, f"text_{each}"))
        != (new := getattr(standing.answer, f"text_{each}"))
    ]

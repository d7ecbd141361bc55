"""Finding an answer, and drawing its pages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right

from ..queries.bank import Current, Known, adoptions_behind, current, find

REFUSED = 422


def found(request: MemberRequest, answer_id: UUID) -> Known:
    """The answer, or 404 when this organisation cannot read it."""
    answer = find(request.organisation.id, answer_id)
    if answer is None:
        raise Http404
    return answer


def own(request: MemberRequest, answer_id: UUID) -> Known:
    """The answer, or 404 when it is not this organisation's to change."""
    answer = found(request, answer_id)
    if answer.organisation_id != request.organisation.id:
        raise Http404
    return answer


def as_it_holds(request: MemberRequest, answer: Known) -> Current:
    """With what this organisation said of it."""
    return current(request.organisation.id, [answer])[0]


def draw(
    request: MemberRequest, template: str, tab: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the bank, with `tab` marked."""
    around = {
        "tab": tab,
        "news_count": len(adoptions_behind(request.organisation.id)),
        "may_write": Right.ORGANISE in request.rights,
    }
    return render(request, f"answers/{template}.html", {**around, **context}, status=status)

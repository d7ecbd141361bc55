"""Who else is looking."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mijngemeente.organisations.requests import MemberRequest, PersonRequest
from mijngemeente.platform.presence import make_token
from mijngemeente.platform.tenancy import covering

from ..queries import choices, presence
from .drawing import found

# A full list and the conversation beside it.
ASKED = 60


@require_GET
def present(request: PersonRequest) -> HttpResponse:
    """Who is at the conversations that stand on the asking screen. A beat is taken in web/presence.py."""
    workplace = choices.workplace_of(request.coverage)
    asked = asked_about(request)
    with covering(workplace.ids):
        shown = presence.present_at(asked, workplace, request.user)
    return render(request, "desk/_present.html", {"shown": shown})


@require_GET
def token(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """What an open screen goes on beating with; nothing for who may no longer read."""
    open_one = found(request, conversation_id)
    words = make_token(open_one.organisation_id, open_one.id, request.user.id)
    return HttpResponse(words, content_type="text/plain")


def asked_about(request: PersonRequest, name: str = "gesprek") -> list[UUID]:
    """The conversations that stand on the asking screen."""
    return [each for each in map(_id_in, request.GET.getlist(name)[:ASKED]) if each]


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

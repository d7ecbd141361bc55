"""Who else is looking."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import covering

from ..queries import choices, presence

# A full list and the conversation beside it.
ASKED = 60


@require_GET
def present(request: PersonRequest) -> HttpResponse:
    """Who is at the conversations that stand on the asking screen. A beat is taken in web/presence.py."""
    workplace = choices.workplace_of(request.coverage)
    asked = filter(None, map(_id_in, request.GET.getlist("gesprek")[:ASKED]))
    with covering(workplace.ids):
        shown = presence.present_at(asked, workplace, request.user)
    return render(request, "desk/_present.html", {"shown": shown})


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

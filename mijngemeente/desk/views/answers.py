"""The answer bank beside a conversation."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mijngemeente.organisations.requests import MemberRequest

from ..queries import pages
from ..queries.answers import suggestions_for
from .drawing import found, is_fragment, list_query

TYPED_CHARACTERS = 200


@require_GET
def answers(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Answers that fit, and why; or those that somebody looks for. A page of its own without script."""
    conversation = found(request, conversation_id)
    typed = request.GET.get("zoek", "").strip()[:TYPED_CHARACTERS]
    context = {
        "suggestions": suggestions_for(conversation, request, typed),
        "typed": typed,
        "links": pages.links_of(request.organisation.slug, conversation.id, list_query(request)),
        "number": conversation.number,
    }
    template = "desk/_suggestions.html" if is_fragment(request) else "desk/answers.html"
    return render(request, template, context)

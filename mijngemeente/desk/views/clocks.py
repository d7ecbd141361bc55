"""What every clock on a screen says by now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import covering

from ..queries.choices import workplace_of
from ..queries.queues import due_of
from .presence import asked_about


@require_GET
def clocks(request: PersonRequest) -> HttpResponse:
    """The clocks alone: a list that stands open for an hour would say what was true an hour ago."""
    workplace, now = workplace_of(request.coverage), timezone.now()
    with covering(workplace.ids):
        short, in_full = asked_about(request), asked_about(request, "voluit")
        rows = Conversation.objects.filter(organisation_id__in=workplace.ids, id__in=[*short, *in_full])
        shown = [(each.id, due_of(each, now)) for each in rows]
    return render(request, "desk/_clocks.html", {"shown": shown, "short": short, "in_full": in_full})

"""How well messages are understood, by what people mended."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import covering

from .. import rules
from ..queries.card import report_card
from ..queries.choices import readable
from ..queries.understanding import WHAT, confused_in, months_of

#: Longer ago another model read.
LOOK_BACK = timedelta(days=366)


@require_safe
def understanding(request: PersonRequest) -> HttpResponse:
    """Over every organisation whose figures somebody may see; for the national one over all of them."""
    organisations = readable(request)
    if not organisations:
        raise Http404
    ids = _ids(organisations)
    since = timezone.localdate() - LOOK_BACK
    least = rules.least_told(len(ids))
    with covering(ids):
        context = {
            "organisations": organisations,
            "count": len(ids),
            "months": months_of(ids, since),
            "confused": confused_in(ids, since, least=least),
            "least": least,
            "card": report_card(),
            "what": list(WHAT.values()),
        }
        return render(request, "figures/understanding.html", context)


def _ids(organisations: list[Organisation]) -> list[int]:
    """One model reads for the whole country, so who keeps that sees all its numbers; nothing but numbers."""
    if any(each.kind == Organisation.Kind.NATIONAL for each in organisations):
        return list(Organisation.objects.filter(is_active=True).values_list("id", flat=True))
    return [each.id for each in organisations]

"""My own numbers, for me alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import covering

from .. import rules
from ..queries.choices import workplace
from ..queries.own import open_with, own_week

WEEKS = 8


@require_safe
def own(request: PersonRequest) -> HttpResponse:
    """The last weeks of whoever asks; nobody can ask for somebody else."""
    place = workplace(request)
    weeks = rules.weeks_before(timezone.localdate(), WEEKS)
    with covering(place.ids):
        context = {
            "open": open_with(place.member_ids, place.ids),
            "weeks": [own_week(place.member_ids, place.ids, each) for each in weeks],
        }
        return render(request, "figures/own.html", context)

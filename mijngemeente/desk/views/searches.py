"""Searching through everything that was ever said, as far as somebody may read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import acting_for, covering

from ..actions.access import record_search
from ..forms import SearchForm
from ..queries.choices import Workplace, workplace_of
from ..queries.searches import results_of
from .drawing import is_fragment


@require_GET
def search(request: PersonRequest) -> HttpResponse:
    """The search box with what was found; for htmx only the last."""
    workplace = workplace_of(request.coverage)
    form = SearchForm(request.GET, workplace=workplace, auto_id="search_%s")
    now, asked = timezone.now(), form.asked
    with covering(workplace.ids):
        page = request.GET.get("pagina", "")
        results = results_of(asked, form.narrowing(now), workplace, page=page, now=now)
    if asked.query and workplace.ids:
        _write_down(workplace, results.page.paginator.count)
    context = {
        "form": form,
        "typed": request.GET.get("zoek", ""),
        "is_asked": bool(asked.query),
        "results": results,
        "query": f"{urlencode({'zoek': request.GET.get('zoek', ''), **form.filters})}&",
    }
    return render(request, "desk/_found.html" if is_fragment(request) else "desk/search.html", context)


def _write_down(workplace: Workplace, found: int) -> None:
    """With the organisation somebody works at; a reader of several is a member of one of these."""
    member = _member(workplace.member_ids)
    with acting_for(member.organisation_id):
        record_search(by=member, found=found, organisations=len(workplace.ids))


def _member(member_ids: frozenset[UUID]) -> Member:
    return Member.objects.filter(id__in=member_ids).order_by("id")[0]

"""How it goes with an organisation's post and people, on one page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mijngemeente.assignment.queries import broken_agreements, broken_rules
from mijngemeente.organisations.queries import members_of, people_with_second_factor
from mijngemeente.organisations.requests import MemberRequest

from .. import actions, queries
from ..queries.troubled_jobs import jobs_of, troubled_jobs
from .inboxes import row_of


@dataclass(frozen=True)
class Figure:
    """One number an administrator looks at."""

    name: str
    number: int
    #: positive, caution or critical
    state: str
    text: str
    url: str


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Numbers, and the inboxes that need attention."""
    rows = [row_of(request, *each) for each in queries.inboxes_with_health(request.organisation)]
    trouble = [each for each in rows if each.state in ("critical", "caution")]
    broken = list(broken_rules(request.organisation.id))
    context = {
        "inboxes": trouble,
        "figures": [
            _inboxes(request, len(trouble)),
            *_post(request),
            _people(request),
            *_rules(request, len(broken)),
        ],
        "broken_rules": broken,
        "broken_agreements": list(broken_agreements(request.organisation.id)),
        "troubled": troubled_jobs(request.organisation.id),
        "happenings": queries.administration_lines(request.organisation),
    }
    return render(request, "organisations/overview.html", context)


@require_POST
def retry_job(request: MemberRequest, number: int) -> HttpResponse:
    """Do what does not succeed once more, now."""
    job = get_object_or_404(jobs_of(request.organisation.id), id=number)
    if actions.retry_job(organisation=request.organisation, number=job.id, by=request.member):
        messages.success(request, "Dit wordt nu opnieuw geprobeerd. Lukt het, dan is het hier zo weg.")
    else:
        messages.info(request, "Dit hoeft niet meer: het loopt al, of het is gelukt.")
    return redirect("administration:overview", request.organisation.slug)


def _inboxes(request: MemberRequest, trouble: int) -> Figure:
    url = reverse("administration:inboxes", args=[request.organisation.slug])
    state = "critical" if trouble else "positive"
    return Figure("Postvakken", trouble, state, "werken niet goed", url)


def _post(request: MemberRequest) -> list[Figure]:
    now, slug = timezone.now(), request.organisation.slug
    stuck = len(queries.stuck_deliveries(request.organisation, now))
    unread = queries.unfinished_payloads(request.organisation, now).count()
    return [
        Figure(
            "Verzending",
            stuck,
            "critical" if stuck else "positive",
            "vastgelopen",
            reverse("administration:letters", args=[slug]),
        ),
        Figure(
            "Onleesbare post",
            unread,
            "caution" if unread else "positive",
            "bewaard",
            reverse("administration:payloads", args=[slug]),
        ),
    ]


def _people(request: MemberRequest) -> Figure:
    members = list(members_of(request.organisation))
    unsecured = len(members) - len(people_with_second_factor(members))
    url = reverse("organisations:people", args=[request.organisation.slug])
    return Figure("Mensen", unsecured, "caution" if unsecured else "positive", "zonder tweede controle", url)


def _rules(request: MemberRequest, broken: int) -> list[Figure]:
    """Only when a rule switched itself off: most organisations have none."""
    url = reverse("desk:rules", args=[request.organisation.slug])
    words = "regel ging vanzelf uit" if broken == 1 else "regels gingen vanzelf uit"
    return [Figure("Toewijzing", broken, "critical", words, url)] if broken else []

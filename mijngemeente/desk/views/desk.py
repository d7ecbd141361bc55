"""The desk: queues and list, over every organisation somebody reads."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.tenancy import acting_for, covering

from .. import actions
from ..queries import bulk, choices, panes, queues
from ..rules import Queue
from .drawing import SEE_OTHER, is_fragment, open_beside


@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """One queue, beside the others and their counts."""
    workplace = choices.workplace_of(request.coverage)
    now = timezone.now()
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        counts = panes.counts_of(workplace, now)
        context = {
            "bulk_report": bulk_report(request, workplace),
            "queues": panes.groups_of(choice, workplace, counts),
            "list": queues.list_of(choice, workplace, counts, now=now, current=open_beside(request)),
        }
        if is_fragment(request):
            # What stands open beside it has the title of the page.
            return render(request, "desk/_panes.html", {**context, "conversation": open_beside(request)})
        return render(request, "desk/desk.html", context)


def bulk_report(request: PersonRequest, workplace: choices.Workplace) -> bulk.Report | None:
    """What came of what somebody just did with many conversations, if they did."""
    batch = request.GET.get("gedaan", "")
    if not choices.is_view_id(batch):
        return None
    return bulk.report_of(UUID(batch), workplace, is_undoing=request.GET.get("terug") == "1")


@require_GET
def organisations(request: PersonRequest) -> HttpResponse:
    """Every organisation with its count in the queue that is looked at; or, later, the counts alone."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        counts = panes.counts_of(workplace, timezone.now())
        links = panes.organisation_links(choice, workplace, counts)
    is_later = "tellingen" in request.GET
    template = "desk/_view_counts.html" if is_later else "desk/_organisations.html"
    context = {"queues": links, "counts_url": f"{reverse('desk:organisations')}?{choice.query}&tellingen=1"}
    return render(request, template, context)


@require_GET
def news(request: PersonRequest) -> HttpResponse:
    """How many conversations came in since the list was read, and the counts of now."""
    workplace = choices.workplace_of(request.coverage)
    now = timezone.now()
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        counts = panes.counts_of(workplace, now)
        context = {
            "count": queues.news_in(choice, workplace, since=_since(request, now), now=now),
            "choice": choice,
            "alarming": queues.alarm_since(workplace, _since(request, now)),
            "queues": panes.groups_of(choice, workplace, counts),
        }
        return render(request, "desk/_list_news.html", context)


def _since(request: PersonRequest, now: datetime) -> datetime:
    """A moment nobody can read counts as now: no news."""
    try:
        since = parse_datetime(request.GET.get("sinds", ""))
    except ValueError:
        return now
    return since if since is not None and since.tzinfo is not None else now


@require_POST
def take_longest_waiting(request: PersonRequest) -> HttpResponse:
    """Take whoever waits longest and is nobody's, wherever somebody answers."""
    answered = {number: each for number, each in request.coverage.items() if Right.REPLY in each.rights}
    workplace = choices.workplace_of(answered)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        waiting = queues.longest_waiting(workplace, choice)
    for organisation_id in waiting:
        with acting_for(organisation_id):
            by = Member.objects.select_related("person").get(id=answered[organisation_id].member_id)
            taken = actions.take_longest_waiting(organisation_id=organisation_id, by=by)
        if taken is not None:
            slug = workplace.organisations[organisation_id].slug
            url = f"{queues.url_of(slug, taken.id)}?{replace(choice, queue=Queue.MINE).query}"
            return HttpResponseRedirect(url, status=SEE_OTHER)
    messages.info(request, "Er wacht niemand meer. Alles is opgepakt.")
    return HttpResponseRedirect(choices.list_url(choice), status=SEE_OTHER)


@require_GET
def next_conversation(request: PersonRequest) -> HttpResponse:
    """On to whoever is next in the queue, or back to the list when nobody is."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        following = queues.next_in(choice, workplace, after=request.GET.get("na", ""), now=timezone.now())
    if following is None:
        url = choices.list_url(choice)
        return HttpResponseClientRedirect(url) if is_fragment(request) else HttpResponseRedirect(url)
    slug = workplace.organisations[following.organisation_id].slug
    return HttpResponseRedirect(f"{queues.url_of(slug, following.id)}?{choice.query}")

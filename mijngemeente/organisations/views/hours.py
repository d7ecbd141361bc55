"""When we are open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.platform.http import posted

from .. import actions, queries
from ..forms import ClosingDayForm, OpeningWeekForm
from ..models import ClosingDay, OpeningWeek
from ..requests import MemberRequest
from ..rules.hour_words import example_words

_KEPT = "Bewaard. Wat nu open staat, rekenen wij opnieuw uit."


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: MemberRequest) -> HttpResponse:
    """Read and change the week."""
    week = queries.opening_week_of(request.organisation.id)
    form = OpeningWeekForm(posted(request), instance=week)
    if form.is_valid():
        actions.change_opening_week(week=form.save(), by=request.member)
        messages.success(request, _KEPT)
        return redirect(request.path)
    return _page(request, form, ClosingDayForm())


@require_POST
def close_on(request: MemberRequest) -> HttpResponse:
    """Be closed on some days."""
    form = ClosingDayForm(request.POST)
    if form.is_valid():
        closing = form.closing()
        closing.organisation = request.organisation
        actions.close_on(closing=closing, by=request.member)
        messages.success(request, _KEPT)
        return redirect("organisations:hours", request.organisation.slug)
    week = queries.opening_week_of(request.organisation.id)
    return _page(request, OpeningWeekForm(instance=week), form)


@require_POST
def open_after_all(request: MemberRequest, closing_id: UUID) -> HttpResponse:
    """Not be closed then after all."""
    mine = ClosingDay.objects.filter(organisation=request.organisation)
    actions.open_after_all(closing=get_object_or_404(mine, id=closing_id), by=request.member)
    messages.success(request, _KEPT)
    return redirect("organisations:hours", request.organisation.slug)


@require_POST
def example(request: MemberRequest) -> HttpResponse:
    """What the week that stands in the form would mean."""
    form = OpeningWeekForm(request.POST, instance=OpeningWeek(organisation=request.organisation))
    said = _example(form.save()) if form.is_valid() else ""
    return render(request, "organisations/_example.html", {"example": said})


@require_GET
def recount(request: MemberRequest) -> HttpResponse:
    """How far the recomputing is."""
    context = {"recount": queries.recount_of(request.organisation.id)}
    return render(request, "organisations/_recount.html", context)


def _example(week: OpeningWeek) -> str:
    norm = queries.first_reply_norm(week.organisation_id)
    return example_words(queries.hours_as(week), norm, timezone.now()) if norm else ""


def _page(request: MemberRequest, form: OpeningWeekForm, closing_form: ClosingDayForm) -> HttpResponse:
    week = queries.opening_week_of(request.organisation.id)
    context = {
        "form": form,
        "closing_form": closing_form,
        "closed": queries.closed_ahead(week, timezone.localdate()),
        "example": _example(week),
        "recount": queries.recount_of(request.organisation.id),
    }
    return render(request, "organisations/hours.html", context, status=422 if request.POST else 200)

"""Roles and tasks that an organisation adds to the national list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.team import actions
from mijngemeente.team.forms import OwnForm
from mijngemeente.team.library import national
from mijngemeente.team.models import OwnEntry
from mijngemeente.team.queries import own_entries


@require_GET
def own(request: MemberRequest) -> HttpResponse:
    """What we added, and what can be added."""
    return _page(request, OwnForm(_choices()))


def _choices() -> list[tuple[str, str]]:
    """Every role that a task can belong to."""
    ours = own_entries().filter(kind=OwnEntry.Kind.ROLE, retired_at=None)
    known = national().roles.values()
    return [(each.code, each.name) for each in ours] + [(each.code, each.name) for each in known]


def _page(request: MemberRequest, form: OwnForm, status: int = 200) -> HttpResponse:
    names = dict(_choices())
    entries = [(each, [names[code] for code in each.roles if code in names]) for each in own_entries()]
    context = {
        "groups": [
            ("Rollen", [row for row in entries if row[0].kind == OwnEntry.Kind.ROLE]),
            ("Taken", [row for row in entries if row[0].kind == OwnEntry.Kind.TASK]),
        ],
        "form": form,
        "may_change": Right.MANAGE in request.rights,
    }
    return render(request, "team/own.html", context, status=status)


@require_POST
def add(request: MemberRequest) -> HttpResponse:
    """Add a role or a task."""
    form = OwnForm(_choices(), request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    kind = OwnEntry.Kind(told["kind"])
    roles = told["roles"] if kind is OwnEntry.Kind.TASK else []
    actions.add_own(kind=kind, name=told["name"], essence=told["essence"], roles=roles, by=request.member)
    return redirect("plots:own", request.organisation.slug)


@require_POST
def retire(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """Offer it no longer."""
    actions.retire_own(entry=get_object_or_404(own_entries(), id=entry_id), by=request.member)
    return redirect("plots:own", request.organisation.slug)


@require_POST
def use_again(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """Offer it again."""
    actions.use_own_again(entry=get_object_or_404(own_entries(), id=entry_id), by=request.member)
    return redirect("plots:own", request.organisation.slug)

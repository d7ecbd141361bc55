"""The end of a shift, and days away."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations import actions as organisations
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import absence_of, colleagues_of, members_answering_for
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted
from mijngemeente.platform.tenancy import acting_for, covering

from .. import actions
from ..forms import AbsenceForm, ShiftForm
from ..queries import choices
from .drawing import REFUSED

# More than anybody has in hand; the rest comes after these.
MOST = 100


@require_http_methods(["GET", "POST"])
def end_of_shift(request: PersonRequest) -> HttpResponse:
    """All that is mine and open, and what becomes of it."""
    mine = _mine(request)
    colleagues = {each.id: _others(each.organisation_id, request) for each in mine}
    form = ShiftForm(posted(request), colleagues=colleagues)
    if form.is_valid():
        _leave(request, mine, form)
        return redirect("desk:end_of_shift")
    return _draw(request, form, mine, _absence_form(request))


def _mine(request: PersonRequest) -> list[Conversation]:
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        rows = Conversation.objects.open().filter(
            organisation_id__in=_organising(request), assignee__in=workplace.member_ids
        )
        related = rows.select_related("contact", "organisation")
        return list(related.order_by("organisation_id", "waiting_since", "id")[:MOST])


def _organising(request: PersonRequest) -> list[int]:
    return [number for number, each in request.coverage.items() if Right.ORGANISE in each.rights]


def _others(organisation_id: int, request: PersonRequest) -> list[Member]:
    answering = members_answering_for(organisation_id)
    return [each for each in answering if each.person_id != request.user.id]


def _leave(request: PersonRequest, mine: list[Conversation], form: ShiftForm) -> None:
    count = 0
    for organisation_id, theirs in groupby(mine, key=lambda each: each.organisation_id):
        with acting_for(organisation_id):
            by = Member.objects.select_related("person").get(id=request.coverage[organisation_id].member_id)
            for conversation in theirs:
                count += _leave_one(request, conversation, form, by)
    messages.success(request, f"{count} {'gesprek' if count == 1 else 'gesprekken'} overgedragen.")


def _leave_one(request: PersonRequest, conversation: Conversation, form: ShiftForm, by: Member) -> bool:
    leaving = form.leaving(conversation.id)
    if leaving is None:
        return False
    key = form.cleaned_data["key"]
    try:
        actions.leave(conversation=conversation, to=leaving.to, note=leaving.note, key=key, by=by)
    except Refused as refusal:
        messages.error(request, f"Gesprek {conversation.number}: {refusal}")
        return False
    return True


def _absence_form(request: PersonRequest) -> AbsenceForm:
    known = absence_of(request.user)
    initial = {}
    if known is not None:
        initial = {"starts_on": known.starts_on, "ends_on": known.ends_on, "stand_in": known.stand_in_id}
    return AbsenceForm(colleagues=colleagues_of(request.user), initial=initial)


def _draw(
    request: PersonRequest, form: ShiftForm, mine: list[Conversation], absence_form: AbsenceForm
) -> HttpResponse:
    rows = [(each, form[f"to-{each.id}"], form[f"note-{each.id}"]) for each in mine]
    context = {
        "form": form,
        "rows": rows,
        "absence_form": absence_form,
        "absence": absence_of(request.user),
    }
    has_errors = (form.is_bound and form.errors) or absence_form.errors
    return render(request, "desk/shift.html", context, status=REFUSED if has_errors else 200)


@require_POST
def away(request: PersonRequest) -> HttpResponse:
    """Say when one is away, or that one is back."""
    if "back" in request.POST:
        organisations.be_back(person=request.user)
        return redirect("desk:end_of_shift")
    form = AbsenceForm(request.POST, colleagues=colleagues_of(request.user))
    if form.is_valid():
        organisations.be_away(person=request.user, **form.cleaned_data)
        messages.success(request, "Bewaard. Collega's zien dat je er dan niet bent.")
        return redirect("desk:end_of_shift")
    mine = _mine(request)
    colleagues = {each.id: _others(each.organisation_id, request) for each in mine}
    return _draw(request, ShiftForm(colleagues=colleagues), mine, form)

"""One deed for many conversations, wherever they are, and taking it back."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.conversations.rules.fields import ME
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import acting_for, covering

from .. import actions
from ..forms import BulkForm
from ..models import BulkAct
from ..queries import bulk as queries
from ..queries import choices
from ..queries.bulk import Picked
from ..queries.choices import Choice
from ..rules.bulk import MOST_AT_ONCE, MOST_AWAITED, NEEDED, Deed, Verb
from .drawing import REFUSED, SEE_OTHER


@require_POST
def bulk(request: PersonRequest) -> HttpResponse:
    """Ask what is to be done with what was picked, and do it."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        picked = queries.picked_in(request.POST, choice, workplace, timezone.now())
        members = list(queries.colleagues_of(workplace))
        form = BulkForm(request.POST if "verb" in request.POST else None, members=members)
        if not form.is_valid() or not 0 < picked.total <= MOST_AT_ONCE:
            return _draw(request, form, picked, choice)
    batch = form.cleaned_data["key"]
    _begin(request, batch, form.deed, picked)
    return _to_list(choice, batch)


def _draw(request: PersonRequest, form: BulkForm, picked: Picked, choice: Choice) -> HttpResponse:
    context = {
        "form": form,
        "picked": picked,
        "is_too_many": picked.total > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "ids": [] if picked.is_all else [each for ids in picked.ids.values() for each in ids],
        "labels": queries.label_names(picked),
        "back_url": choices.list_url(choice),
        "form_url": request.get_full_path(),
    }
    return render(request, "desk/bulk.html", context, status=REFUSED if form.is_bound else 200)


def _begin(request: PersonRequest, batch: UUID, deed: Deed, picked: Picked) -> None:
    """In each organisation where this person may; the others are counted among what could not be done."""
    is_long = picked.total > MOST_AWAITED
    for organisation_id, ids in picked.ids.items():
        covered = request.coverage[organisation_id]
        with acting_for(organisation_id):
            by = Member.objects.select_related("person").get(id=covered.member_id)
            own = replace(deed, value=str(by.id)) if deed.value == ME else deed
            act = actions.begin_bulk(batch=batch, by=by, organisation_id=organisation_id, deed=own, ids=ids)
            if NEEDED[deed.verb] not in covered.rights:
                actions.refuse_all(act)
            elif is_long:
                actions.carry_out_later(act)
            else:
                actions.carry_out(act, most=MOST_AWAITED)


def _to_list(choice: Choice, batch: UUID, more: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{choices.list_url(choice)}&gedaan={batch}{more}", status=SEE_OTHER)


@require_GET
def report(request: PersonRequest, batch: UUID) -> HttpResponse:
    """How far it is, asked for while the worker goes on with it."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        found = queries.report_of(batch, workplace, is_undoing=request.GET.get("terug") == "1")
        if found is None:
            raise Http404
        return render(request, "desk/_bulk_report.html", {"report": found, "query": choice.query})


@require_POST
def undo(request: PersonRequest, batch: UUID) -> HttpResponse:
    """Make everything as it was, except what somebody went on with."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        acts = list(queries.acts_in(batch, workplace))
        total = sum(queries.done_in(act) for act in acts)
    if not acts:
        raise Http404
    for act in acts:
        _undo(request, act, is_long=total > MOST_AWAITED)
    return _to_list(choice, batch, "&terug=1")


def _undo(request: PersonRequest, act: BulkAct, *, is_long: bool) -> None:
    """Only where this person may still do it; elsewhere it stays."""
    if NEEDED[Verb(act.verb)] not in request.coverage[act.organisation_id].rights:
        return
    with acting_for(act.organisation_id):
        if is_long:
            actions.undo_later(act)
        else:
            actions.undo(act, most=MOST_AWAITED)

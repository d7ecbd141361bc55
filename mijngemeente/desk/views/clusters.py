"""Events that many residents write about: judging them, and one answer to all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.clusters import actions as clusters
from mijngemeente.clusters.models import Cluster
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.tenancy import acting_for, covering

from .. import actions
from ..forms import ClusterAnswerForm, JudgementForm
from ..models import ClusterAnswer
from ..queries import choices
from ..queries import clusters as queries
from ..queries.choices import Workplace, is_view_id
from ..rules.clusters import Purpose
from .drawing import REFUSED, SEE_OTHER

_State = Cluster.State


@require_GET
def events(request: PersonRequest) -> HttpResponse:
    """What is proposed, what goes on, and what is over."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        context = {
            "proposed": queries.events_in(workplace, _State.PROPOSED),
            "confirmed": queries.events_in(workplace, _State.CONFIRMED),
            "over": queries.events_in(workplace, _State.OVER),
        }
        return render(request, "desk/clusters.html", context)


@require_GET
def banner(request: PersonRequest) -> HttpResponse:
    """Above the list of conversations: what waits for somebody's yes or no."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        context = {"proposed": queries.events_in(workplace, _State.PROPOSED)}
        return render(request, "desk/_clusters_banner.html", context)


@require_GET
def event(request: PersonRequest, event: UUID) -> HttpResponse:
    """One event with its conversations, by organisation."""
    return _draw(request, event)


def _draw(request: PersonRequest, event: UUID, form: JudgementForm | None = None) -> HttpResponse:
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        found = _found(event, workplace)
        parts = [
            queries.part_of(each, workplace, may_answer=_may(request, Right.REPLY, each)) for each in found
        ]
        batch = queries.latest_batch(event, workplace)
        context = {
            "cluster": found[0],
            "sentence": queries.counted_of(found, queries.counts_of(found)),
            "parts": parts,
            "may_judge": any(each.may_judge for each in parts),
            "may_answer": any(each.may_answer for each in parts),
            "unanswered": sum(each.unanswered for each in parts if each.cluster.is_known),
            "is_proposed": any(each.state == _State.PROPOSED for each in found),
            "is_known": any(each.is_known for each in found),
            "is_going_on": any(each.state == _State.CONFIRMED for each in found),
            "report": queries.report_of(event, batch, workplace) if batch else None,
            "form": form or JudgementForm(initial={"name": found[0].name}),
        }
        return render(request, "desk/cluster.html", context, status=REFUSED if form else 200)


def _found(event: UUID, workplace: Workplace) -> list[Cluster]:
    """The parts that this person may see. Raises Http404 for none, or for one message of what others have."""
    parts = queries.parts_of(event, workplace)
    if not parts or not queries.is_telling(parts, queries.counts_of(parts)):
        raise Http404
    return parts


def _may(request: PersonRequest, right: Right, cluster: Cluster) -> bool:
    return right in request.coverage[cluster.organisation_id].rights


@require_POST
def judge(request: PersonRequest, event: UUID) -> HttpResponse:
    """Yes, no, another name, not these; in each organisation where this person may."""
    parts = _parts(request, event, Right.ORGANISE)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return _draw(request, event, form)
    verb, name = form.cleaned_data["verb"], form.cleaned_data["name"]
    try:
        for each in _meant(parts, verb):
            with _in_unit(request, each) as by:
                _judge(request, each, by, verb, name)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _SAID[verb])
    gone = verb == "refuse"
    return HttpResponseRedirect(reverse("desk:clusters") if gone else _url(event), status=SEE_OTHER)


def _meant(parts: list[Cluster], verb: str) -> list[Cluster]:
    """A yes or no is about what nobody judged yet; a colleague may have been first with all of it."""
    proposed = [each for each in parts if each.state == _State.PROPOSED]
    return proposed if proposed and verb in ("confirm", "refuse") else parts


_SAID = {
    "confirm": "Deze gesprekken horen nu bij elkaar. Wat hierover binnenkomt, komt er vanzelf bij.",
    "refuse": "Goed om te weten. Deze gesprekken worden niet nog eens samen voorgesteld.",
    "rename": "De naam is gewijzigd.",
    "leave_out": "Het gesprek hoort er niet meer bij.",
    "bring_back": "Het gesprek hoort er weer bij.",
    "end": "De gebeurtenis is voorbij.",
}


def _judge(request: PersonRequest, cluster: Cluster, by: Member, verb: str, name: str) -> None:
    picked = _picked(request, "picked")
    if verb == "confirm":
        # Only what stood on the page can have been left out by hand.
        left_out = _picked(request, "shown") - picked
        clusters.leave_out(cluster=cluster, conversation_ids=left_out, by=by)
        clusters.confirm(cluster=cluster, by=by, name=name)
    elif verb == "refuse":
        clusters.refuse(cluster=cluster, by=by)
    elif verb == "rename":
        clusters.rename(cluster=cluster, by=by, name=name)
    elif verb == "end":
        clusters.end(cluster=cluster, by=by)
    else:
        move = clusters.leave_out if verb == "leave_out" else clusters.bring_back
        move(cluster=cluster, conversation_ids=picked, by=by)


def _picked(request: PersonRequest, name: str) -> set[UUID]:
    return {UUID(each) for each in request.POST.getlist(name) if is_view_id(each)}


def _parts(request: PersonRequest, event: UUID, right: Right) -> list[Cluster]:
    """The parts with which this person may do that. Raises Http404 for none."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        parts = [each for each in _found(event, workplace) if _may(request, right, each)]
    if not parts:
        raise Http404
    return parts


@contextmanager
def _in_unit(request: PersonRequest, row: Cluster | ClusterAnswer) -> Iterator[Member]:
    """The unit of a row's organisation, with as whom this person works there."""
    with acting_for(row.organisation_id):
        member_id = request.coverage[row.organisation_id].member_id
        yield Member.objects.select_related("person", "organisation").get(id=member_id)


def _url(event: UUID) -> str:
    return reverse("desk:cluster", args=[event])


@require_http_methods(["GET", "POST"])
def write(request: PersonRequest, event: UUID) -> HttpResponse:
    """One text for all; it is laid ready to look at, and nothing leaves yet."""
    parts = [each for each in _parts(request, event, Right.REPLY) if each.is_known]
    if not parts:
        raise Http404
    wanted = request.GET.get("doel", "")
    purpose = wanted if wanted in set(Purpose) else Purpose.NEWS
    initial = {"purpose": purpose, "body": _text_so_far(request, event)}
    form = ClusterAnswerForm(request.POST or None, initial=initial)
    if not form.is_valid():
        context = {
            "form": form,
            "cluster": parts[0],
            "back_url": _url(event),
            "is_closing": form["purpose"].value() == Purpose.CLOSING,
            "has_many": len(parts) > 1,
        }
        return render(request, "desk/cluster_answer.html", context, status=REFUSED if form.is_bound else 200)
    said = form.cleaned_data
    _prepare(request, parts, said["key"], said["body"], Purpose(said["purpose"]))
    return _to_preview(event, said["key"])


def _text_so_far(request: PersonRequest, event: UUID) -> str:
    """What was laid ready, for who wants to change it."""
    asked = request.GET.get("tekst", "")
    workplace = choices.workplace_of(request.coverage)
    if not is_view_id(asked):
        return ""
    with covering(workplace.ids):
        found = queries.answers_in(event, UUID(asked), workplace)
        return found[0].text if found else ""


def _prepare(
    request: PersonRequest, parts: Sequence[Cluster], batch: UUID, text: str, purpose: Purpose
) -> None:
    for each in parts:
        with _in_unit(request, each) as by:
            actions.prepare_answer(cluster=each, batch=batch, by=by, text=text, purpose=purpose)


def _to_preview(event: UUID, batch: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:cluster_preview", args=[event, batch]), status=SEE_OTHER)


@require_POST
def likewise(request: PersonRequest, event: UUID) -> HttpResponse:
    """The same text once more, for those who came later: laid ready to look at."""
    parts = [each for each in _parts(request, event, Right.REPLY) if each.is_known]
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        last = queries.latest_batch(event, workplace)
        answers = queries.answers_in(event, last, workplace) if last else []
    if not answers:
        raise Http404
    batch = uuid4()
    _prepare(request, parts, batch, answers[0].text, Purpose(answers[0].purpose))
    return _to_preview(event, batch)


@require_http_methods(["GET", "POST"])
def preview(request: PersonRequest, event: UUID, batch: UUID) -> HttpResponse:
    """What each municipality says, in its own voice; posting sends it."""
    workplace = choices.workplace_of(request.coverage)
    answers = _answers(request, event, batch, workplace)
    previews = []
    for each in answers:
        with acting_for(each.organisation_id):
            previews.append(queries.preview_of(each, workplace.organisations[each.organisation_id]))
    number = sum(each.number for each in previews)
    is_ready = number > 0 and not any(each.open_blanks for each in previews)
    if request.method == "POST" and is_ready:
        return _send(request, answers)
    context = {
        "cluster": answers[0].cluster,
        "previews": previews,
        "number": number,
        "is_ready": is_ready,
        "is_closing": answers[0].purpose == Purpose.CLOSING,
        "back_url": f"{reverse('desk:cluster_answer', args=[event])}?doel={answers[0].purpose}&tekst={batch}",
        "undo_seconds": request.user.undo_seconds,
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "desk/cluster_preview.html", context, status=status)


def _send(request: PersonRequest, answers: Sequence[ClusterAnswer]) -> HttpResponse:
    for each in answers:
        with _in_unit(request, each) as by:
            actions.begin_sending(answer=each, by=by)
    return HttpResponseRedirect(_url(answers[0].cluster.event), status=SEE_OTHER)


def _answers(request: PersonRequest, event: UUID, batch: UUID, workplace: Workplace) -> list[ClusterAnswer]:
    """What this person laid ready and may send. Raises Http404 for none."""
    with covering(workplace.ids):
        found = [
            each
            for each in queries.answers_in(event, batch, workplace)
            if each.by_id in workplace.member_ids and _may(request, Right.REPLY, each.cluster)
        ]
    if not found:
        raise Http404
    return found


@require_GET
def report(request: PersonRequest, event: UUID, batch: UUID) -> HttpResponse:
    """How far it is, asked for while the worker goes on with it."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        _found(event, workplace)
        found = queries.report_of(event, batch, workplace)
        if found is None:
            raise Http404
        page = render(request, "desk/_cluster_report.html", {"report": found, "event": event})
        # What stands beside it changed too, for who stayed to look.
        if not found.is_busy:
            page["HX-Refresh"] = "true"
        return page


@require_POST
def undo(request: PersonRequest, event: UUID, batch: UUID) -> HttpResponse:
    """Take back what did not leave yet."""
    workplace = choices.workplace_of(request.coverage)
    count = 0
    for each in _answers(request, event, batch, workplace):
        with _in_unit(request, each) as by:
            count += actions.take_back_answer(answer=each, by=by)
    told = f"Teruggenomen bij {count}." if count else "Het antwoord was al bij iedereen."
    messages.info(request, told)
    return HttpResponseRedirect(_url(event), status=SEE_OTHER)

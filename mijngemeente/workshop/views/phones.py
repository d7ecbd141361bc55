"""A phone in a session: no account, a code, and an address of its own to come back to."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.platform import tallies
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import typed_in
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.rules.steps import step_called
from mijngemeente.workshop import actions, errors
from mijngemeente.workshop.models import JoinCode, Participant, Workshop
from mijngemeente.workshop.pages import seat_context
from mijngemeente.workshop.queries import matter_of, open_code, participant_at, seat_in, seat_token
from mijngemeente.workshop.rules.answers import Outdated, given
from mijngemeente.workshop.rules.codes import MOST_MISSES, MOST_SENT, typed_code
from mijngemeente.workshop.rules.texts import Unclear

#: Where a browser remembers its seat.
REMEMBERED = "workshop_seat"
WRONG = "Deze code werkt niet, of niet meer. Kijk op het scherm en typ hem nog eens."
WAIT = "Dit is te vaak geprobeerd. Wacht tien minuten en probeer het dan opnieuw."


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Type the code and a name."""
    if request.method != "POST":
        return _join_page(request, {"code": request.GET.get("code", "")[:20]})
    network = tallies.sender_of(request)
    if tallies.counted("wrong code", network) >= MOST_MISSES:
        return _join_page(request, {"problem": WAIT}, status=429)
    code = open_code(typed_code(request.POST.get("code", "")[:40]))
    if code is None:
        tallies.count("wrong code", network)
        return _join_page(request, {"problem": WRONG, "wrong": "code"}, status=422)
    return _joined(request, code)


def _joined(request: HttpRequest, code: JoinCode) -> HttpResponse:
    key, name = _key(request.POST.get("key", "")), request.POST.get("name", "")[:500]
    try:
        with acting_for(code.organisation_id):
            workshop = Workshop.objects.get(id=code.workshop_id)
            participant = actions.join(workshop=workshop, name=name, key=key)
    except (Refused, Unclear) as refusal:
        return _join_page(request, {"problem": str(refusal), "wrong": "name"}, status=422)
    seat = [code.code, seat_token(participant)]
    request.session[REMEMBERED] = seat
    return redirect("workshop:seat", *seat)


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid7()


def _join_page(request: HttpRequest, context: dict[str, str], *, status: int = 200) -> HttpResponse:
    typed = {"code": request.POST.get("code", ""), "name": request.POST.get("name", "")}
    more = {"seat_url": _remembered_seat(request), "key": str(uuid7())}
    return render(request, "workshop/join.html", typed | more | context, status=status)


def _remembered_seat(request: HttpRequest) -> str:
    """Where this browser sat, while the session goes on; or ""."""
    match request.session.get(REMEMBERED):
        case [str(code), str(token)] if open_code(code):
            return reverse("workshop:seat", args=[code, token])
    return ""


@contextmanager
def _seat(code: str, token: str) -> Iterator[Participant]:
    """Whose phone it is, in the unit of the organisation; 404 for anybody else."""
    participant_id = seat_in(token)
    # First: whoever guesses would see by the clock which codes are somebody's.
    if participant_id is None:
        raise Http404
    found = get_object_or_404(JoinCode, code=code)
    with acting_for(found.organisation_id):
        participant = participant_at(found, participant_id)
        if participant is None:
            raise Http404
        yield participant


@require_GET
def seat(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The question that the screen asks now, and what this phone answered."""
    return _seat_page(request, "workshop/seat.html", code, token)


@require_GET
def question(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The same without the page around it."""
    return _seat_page(request, "workshop/_seat.html", code, token)


def _seat_page(request: HttpRequest, template: str, code: str, token: str) -> HttpResponse:
    with _seat(code, token) as participant:
        return render(request, template, seat_context(participant) | _urls(code, token))


def _urls(code: str, token: str) -> dict[str, str]:
    return {
        "answer_url": reverse("workshop:answer", args=[code, token]),
        "question_url": reverse("workshop:question", args=[code, token]),
    }


@require_POST
def answer(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Keep what was typed, and show the question again."""
    typed = typed_in(request)
    with _seat(code, token) as participant:
        try:
            _keep(participant, typed)
        except (Refused, Unclear, Outdated) as refusal:
            context = seat_context(participant, typed=typed, problem=str(refusal))
            return render(request, "workshop/seat.html", context | _urls(code, token), status=422)
    return redirect("workshop:seat", code, token)


def _keep(participant: Participant, typed: dict[str, str]) -> None:
    if tallies.count("workshop answer", str(participant.id)) > MOST_SENT:
        raise errors.TooOften
    step = step_called(typed.get("step", ""))
    said = given(step.name, typed, matter_of(participant.workshop.plot))
    actions.answer(participant=participant, given=said)

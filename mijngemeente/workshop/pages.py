"""What stands on the screen and on a phone."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import qrcode  # type: ignore[import-untyped]  # it has none
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]  # likewise

from mijngemeente.team import pictures
from mijngemeente.team.library import library_of
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.proposals import KINDS
from mijngemeente.team.rules.reading import read
from mijngemeente.team.rules.steps import STEPS, Step, next_of, previous_of, step_called

from . import queries
from .models import Participant, Workshop
from .rules.answers import ASKED, PARTS, WANTS, Matter
from .rules.codes import MOST_PEOPLE, spelled
from .rules.questions import QUESTIONS

#: Steps in which one looks at the plot while talking.
PICTURED = frozenset({"gap", "actions", "course", "again"})


def screen_context(workshop: Workshop, *, problem: str = "") -> dict[str, Any]:
    """Everything on the presenter's screen."""
    step, waiting = step_called(workshop.step), queries.counts(workshop)
    return {
        **_session(workshop, step),
        **_joining(workshop),
        **_answers(workshop, step, waiting[step.name]),
        "stream_url": reverse("workshop_live", args=[queries.screen_token(workshop)]),
        "plot": workshop.plot,
        "steps": [{"step": each, "waiting": waiting[each.name]} for each in STEPS],
        "next": next_of(step),
        "previous": previous_of(step),
        "picture": _picture(workshop) if step.name in PICTURED else "",
        "problem": problem,
    }


def _session(workshop: Workshop, step: Step) -> dict[str, Any]:
    """What the screen and a phone both show."""
    return {
        "workshop": workshop,
        "is_open": workshop.is_open(timezone.now()),
        "erased_on": queries.erased_on(workshop),
        "step": step,
        "number": STEPS.index(step) + 1,
        "last_number": len(STEPS),
        "question": QUESTIONS[step.name],
        "is_asked": step.name in ASKED,
    }


def _joining(workshop: Workshop) -> dict[str, Any]:
    """How a phone gets in, and who did."""
    code = queries.code_of(workshop)
    return {
        "code": spelled(code.code) if code else "",
        "join_address": f"{settings.PUBLIC_URL}{reverse('workshop:join')}".partition("://")[2],
        "join_picture": _join_picture(code.code) if code else "",
        "people": list(workshop.participants.filter(removed_at=None)),
        "most_people": MOST_PEOPLE,
    }


def _answers(workshop: Workshop, step: Step, count: int) -> dict[str, Any]:
    """What of `count` answers there is to choose about, and what a button for all of it would say."""
    matter = queries.matter_of(workshop.plot)
    waiting = queries.waiting_subjects(workshop, matter, step.name)
    agreed = [each for each in waiting if not each.is_disputed]
    return {
        "waiting": waiting,
        "count": count,
        "is_cut": sum(len(option.answers) for each in waiting for option in each.options) < count,
        "agreed": len(agreed),
        "seen": " ".join(each.options[0].seen for each in agreed),
        "aside": queries.laid_aside(workshop, matter, step.name),
    }


@lru_cache(maxsize=64)
def _join_picture(code: str) -> str:
    """A square to point a phone at, instead of typing the address and the code."""
    url = f"{settings.PUBLIC_URL}{reverse('workshop:join')}?code={code}"
    made: str = qrcode.make(url, image_factory=SvgPathImage, border=1).to_string(encoding="unicode")
    return made


def _picture(workshop: Workshop) -> str:
    known = library_of(workshop.plot.document)
    plot = read(workshop.plot.document, known, timezone.localdate()).plot
    return pictures.svg(plot, result_of(plot, known), known)


def seat_context(
    participant: Participant, *, typed: Mapping[str, str] | None = None, problem: str = ""
) -> dict[str, Any]:
    """Everything on one phone; `typed` is what could not be taken."""
    workshop = participant.workshop
    typed = typed or {}
    # What could not be taken stands in the question that it was an answer to.
    step = step_called(typed.get("step", workshop.step))
    matter = queries.matter_of(workshop.plot)
    return {
        **_session(workshop, step),
        "stream_url": reverse("workshop_live", args=[queries.stream_token(workshop)]),
        "participant": participant,
        "mine": queries.given_by(participant, matter, step.name),
        "typed": typed,
        "problem": problem,
        **_to_choose(participant, step.name, matter, typed),
    }


def _to_choose(
    participant: Participant, step: str, matter: Matter, typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the lists of this step hold."""
    who = typed.get("person") or _self_in(matter, participant)
    people = [(id, str(each.get("name") or ""), id == who) for id, each in matter.people.items()]
    if step == "tasks":
        return {"people": people, "groups": _task_groups(matter, typed)}
    if step == "roles":
        return {"people": people, "parts": PARTS, "roles": _role_lines(matter, typed)}
    if step in ("wanted", "gap"):
        return {"wants": WANTS, "roles": _role_lines(matter, typed)}
    return {"kinds": KINDS} if step == "actions" else {}


def _self_in(matter: Matter, participant: Participant) -> str:
    """Most people answer for themselves."""
    name = participant.name.casefold()
    return next((id for id, each in matter.people.items() if str(each.get("name")).casefold() == name), "")


def _task_groups(matter: Matter, typed: Mapping[str, str]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for code, task in matter.library.tasks.items():
        groups.setdefault(task.group or "Eigen taken", []).append(
            {
                "task": task,
                "is_chosen": bool(typed.get(f"task.{code}")),
                "hours": typed.get(f"hours.{code}", ""),
                "is_owner": bool(typed.get(f"owner.{code}")),
            }
        )
    return list(groups.items())


def _role_lines(matter: Matter, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The crucial roles first, as they are in the library."""
    return [
        {"role": each, "part": typed.get(f"part.{code}", ""), "is_chosen": typed.get("role") == code}
        for code, each in matter.library.roles.items()
    ]

"""How far the goal is, and a look back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.course import actions, back_paper, pages
from mijngemeente.course.models import Course, CourseVersion, Measurement
from mijngemeente.course.queries.figures import figures_of
from mijngemeente.course.queries.progress import points_of, promised_in
from mijngemeente.course.rules.figures import NAMES, Figure, thawed
from mijngemeente.course.rules.looking_back import DONE, outcomes, then_and_now, told
from mijngemeente.course.rules.progress import (
    HEIGHT,
    INDICATORS,
    WIDTH,
    day_in,
    goal_of,
    goal_problem,
    line,
    number_in,
)
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import typed_in
from mijngemeente.reference.rules.calendar import day_words

from .kept import found


@require_GET
def progress(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """The line to the target, and where it is filled in."""
    course = found(course_id)
    typed = {name: course.fields.get(name, "") for name in ("start", "start_on", "target", "target_on")}
    context = _line_of(course, _figures(request)) | {
        "course": course,
        "typed": typed,
        "indicator": course.fields.get("indicator", ""),
        "indicators": [(key, NAMES[key]) for key in INDICATORS],
        "problem": goal_problem(course.fields),
        "measurements": course.measurements.select_related("by__person"),
        "may_change": Right.MANAGE in request.rights,
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "course/progress.html", context)


def _figures(request: MemberRequest) -> list[Figure]:
    return figures_of(request.organisation.id, timezone.localdate())


def _line_of(course: Course, figures: list[Figure]) -> dict[str, Any]:
    goal, points = goal_of(course.fields), points_of(course, figures)
    return {
        "goal": goal,
        "points": points,
        "line": line(goal, points) if goal else None,
        "size": (WIDTH, HEIGHT),
    }


@require_POST
def measure(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Write down what was measured."""
    course, typed = found(course_id), typed_in(request)
    on, value = day_in(typed.get("on", "")), number_in(typed.get("value", ""))
    if on is None or value is None:
        sentence = "Dat is nog geen meting: vul een dag in en een getal, zoals 7,2."
        messages.error(request, sentence)
    else:
        actions.measure(course=course, on=on, value=value, by=request.member)
    return redirect("courses:progress", request.organisation.slug, course.id)


@require_POST
def take_off(request: MemberRequest, course_id: UUID, measurement_id: UUID) -> HttpResponse:
    """Take a measurement off the line."""
    rows = Measurement.objects.select_related("course").filter(course_id=course_id)
    actions.take_off(measurement=get_object_or_404(rows, id=measurement_id), by=request.member)
    return redirect("courses:progress", request.organisation.slug, course_id)


@require_GET
def look_back(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """What was promised in a version, what was done, and the figures then and now."""
    course = found(course_id)
    promised = promised_in(course, request.GET.get("met", ""), timezone.now())
    context = {
        "course": course,
        "versions": course.versions.all(),
        "promised": promised,
        "choices": DONE.items(),
        "may_change": Right.MANAGE in request.rights,
    }
    if promised is not None:
        context |= _looking_back(course, promised, _figures(request))
    return render(request, "course/look_back.html", context)


def _looking_back(course: Course, promised: CourseVersion, figures: list[Figure]) -> dict[str, Any]:
    done = outcomes(promised.fields, course.fields)
    return _line_of(course, figures) | {
        "outcomes": done,
        "told": told(done),
        "figures": then_and_now(thawed(promised.figures), figures),
        "learned": course.fields.get("learned", ""),
    }


@require_POST
def print_look_back(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """The look back as PDF; its figures stay as they are on it, in a version."""
    course, today = found(course_id), day_words(timezone.localdate())
    promised = promised_in(course, typed_in(request).get("met", ""), timezone.now())
    if promised is None:
        messages.error(request, "Leg eerst een versie vast om op terug te kijken.")
        return redirect("courses:look_back", request.organisation.slug, course.id)
    figures = _figures(request)
    made = back_paper.pdf(course.title, promised, today, _looking_back(course, promised, figures))
    actions.keep_printed(course=course, name=f"Terugblik van {today}", figures=figures, by=request.member)
    return pages.downloaded(made, f"{slugify(course.title) or 'koers'}-terugblik")

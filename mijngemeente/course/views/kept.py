"""Courses that an organisation keeps: for who looks at its figures, changed by who manages it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.course import actions, pages, paper
from mijngemeente.course.models import Course
from mijngemeente.course.queries.courses import (
    edits_of,
    edits_since,
    kept_courses,
    last_writers,
    removed_courses,
)
from mijngemeente.course.queries.figures import figures_of
from mijngemeente.course.queries.people import others_at
from mijngemeente.course.rules.figures import Figure, thawed
from mijngemeente.course.rules.merging import Clash
from mijngemeente.course.rules.typing import FIELDS
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import revision_in, typed_in
from mijngemeente.platform.presence import make_token
from mijngemeente.reference.rules.calendar import day_words

EDITS_SHOWN = 200


@require_GET
def courses(request: MemberRequest) -> HttpResponse:
    """All courses of the organisation, the latest first."""
    context = {"courses": kept_courses(), "removed": removed_courses(), "may_change": _may_change(request)}
    return render(request, "course/courses.html", context)


@require_POST
def new(request: MemberRequest) -> HttpResponse:
    """Begin an empty sheet."""
    title = f"Koers online dienstverlening {request.organisation.name}"
    return _at(actions.keep_course(typed={"title": title}, by=request.member))


@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Keep a sheet that was written without an account."""
    return _at(actions.keep_course(typed=typed_in(request), by=request.member))


def _at(course: Course) -> HttpResponse:
    return redirect("courses:course", course.organisation.slug, course.id)


@require_GET
def course(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """The sheet, to write on together."""
    kept = found(course_id)
    return _page(request, kept, (), kept.fields)


def found(course_id: UUID) -> Course:
    """The course, if this organisation has it."""
    return get_object_or_404(Course.objects.select_related("organisation"), id=course_id)


def _figures(request: MemberRequest) -> list[Figure]:
    return figures_of(request.organisation.id, timezone.localdate())


def _may_change(request: MemberRequest) -> bool:
    return Right.MANAGE in request.rights


def _page(
    request: MemberRequest, kept: Course, clashes: tuple[Clash, ...], typed: dict[str, str]
) -> HttpResponse:
    figures = _figures(request)
    writers = last_writers(kept, (each.field for each in clashes))
    context = pages.form_of(typed, clashes, writers) | pages.paper_of(typed, figures)
    context |= {
        "course": kept,
        "choices": pages.choices_of(typed, figures),
        "plot_gap": next((each for each in figures if each.key == "plot_gap"), None),
        "clashes": clashes,
        "elsewhere": pages.elsewhere(typed, clashes, writers),
        "may_change": _may_change(request),
        "presence_token": make_token(kept.organisation_id, kept.id, request.user.id),
    }
    return render(request, "course/course.html", context, status=409 if clashes else 200)


@require_POST
def write(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Write down what was typed, beside what others typed meanwhile; what clashes comes back to choose."""
    rows = Course.objects.select_for_update(of=("self",)).select_related("organisation")
    kept, typed = get_object_or_404(rows, id=course_id), typed_in(request)
    undecided = pages.undecided_in(typed, kept.fields)
    found = actions.write(
        course=kept, typed=pages.decided_in(typed), seen=revision_in(typed), by=request.member
    )
    clashes = (*undecided, *found.clashes)
    if clashes:
        mine = {each.field: each.mine for each in clashes}
        return _page(request, kept, clashes, {**kept.fields, **mine})
    messages.success(request, "Bewaard.")
    return _back(kept, typed)


def _back(course: Course, typed: dict[str, str]) -> HttpResponse:
    """To the page where it was typed, with the version that was looked back at."""
    page = typed.get("back", "")
    name = page if page in ("progress", "look_back") else "course"
    url = reverse(f"courses:{name}", args=[course.organisation.slug, course.id])
    return redirect(f"{url}?{urlencode({'met': typed['met']})}" if "met" in typed else url)


@require_POST
def fit(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """The sheet as it would lie on the paper, while somebody types."""
    typed = {**found(course_id).fields, **typed_in(request)}
    context = pages.paper_of(typed, _figures(request)) | {"course": found(course_id)}
    return render(request, "course/_paper.html", context)


@require_GET
def others(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Who else has the sheet open, and what they wrote since the asking screen was drawn."""
    kept = found(course_id)
    since = edits_since(kept, revision_in(request.GET.dict(), otherwise=kept.revision))
    news = [(each, FIELDS.get(each.field, each.field)) for each in since.exclude(by=request.member)[:5]]
    context = {"course": kept, "others": others_at(kept, request.user), "news": news}
    return render(request, "course/_others.html", context)


@require_GET
def presence(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """What an open screen goes on beating with (web/presence.py)."""
    kept = found(course_id)
    token = make_token(kept.organisation_id, kept.id, request.user.id)
    return HttpResponse(token, content_type="text/plain")


@require_GET
def edits(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Who wrote what, when; also what was not taken over."""
    kept = found(course_id)
    told = [(each, FIELDS.get(each.field, each.field)) for each in edits_of(kept)[:EDITS_SHOWN]]
    return render(request, "course/edits.html", {"course": kept, "edits": told})


@require_GET
def versions(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """What was kept and printed, and printing it now."""
    kept = found(course_id)
    told = kept.versions.select_related("kept_by__person")
    context = {"course": kept, "versions": told, "may_change": _may_change(request)}
    return render(request, "course/versions.html", context | pages.fits_of(kept.fields, _figures(request)))


@require_POST
def version(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Keep the sheet as it stands, with the figures of today."""
    kept, today = found(course_id), day_words(timezone.localdate())
    name = typed_in(request).get("name", "").strip()[:100] or f"Stand van {today}"
    actions.keep_version(course=kept, name=name, figures=_figures(request), by=request.member)
    messages.success(request, f"Vastgelegd als “{name}”.")
    return _at(kept)


@require_POST
def print_sheet(request: MemberRequest, course_id: UUID, variant: str) -> HttpResponse:
    """The sheet as PDF; its figures stay as they are on it, in a version."""
    kept, today = found(course_id), day_words(timezone.localdate())
    wanted, figures = _variant(variant), _figures(request)
    try:
        made = pages.printed(kept.fields, wanted, figures)
    except paper.DoesNotFit as problem:
        messages.error(request, str(problem))
        return _at(kept)
    actions.keep_printed(course=kept, name=f"Afdruk van {today}", figures=figures, by=request.member)
    return made


def _variant(name: str) -> paper.Variant:
    if name not in list(paper.Variant):
        raise Http404
    return paper.Variant(name)


@require_GET
def printed_again(request: MemberRequest, course_id: UUID, version_id: UUID, variant: str) -> HttpResponse:
    """A version as PDF, with the figures of its day."""
    kept = get_object_or_404(found(course_id).versions.all(), id=version_id)
    try:
        return pages.printed(kept.fields, _variant(variant), thawed(kept.figures))
    except paper.DoesNotFit as problem:
        messages.error(request, str(problem))
        return redirect("courses:versions", request.organisation.slug, course_id)


@require_POST
def remove(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Out of sight, until somebody brings it back."""
    actions.remove_course(course=found(course_id), by=request.member)
    return redirect("courses:courses", request.organisation.slug)


@require_POST
def bring_back(request: MemberRequest, course_id: UUID) -> HttpResponse:
    """Undo a removal."""
    actions.bring_back(course=found(course_id), by=request.member)
    return redirect("courses:courses", request.organisation.slug)

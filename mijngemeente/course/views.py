"""Writing the A4: the sheet travels with the form and stays in the browser, as with the teamplotter."""

import base64
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from . import paper
from .rules import ACTION_PARTS, MOST_ACTIONS, PARTS, course_in, remarks


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form, and the sheet as it looks now."""
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    course = course_in(typed)
    count = paper.pages(course, paper.Variant.BOARD) if course.fields["goal"] else 0
    context: dict[str, Any] = {
        "parts": [(part, course.fields[part.name]) for part in PARTS],
        "actions": [_row(place, typed) for place in range(MOST_ACTIONS)],
        "remarks": remarks(course) if request.method == "POST" else [],
        "pages": count,
        "picture": base64.b64encode(paper.picture(course, paper.Variant.BOARD)).decode() if count else "",
        "goal": course.fields["goal"],
    }
    return render(request, "course/write.html", context)


def _row(place: int, typed: dict[str, str]) -> dict[str, str]:
    row = {name: typed.get(f"actions.{place}.{name}", "") for name in ACTION_PARTS}
    return row | {"place": str(place), "number": str(place + 1)}


@require_POST
def export(request: HttpRequest, variant: str) -> HttpResponse:
    """The sheet as PDF."""
    if variant not in list(paper.Variant):
        raise Http404
    course = course_in({name: value for name, value in request.POST.items() if isinstance(value, str)})
    made = paper.pdf(course, paper.Variant(variant))
    name = slugify(course.fields["title"]) or variant
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)

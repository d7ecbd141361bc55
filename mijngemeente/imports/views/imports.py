"""Bringing in a file: choose it, look at it, follow it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions
from ..forms import FileForm, LayoutForm
from ..models import Import
from ..queries.listing import imports_of
from ..queries.previews import Preview, preview_of
from ..queries.uses import used_count

REFUSED = 422
State = Import.State


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """Choose a file; nothing is brought in before it was looked at."""
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            shown = actions.show_import(name=file.name, file=file.file, by=request.member)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("imports:import", request.organisation.slug, shown.id)
    context = {"form": form, "imports": imports_of(request.organisation.id)}
    return render(request, "imports/imports.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """What is in the file, what is wrong with it, and how far it is."""
    rows = Import.objects.filter(organisation=request.organisation)
    shown = get_object_or_404(rows.select_related("file", "by__person", "inbox"), id=import_id)
    if request.method != "POST":
        return _draw(request, shown, LayoutForm(shown=shown))
    if request.POST.get("deed") == "read":
        return _read_again(request, shown)
    return _decide(request, shown)


def _draw(request: MemberRequest, shown: Import, form: LayoutForm, status: int = 200) -> HttpResponse:
    is_new = shown.state == State.SHOWN
    preview = preview_of(shown) if is_new else Preview((), ())
    columns = [form[f"column_{place}"] for place in range(len(shown.heading))]
    context = {
        "shown": shown,
        "form": form,
        "questions": [each for each in form if each not in columns],
        "columns": list(zip(columns, preview.samples, strict=False)),
        "cards": preview.cards,
        "may_undo": shown.state == State.DONE and shown.made > 0 and used_count(shown) == 0,
    }
    return render(request, "imports/import.html", context, status=status)


def _read_again(request: MemberRequest, shown: Import) -> HttpResponse:
    form = LayoutForm(request.POST, shown=shown)
    if not form.is_valid():
        return _draw(request, shown, form, REFUSED)
    try:
        if not actions.read_again(shown=shown, chosen=form.chosen()):
            messages.error(request, "Deze invoer is al begonnen.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("imports:import", request.organisation.slug, shown.id)


def _start(request: MemberRequest, shown: Import) -> None:
    actions.start_import(shown=shown, by=request.member)


def _cancel(request: MemberRequest, shown: Import) -> None:
    actions.cancel_import(shown=shown)
    messages.success(request, "Er is niets ingevoerd.")


def _pause(request: MemberRequest, shown: Import) -> None:
    actions.pause_import(shown=shown, by=request.member)


def _resume(request: MemberRequest, shown: Import) -> None:
    actions.resume_import(shown=shown, by=request.member)


def _undo(request: MemberRequest, shown: Import) -> None:
    actions.undo_import(shown=shown, by=request.member)


DEEDS: dict[str, Callable[[MemberRequest, Import], None]] = {
    "start": _start,
    "cancel": _cancel,
    "pause": _pause,
    "resume": _resume,
    "undo": _undo,
}


def _decide(request: MemberRequest, shown: Import) -> HttpResponse:
    deed = DEEDS.get(request.POST.get("deed", ""))
    try:
        if deed is not None:
            deed(request, shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("imports:import", request.organisation.slug, shown.id)

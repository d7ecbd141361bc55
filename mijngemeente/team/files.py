"""A plot as a file to take along."""

import json

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from . import alongside, pictures
from .library import library_of
from .rules.amounts import shown
from .rules.documents import Document, rows_in
from .rules.findings import result_of
from .rules.library import Library
from .rules.plot import Plot
from .rules.reading import read
from .rules.result import Result


def downloaded(kind: str, document: Document) -> HttpResponse:
    """The file: svg, png, a4 or a3 (PDF), json for the plot itself, or a picture beside it; else 404."""
    plot = read(document, library_of(document), timezone.localdate()).plot
    content, media, ending = _file(kind, document, plot)
    name = slugify(plot.title) or "teamplot"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=media, headers=headers)


def _file(kind: str, document: Document, plot: Plot) -> tuple[bytes | str, str, str]:
    if kind == "json":
        return json.dumps(document, ensure_ascii=False, indent=1), "application/json", "json"
    known = library_of(document)
    result = result_of(plot, known)
    if kind in alongside.KINDS:
        return _beside(kind, plot, result, known), "image/svg+xml", "svg"
    if kind == "svg":
        return pictures.svg(plot, result, known), "image/svg+xml", "svg"
    if kind == "png":
        return pictures.paper(plot, result, known, kind="png"), "image/png", "png"
    if kind == "a3":
        return (
            pictures.paper(plot, result, known, size="a3", actions=_actions(document)),
            "application/pdf",
            "pdf",
        )
    if kind == "a4":
        return pictures.paper(plot, result, known, actions=_actions(document)), "application/pdf", "pdf"
    raise Http404


def _beside(kind: str, plot: Plot, result: Result, known: Library) -> str:
    """All pictures of one kind in one file; 404 where there is nothing to show."""
    found = alongside.pictures_of(kind, plot, result, known)
    if not found:
        raise Http404
    return found[0].svg if len(found) == 1 else alongside.below_each_other(found)


def _actions(document: Document) -> list[list[str]]:
    """A row for each: what, kind, who, when, euros."""
    names = ("what", "kind", "owner", "when", "cost")
    return [[shown(each.get(name)) or "–" for name in names] for each in rows_in(document, "actions")]

"""A plot as a file to take along."""

import json

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from . import pictures
from .library import national
from .rules.documents import Document
from .rules.findings import result_of
from .rules.plot import Plot
from .rules.reading import read


def downloaded(kind: str, document: Document) -> HttpResponse:
    """The file: svg, png, a4 or a3 (PDF), or json for the plot itself; 404 for another kind."""
    plot = read(document, national(), timezone.localdate()).plot
    content, media, ending = _file(kind, document, plot)
    name = slugify(plot.title) or "teamplot"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=media, headers=headers)


def _file(kind: str, document: Document, plot: Plot) -> tuple[bytes | str, str, str]:
    if kind == "json":
        return json.dumps(document, ensure_ascii=False, indent=1), "application/json", "json"
    result = result_of(plot, national())
    if kind == "svg":
        return pictures.svg(plot, result, national()), "image/svg+xml", "svg"
    if kind == "png":
        return pictures.paper(plot, result, national(), kind="png"), "image/png", "png"
    if kind == "a3":
        return pictures.paper(plot, result, national(), size="a3"), "application/pdf", "pdf"
    if kind == "a4":
        return pictures.paper(plot, result, national()), "application/pdf", "pdf"
    raise Http404

"""What came in and could not be read: kept, viewable, retryable."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mijngemeente.organisations.requests import MemberRequest

from .. import actions, queries, rules
from ..models import Payload

PAGE = 50
# The beginning tells what is wrong; the rest is in the download.
SHOWN_BYTES = 64 * 1024


@dataclass(frozen=True)
class PayloadRow:
    """A kept payload as an administrator reads of it."""

    id: UUID
    inbox_name: str
    received_at: datetime
    size: int
    problem: str
    attempts: int
    url: str
    retry_url: str
    download_url: str


@require_safe
def payloads(request: MemberRequest) -> HttpResponse:
    """Everything that did not become a message."""
    rows = queries.unfinished_payloads(request.organisation, timezone.now())
    page = Paginator(rows, PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "payloads": [_row(request, each) for each in page.object_list]}
    return render(request, "organisations/payloads.html", context)


def _row(request: MemberRequest, payload: Payload) -> PayloadRow:
    return PayloadRow(
        id=payload.id,
        inbox_name=payload.inbox.name,
        received_at=payload.received_at,
        size=payload.size_bytes,
        problem=payload.problem or "Het wacht langer op verwerking dan normaal.",
        attempts=payload.attempts,
        url=_url(request, "payload", payload.id),
        retry_url=_url(request, "retry_payload", payload.id),
        download_url=_url(request, "download_payload", payload.id),
    )


def _url(request: MemberRequest, name: str, *ids: UUID) -> str:
    return reverse(f"administration:{name}", args=[request.organisation.slug, *ids])


@require_safe
def payload(request: MemberRequest, payload_id: UUID) -> HttpResponse:
    """The beginning of the bytes, as text; that somebody looked is recorded."""
    found = _payload(request, payload_id)
    start = actions.view_payload(payload=found, by=request.member, limit_bytes=SHOWN_BYTES)
    context = {
        "payload": _row(request, found),
        "raw": rules.printable(start),
        "is_cut": found.size_bytes > SHOWN_BYTES,
    }
    return render(request, "organisations/payload.html", context)


def _payload(request: MemberRequest, payload_id: UUID) -> Payload:
    """What became a message is read on the desk, by who may."""
    kept = queries.payloads_without_message(request.organisation)
    return get_object_or_404(kept, id=payload_id)


@require_safe
def download(request: MemberRequest, payload_id: UUID) -> HttpResponse:
    """All the bytes, as a file that no browser opens by itself."""
    found = _payload(request, payload_id)
    content = actions.view_payload(payload=found, by=request.member, limit_bytes=found.size_bytes)
    ending = "eml" if found.inbox.kind == "email" else "json"
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="onleesbaar-{found.id}.{ending}"'
    return response


@require_POST
def retry(request: MemberRequest, payload_id: UUID) -> HttpResponse:
    """Read it again, as after an upgrade."""
    actions.retry_payload(payload=_payload(request, payload_id), by=request.member)
    messages.success(request, "Het bericht wordt opnieuw gelezen.")
    return redirect(_url(request, "payloads"))

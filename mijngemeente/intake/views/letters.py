"""What goes out and got stuck. An administrator sees numbers and reasons, never what was written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.actions import confirm_delivery, retry_delivery
from mijngemeente.conversations.models import Delivery
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused

from .. import queries


@dataclass(frozen=True)
class DeliveryRow:
    """A message that does not get out."""

    id: UUID
    what: str
    state_text: str
    why: str
    attempts: int
    since: datetime
    #: Empty while it is retried by itself.
    retry_url: str
    #: Only when nobody knows whether it arrived.
    confirm_url: str


@require_safe
def letters(request: MemberRequest) -> HttpResponse:
    """Messages that wait too long, failed, or may have arrived."""
    stuck = queries.stuck_deliveries(request.organisation, timezone.now())
    context = {
        "waiting": queries.waiting_count(request.organisation),
        "stuck": [_row(request, each) for each in stuck],
    }
    return render(request, "organisations/letters.html", context)


def _row(request: MemberRequest, delivery: Delivery) -> DeliveryRow:
    channel = CHANNELS.get(delivery.inbox.kind)
    by_hand = delivery.state in (Delivery.State.FAILED, Delivery.State.UNCERTAIN)
    is_uncertain = delivery.state == Delivery.State.UNCERTAIN
    return DeliveryRow(
        id=delivery.id,
        what=f"Bericht in gesprek {delivery.message.conversation.number}, "
        f"via {channel.name if channel else delivery.inbox.kind}",
        state_text=delivery.get_state_display(),
        why=delivery.problem or "Het wacht op zijn beurt.",
        attempts=delivery.attempts,
        since=delivery.message.created_at,
        retry_url=_url(request, "retry_delivery", delivery.id) if by_hand else "",
        confirm_url=_url(request, "confirm_delivery", delivery.id) if is_uncertain else "",
    )


def _url(request: MemberRequest, name: str, *ids: UUID) -> str:
    return reverse(f"administration:{name}", args=[request.organisation.slug, *ids])


@require_POST
def retry(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    """Send it again."""
    try:
        retry_delivery(delivery=_delivery(request, delivery_id), by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het bericht wordt opnieuw verzonden.")
    return redirect(_url(request, "letters"))


def _delivery(request: MemberRequest, delivery_id: UUID) -> Delivery:
    rows = Delivery.objects.filter(organisation=request.organisation)
    return get_object_or_404(rows.select_related("message__conversation"), id=delivery_id)


@require_POST
def confirm(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    """It did arrive."""
    try:
        confirm_delivery(delivery=_delivery(request, delivery_id), by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Genoteerd: het bericht is aangekomen.")
    return redirect(_url(request, "letters"))

"""The inboxes of an organisation: health, connecting, changing, stopping."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.channels.contract import Direction
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.channels.setup import can_be_connected, setup_form
from mijngemeente.organisations import actions
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import queries
from ..actions import ask_to_try_out

if TYPE_CHECKING:
    from mijngemeente.channels.setup import Setup


@dataclass(frozen=True)
class InboxRow:
    """An inbox and how it does, as an administrator reads it."""

    id: UUID
    name: str
    address: str
    channel_name: str
    channel_icon: str
    #: positive, caution, critical or off
    state: str
    state_text: str
    problem: str
    last_success_at: datetime | None
    url: str
    check_url: str


def row_of(request: MemberRequest, inbox: InboxAddress, health: queries.Health) -> InboxRow:
    """What the list shows of one inbox."""
    channel = CHANNELS.get(inbox.kind)
    state, text = _state_of(inbox, health)
    return InboxRow(
        id=inbox.id,
        name=inbox.name,
        address=inbox.address,
        channel_name=channel.name if channel else inbox.kind,
        channel_icon=channel.icon if channel else "envelope",
        state=state,
        state_text=text,
        problem=" ".join(each.problem for each in health.failing) if inbox.is_active else "",
        last_success_at=health.incoming.last_success_at if health.incoming else None,
        url=_url(request, "inbox", inbox.id),
        check_url=_url(request, "check", inbox.id),
    )


def _state_of(inbox: InboxAddress, health: queries.Health) -> tuple[str, str]:
    if not inbox.is_active:
        return "off", "staat uit"
    if health.failing:
        ways = " en ".join(each.get_direction_display() for each in health.failing)
        return "critical", f"werkt niet: {ways}"
    channel = CHANNELS.get(inbox.kind)
    is_pulled = channel is not None and channel.wire.direction is Direction.PULLED
    if is_pulled and not (health.incoming and health.incoming.last_success_at):
        return "caution", "nog niet gelezen"
    return "positive", "werkt"


def _url(request: MemberRequest, name: str, *ids: UUID) -> str:
    return reverse(f"administration:{name}", args=[request.organisation.slug, *ids])


@require_safe
def inboxes(request: MemberRequest) -> HttpResponse:
    """Every inbox with its health."""
    rows = queries.inboxes_with_health(request.organisation)
    kinds = {inbox.kind for inbox, _ in rows}
    context = {
        "inboxes": [row_of(request, inbox, health) for inbox, health in rows],
        "new_links": [
            {
                "label": f"{channel.name} koppelen".capitalize(),
                "icon": channel.icon,
                "url": f"{_url(request, 'connect')}?kanaal={kind}",
            }
            for kind, channel in CHANNELS.items()
            # Of our own pages there is one each.
            if can_be_connected(kind) and (channel.wire.direction is not Direction.OWN or kind not in kinds)
        ],
    }
    return render(request, "organisations/inboxes.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: MemberRequest) -> HttpResponse:
    """Connect an account on the channel named in the address."""
    kind = request.GET.get("kanaal", "")
    if kind not in CHANNELS or not can_be_connected(kind):
        raise Http404
    initial = {"name": request.organisation.name}
    form = setup_form(kind)(posted(request), organisation_slug=request.organisation.slug, initial=initial)
    store = partial(actions.connect_inbox, organisation=request.organisation, kind=kind)
    if _is_stored(request, form, store):
        messages.success(request, "Het postvak is gekoppeld.")
        return redirect(_url(request, "inboxes"))
    return _form_page(request, form, kind)


def _is_stored(request: MemberRequest, form: "Setup", store: Callable[..., InboxAddress]) -> bool:
    """True if what was filled in is stored, and will be tried out; else the form says what to mend."""
    if not form.is_valid():
        return False
    given = {"address": form.address(), "name": form.cleaned_data["name"], "settings": form.settings()}
    try:
        ask_to_try_out(inbox=store(by=request.member, **given))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form_page(request: MemberRequest, form: "Setup", kind: str, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "form_url": request.get_full_path(),
        "back_url": _url(request, "inboxes"),
        "channel_name": CHANNELS[kind].name,
        "explanation_template": f"{kind}/setup.html",
        **more,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/inbox_form.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: MemberRequest, inbox_id: UUID) -> HttpResponse:
    """Change one inbox; its secrets are never shown."""
    found = _inbox(request, inbox_id)
    if found.kind not in CHANNELS or not can_be_connected(found.kind):
        raise Http404
    form = setup_form(found.kind)(
        posted(request),
        organisation_slug=request.organisation.slug,
        kept=credentials_of(found),
        address=found.address,
        initial={"name": found.name},
    )
    if _is_stored(request, form, partial(actions.change_inbox, inbox=found)):
        messages.success(request, "Het postvak is bewaard.")
        return redirect(_url(request, "inboxes"))
    return _form_page(
        request,
        form,
        found.kind,
        inbox=found,
        delete_url=_url(request, "stop", found.id) if found.is_active else "",
        resume_url="" if found.is_active else _url(request, "resume", found.id),
        embed_code=_embed_code(request) if found.kind == "web" else "",
    )


def _embed_code(request: MemberRequest) -> str:
    return (
        f'<script src="{settings.PUBLIC_URL}/{request.organisation.slug}/contact/widget.js" async></script>'
    )


def _inbox(request: MemberRequest, inbox_id: UUID) -> InboxAddress:
    return get_object_or_404(InboxAddress, organisation=request.organisation, id=inbox_id)


@require_POST
def check(request: MemberRequest, inbox_id: UUID) -> HttpResponse:
    """Try whether it works now."""
    ask_to_try_out(inbox=_inbox(request, inbox_id))
    messages.success(request, "Wij proberen het postvak. Kijk over een halve minuut weer.")
    return redirect(_url(request, "inboxes"))


@require_POST
def stop(request: MemberRequest, inbox_id: UUID) -> HttpResponse:
    """Take nothing more in."""
    actions.stop_inbox(inbox=_inbox(request, inbox_id), by=request.member)
    messages.success(request, "Het postvak staat uit. Alle gesprekken zijn bewaard.")
    return redirect(_url(request, "inboxes"))


@require_POST
def resume(request: MemberRequest, inbox_id: UUID) -> HttpResponse:
    """Take in again."""
    actions.resume_inbox(inbox=_inbox(request, inbox_id), by=request.member)
    messages.success(request, "Het postvak staat weer aan.")
    return redirect(_url(request, "inboxes"))

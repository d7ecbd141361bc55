"""Other systems, for the administrator: who comes in, and who is told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions, queries
from ..forms import TokenForm, WebhookForm
from ..models import Announcement, Token, Webhook

LATEST = 50


@require_safe
def systems(request: MemberRequest) -> HttpResponse:
    """All of them."""
    return _overview(request)


@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: MemberRequest) -> HttpResponse:
    """Let a system in; its secret is on the answer and nowhere else."""
    form = TokenForm(posted(request))
    if form.is_valid():
        try:
            issued = actions.make_token(
                organisation=request.organisation, by=request.member, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            return _overview(request, secret=issued.secret, secret_of=issued.token.name)
    return _form(request, form, "Sleutel maken", "Sleutel voor een ander systeem")


@require_POST
def end_token(request: MemberRequest, token_id: UUID) -> HttpResponse:
    """Out, at once."""
    token = get_object_or_404(Token, organisation=request.organisation, id=token_id)
    actions.end_token(token=token, by=request.member)
    messages.success(request, f"De sleutel van {token.name} werkt niet meer.")
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def new_webhook(request: MemberRequest) -> HttpResponse:
    """Tell an address from now on."""
    form = WebhookForm(posted(request))
    if form.is_valid():
        try:
            made = actions.make_webhook(
                organisation=request.organisation, by=request.member, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("url", str(refusal))
        else:
            return _overview(request, secret=made.secret, secret_of=made.webhook.url)
    return _form(request, form, "Webhook maken", "Een ander systeem iets laten weten")


@require_safe
def webhook(request: MemberRequest, webhook_id: UUID) -> HttpResponse:
    """What it was told, and what it said."""
    asked = _webhook(request, webhook_id)
    context = {"webhook": asked, "announcements": queries.latest_of(asked, LATEST), "latest": LATEST}
    return render(request, "api/webhook.html", context)


@require_POST
def stop_webhook(request: MemberRequest, webhook_id: UUID) -> HttpResponse:
    """Tell it no more, or again."""
    asked = _webhook(request, webhook_id)
    if request.POST.get("to") != "on":
        actions.stop_webhook(webhook=asked, by=request.member)
        messages.success(request, "De webhook is gestopt.")
    else:
        actions.resume_webhook(webhook=asked, by=request.member)
        messages.success(request, "De webhook werkt weer, vanaf nu.")
    return _to(request, "webhook", asked.id)


@require_POST
def retry(request: MemberRequest, webhook_id: UUID, announcement_id: UUID) -> HttpResponse:
    """Tell one thing once more."""
    asked = _webhook(request, webhook_id)
    rows = Announcement.objects.filter(organisation=request.organisation, webhook=asked)
    actions.retry_announcement(announcement=get_object_or_404(rows, id=announcement_id))
    return _to(request, "webhook", asked.id)


def _webhook(request: MemberRequest, webhook_id: UUID) -> Webhook:
    return get_object_or_404(queries.webhooks_of(request.organisation), id=webhook_id)


def _overview(request: MemberRequest, **shown: str) -> HttpResponse:
    today = timezone.localdate()
    tokens = Token.objects.filter(organisation=request.organisation).select_related("member")
    context: dict[str, Any] = {
        "tokens": [(each, each.works_on(today)) for each in tokens],
        "webhooks": queries.webhooks_of(request.organisation),
        **shown,
    }
    response = render(request, "api/systems.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _form(request: MemberRequest, form: Form, button: str, title: str) -> HttpResponse:
    context = {"form": form, "form_url": request.path, "button": button, "title": title}
    return render(request, "api/new.html", context, status=422 if form.is_bound else 200)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("systems:systems", request.organisation.slug)


def _to(request: MemberRequest, name: str, *ids: UUID) -> HttpResponse:
    return redirect(f"systems:{name}", request.organisation.slug, *ids)

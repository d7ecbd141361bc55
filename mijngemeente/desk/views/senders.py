"""Senders that are kept out: blocking one, and the administrator's list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Block, ContactAddress
from mijngemeente.conversations.queries import silenced_addresses, standing_blocks
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from ..forms import BlockForm
from .drawing import REFUSED, found, page_of, to_conversation


@require_http_methods(["GET", "POST"])
def block(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Put the sender of a conversation aside for a while."""
    conversation = found(request, conversation_id)
    form = BlockForm(posted(request))
    if form.is_valid():
        try:
            conversations.block(
                conversation=conversation,
                until=form.until(),
                reason=form.cleaned_data["reason"],
                by=request.member,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De afzender is geblokkeerd. Een beheerder kan dat opheffen.")
            return to_conversation(request, conversation)
    context = {**page_of(request, conversation), "form": form}
    return render(request, "desk/block.html", context, status=REFUSED if form.errors else 200)


@require_GET
def senders(request: MemberRequest) -> HttpResponse:
    """Who is blocked, and which machines are silenced."""
    now = timezone.now()
    context = {
        "blocks": standing_blocks(request.organisation.id, now),
        "silenced": silenced_addresses(request.organisation.id, now),
    }
    return render(request, "desk/senders.html", context)


@require_POST
def lift_block(request: MemberRequest, block_id: UUID) -> HttpResponse:
    """Let a blocked sender in again."""
    blocks = Block.objects.filter(organisation=request.organisation)
    conversations.lift_block(block=get_object_or_404(blocks, id=block_id), by=request.member)
    messages.success(request, "De blokkade is opgeheven.")
    return redirect("safeguards:senders", request.organisation.slug)


@require_POST
def lift_silence(request: MemberRequest, address_id: UUID) -> HttpResponse:
    """Let the mails of a machine through again."""
    addresses = ContactAddress.objects.filter(organisation=request.organisation)
    conversations.lift_silence(address=get_object_or_404(addresses, id=address_id), by=request.member)
    messages.success(request, "Automatische berichten van dit adres komen weer binnen.")
    return redirect("safeguards:senders", request.organisation.slug)

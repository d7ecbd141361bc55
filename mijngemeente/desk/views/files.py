"""What came with a message: its files, and the mail as it was made up."""

import base64
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from mijngemeente.conversations.models import Attachment, Message
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.html import has_remote_images, with_inline_images, with_remote_images

from .. import actions
from .drawing import found

# Inline pictures go into the page itself, as a sandboxed frame has no session to fetch them with.
INLINE_BYTES = 5 * 1024 * 1024
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}

SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"


@require_GET
def attachment(request: MemberRequest, conversation_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file, always to be saved and never shown: it comes from outside."""
    conversation = found(request, conversation_id)
    rows = Attachment.objects.filter(organisation=request.organisation, message__conversation=conversation)
    asked = get_object_or_404(rows.select_related("file"), id=attachment_id)
    actions.record_download(attachment=asked, conversation=conversation, by=request.member)
    response = HttpResponse(bytes(asked.file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(True, asked.name or "bijlage") or "attachment"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@xframe_options_sameorigin
def html(request: MemberRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """The mail as it was made up, where it can run nothing and fetch nothing."""
    rows = Message.objects.filter(organisation=request.organisation, conversation=conversation_id)
    message = get_object_or_404(rows.exclude(html=""), id=message_id)
    wants_images = request.GET.get("afbeeldingen") == "1" and has_remote_images(message.html)
    if wants_images:
        actions.record_images(message=message, by=request.member)
    page = render(request, "desk/html.html", {"html": _drawn(message, wants_images=wants_images)})
    images = "data: https:" if wants_images else "data:"
    page["Content-Security-Policy"] = (
        f"default-src 'none'; img-src {images}; style-src 'unsafe-inline'; frame-ancestors 'self'; {SANDBOX}"
    )
    page["Referrer-Policy"] = "no-referrer"
    return page


def _drawn(message: Message, *, wants_images: bool) -> str:
    html = with_inline_images(message.html, _pictures_of(message))
    return with_remote_images(html) if wants_images else html


def _pictures_of(message: Message) -> dict[str, str]:
    """Content id → the picture itself, as long as together they stay small."""
    rows = message.attachments.filter(content_type__in=_PICTURES).exclude(content_id="")
    pictures: dict[str, str] = {}
    room = INLINE_BYTES
    for each in rows.order_by("id"):
        room -= each.size_bytes
        if room >= 0:
            content = base64.b64encode(bytes(each.file.content)).decode()
            pictures[each.content_id] = f"data:{each.content_type};base64,{content}"
    return pictures

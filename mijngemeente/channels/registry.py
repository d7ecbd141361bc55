"""The channels there are: a folder and a line each."""

from django.conf import settings

from mijngemeente.platform.seals import derived_key

from .contract import Channel
from .email.wire import EmailWire
from .note.wire import NoteWire
from .web.wire import WebWire


def _mail_key() -> bytes:
    return derived_key("mail ids")


CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for channel in (
        Channel("email", "e-mail", EmailWire(_mail_key, settings.INTERNAL_MAIL_HOSTS), "envelope"),
        Channel("web", "webformulier en chat", WebWire(), "chat"),
        Channel("note", "telefoon en balie", NoteWire(), "phone"),
    )
}

"""The channels there are: a folder and a line each."""

from .contract import Channel
from .note.wire import NoteWire
from .web.wire import WebWire

CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for channel in (
        Channel("web", "webformulier en chat", WebWire(), "chat"),
        Channel("note", "telefoon en balie", NoteWire(), "phone"),
    )
}

"""The ASGI application: streams beside Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mijngemeente.settings")
django_application = get_asgi_application()

from django.conf import settings  # noqa: E402 - Django has to be ready

from mijngemeente.platform.live import hub  # noqa: E402 - likewise

from .body_limit import limited  # noqa: E402 - likewise
from .live import Receive, Scope, Send, is_stream, stream  # noqa: E402 - likewise
from .presence import is_beat, take_beat  # noqa: E402 - likewise

within_limit = limited(django_application, settings.BODY_LIMIT_BYTES)  # type: ignore[arg-type]  # asgiref's own typing


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Streams have a way of their own; everything else is Django's."""
    if scope["type"] == "http":
        # From the first visit on, or who is where would be unknown where no screen stays open.
        hub.listen()
    if is_stream(scope):
        await stream(scope, receive, send)
    elif is_beat(scope):
        await take_beat(scope, receive, send)
    else:
        await within_limit(scope, receive, send)

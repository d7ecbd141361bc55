"""The ASGI application: streams beside Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mijngemeente.settings")
django_application = get_asgi_application()

from .live import Receive, Scope, Send, is_stream, stream  # noqa: E402 - Django has to be ready


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Streams have a way of their own; everything else is Django's."""
    if is_stream(scope):
        await stream(scope, receive, send)
    else:
        await django_application(scope, receive, send)  # type: ignore[arg-type]  # asgiref's own typing

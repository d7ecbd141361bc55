"""Sheets and scripts, handed to an ASGI server in one piece."""

from contextlib import closing

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class SheetMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise streams from an open file, which Django under ASGI warns about and reads whole anyway."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file as an ordinary response; ours are a few kilobytes."""
        streamed = WhiteNoiseMiddleware.serve(static_file, request)
        with closing(streamed):
            return HttpResponse(
                b"".join(streamed), status=streamed.status_code, headers=dict(streamed.headers)
            )

"""Sheets and scripts, handed to an ASGI server in one piece."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class SheetMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise streams from an open file, which Django under ASGI warns about and reads whole anyway."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file as an ordinary response; ours are a few kilobytes."""
        streamed = WhiteNoiseMiddleware.serve(static_file, request)
        with streamed:
            return HttpResponse(b"".join(streamed), status=streamed.status_code, headers=dict(streamed.headers))

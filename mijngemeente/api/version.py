"""Every answer under /api/ says its version (NL API Design Rules 2.1, "version-header")."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import rules


class ApiVersion:
    """Refusals and addresses that do not exist included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response["API-Version"] = rules.VERSION
        return response

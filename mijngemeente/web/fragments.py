"""A part of a page has the address of that page: a browser that keeps it shows it alone on going back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class FragmentMiddleware:
    """No browser keeps what htmx asked for."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request"):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["HX-Request"])
        return response

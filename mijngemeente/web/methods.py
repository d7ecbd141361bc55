"""An address that only a button may ask, opened as a page: by the address bar, or by a bookmark."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class MethodMiddleware:
    """Say in words what happened; a browser shows an error of its own where there is nothing to show."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_bare = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
        if is_bare and request.method == "GET" and request.accepts("text/html"):
            response.content = render_to_string("web/405.html").encode()
        return response

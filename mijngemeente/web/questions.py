"""What stands behind the question mark of an address, before anybody reads it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# No text in the database can hold it: without this, each search of each room would have to think of it.
_NUL = re.compile("%00|\x00")


class QuestionMiddleware:
    """Leaves out the sign that no database holds; the rest is read as it was typed."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["QUERY_STRING"] = _NUL.sub("", request.META.get("QUERY_STRING", ""))
        return self.get_response(request)

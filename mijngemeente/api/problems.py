"""Refusals as other systems read them: problem details (RFC 9457)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response

from mijngemeente.conversations.errors import AlreadyClosed, NotRetryable
from mijngemeente.desk.errors import Crossed
from mijngemeente.platform.errors import Refused

PROBLEM = "application/problem+json"

_TITLES = {
    400: "Er klopt iets niet in het verzoek",
    401: "De sleutel werkt niet",
    403: "Dit mag niet met deze sleutel",
    404: "Dit bestaat niet",
    405: "Dit kan hier niet",
    406: "Wij antwoorden alleen in JSON",
    409: "Er is intussen iets veranderd",
    413: "Het verzoek is te groot",
    415: "Stuur JSON",
    422: "Dit kan niet",
}
#: Somebody else was first; try again after looking.
_CONFLICTS = (Crossed, AlreadyClosed, NotRetryable)


def problem(code: int, detail: str, **more: object) -> JsonResponse:
    """A refusal before any view was asked."""
    response = JsonResponse(_body(code, detail) | more, status=code, content_type=PROBLEM)
    if code == status.HTTP_401_UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def handle(error: Exception, context: Mapping[str, object]) -> Response | None:
    """What a view raised, as a problem; what it had begun is undone. None for a fault of ours."""
    told = _told(error)
    if told is None:
        return None
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return Response(told, status=told["status"], content_type=PROBLEM)


def _told(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, exceptions.ValidationError):
        names = list(_parameters(error.detail))
        return _body(400, "Bekijk invalidParams.") | {"invalidParams": names}
    if isinstance(error, Refused):
        return _body(409 if isinstance(error, _CONFLICTS) else 422, str(error))
    if isinstance(error, Http404 | PermissionDenied):
        return _body(404, "Dit bestaat niet, of hoort niet bij deze sleutel.")
    if isinstance(error, exceptions.APIException):
        return _body(error.status_code, str(error.detail))
    return None


def _body(code: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": _TITLES.get(code, "Dit lukt niet"),
        "status": code,
        "detail": detail,
    }


def _parameters(detail: Any, name: str = "") -> Iterator[dict[str, str]]:
    """Each field and why it was refused, however deep."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from _parameters(value, f"{name}.{key}" if name else str(key))
    elif isinstance(detail, list | tuple):
        for value in detail:
            yield from _parameters(value, name)
    else:
        yield {"name": name or "verzoek", "reason": str(detail)}

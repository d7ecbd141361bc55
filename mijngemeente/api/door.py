"""The door for other systems: a token says for whom they work, and opens that unit around the view."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules import Right, Role, rights_of
from mijngemeente.platform import failpoints
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

from . import actions, queries
from .models import Call, Token
from .problems import problem

View = Callable[..., Response]

KEY_CHARACTERS = 100


class ApiRequest(Request):
    """What an endpoint may count on."""

    organisation: Organisation
    #: As whom the other system works.
    member: Member
    token: Token
    #: Only of a POST with an idempotency key.
    call: Call | None


def endpoint(**rights: Right) -> Callable[[View], Callable[..., HttpResponse]]:
    """A view for other systems: `GET=Right.READ` and so on says what each method asks of the token."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        inner: Any = api_view(list(rights))(view)
        # No OPTIONS, no HEAD: the description says everything.
        inner.cls.http_method_names = [method.lower() for method in rights]

        @csrf_exempt
        @wraps(inner)
        def answer(request: HttpRequest, **keywords: object) -> HttpResponse:
            method = str(request.method)
            refusal = _refusal(request, rights.get(method)) or _unknown(
                request, asks.get(method, frozenset())
            )
            return refusal or _answer_inside(request, inner, keywords)

        asks: dict[str, frozenset[str]] = {}
        answer.rights = rights  # type: ignore[attr-defined]  # the permission tests read it
        answer.asks = asks  # type: ignore[attr-defined]  # `described` says what may be asked
        return answer

    return decorate


def _refusal(request: HttpRequest, right: Right | None) -> HttpResponse | None:
    token = _token(request)
    if token is None:
        return problem(401, "Stuur een geldige sleutel mee: Authorization: Bearer mg_…")
    if right is not None and right not in rights_of(map(Role, token.member.roles)):
        return problem(403, "Deze sleutel mag alleen lezen.")
    if len(request.headers.get("Idempotency-Key", "")) > KEY_CHARACTERS:
        return problem(400, f"Een Idempotency-Key heeft hoogstens {KEY_CHARACTERS} tekens.")
    request.token, request.member = token, token.member  # type: ignore[attr-defined]  # see ApiRequest
    request.organisation = token.organisation  # type: ignore[attr-defined]  # likewise
    request.call = None  # type: ignore[attr-defined]  # likewise
    return None


def _unknown(request: HttpRequest, known: frozenset[str]) -> HttpResponse | None:
    """A parameter that does nothing would look like one that was obeyed: a filter that let everything by."""
    names = sorted(set(request.GET) - known)
    if not names:
        return None
    allowed = f" Wel: {', '.join(sorted(known))}." if known else ""
    refused = [{"name": name, "reason": f"Deze parameter bestaat hier niet.{allowed}"} for name in names]
    return problem(400, f"Deze parameter bestaat hier niet: {', '.join(names)}.", invalidParams=refused)


def _token(request: HttpRequest) -> Token | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return queries.token_by_secret(secret.strip()) if scheme.lower() == "bearer" else None


def _answer_inside(request: Any, inner: Callable[..., Any], keywords: dict[str, object]) -> HttpResponse:
    with acting_for(request.organisation.id):
        actions.mark_used(token=request.token)
        response = _answer_once(request, inner, keywords)
    failpoints.reach("api.committed")
    return response


def _answer_once(request: Any, inner: Callable[..., Any], keywords: dict[str, object]) -> HttpResponse:
    """A POST with a key that we know gets what it got the first time."""
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    if not key:
        return _drawn(inner(request, **keywords))
    try:
        call, is_new = actions.begin_call(token=request.token, key=key, digest=_digest(request))
    except Refused as refusal:
        return problem(422, str(refusal))
    if not is_new:
        return _repeated(call)
    request.call = call
    response = _drawn(inner(request, **keywords))
    if response.status_code < HTTPStatus.BAD_REQUEST:
        actions.end_call(call=call, response=response)
    return response


def _drawn(response: Any) -> HttpResponse:
    """Written out while the unit is open."""
    drawn: HttpResponse = response.render()
    return drawn


def _repeated(call: Call) -> HttpResponse:
    response = HttpResponse(call.answer, status=call.status, content_type="application/json")
    if call.location:
        response["Location"] = call.location
    return response


def _digest(request: HttpRequest) -> bytes:
    asked = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(asked).digest()


def key_of(request: ApiRequest) -> UUID:
    """The key of what is written: the same for a repeated call, also when our own record of it is gone."""
    return uuid5(request.token.id, request.call.key) if request.call else uuid7()

"""A long list in parts: each part says where the next one is."""

import base64
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from . import rules
from .door import ApiRequest
from .shapes import named


@named("Links")
class LinksShape(serializers.Serializer[Any]):
    """Where this part is, and the next."""

    self = serializers.URLField()
    next = serializers.URLField(allow_null=True)


def page_of(
    request: ApiRequest,
    rows: "QuerySet[Any]",
    shape: type[serializers.Serializer[Any]],
    *,
    newest_first: bool,
) -> Response:
    """One part of the rows, by their id: what is added meanwhile moves nothing. Raises ValidationError."""
    most = _most(request)
    after = _after(request)
    if after is not None:
        rows = rows.filter(id__lt=after) if newest_first else rows.filter(id__gt=after)
    found = list(rows.order_by("-id" if newest_first else "id")[: most + 1])
    shown, has_more = found[:most], len(found) > most
    links = {"self": _url(request), "next": _url(request, _cursor(shown[-1].id)) if has_more else None}
    response = Response({"resultaten": shape(shown, many=True).data, "links": links})
    if links["next"]:
        response["Link"] = f'<{links["next"]}>; rel="next"'
    return response


def _most(request: ApiRequest) -> int:
    field = serializers.IntegerField(min_value=1, max_value=rules.PAGE_MOST)
    asked = request.query_params.get("aantal")
    try:
        return int(field.run_validation(asked)) if asked is not None else rules.PAGE
    except ValidationError as error:
        raise ValidationError({"aantal": error.detail}) from error


def _after(request: ApiRequest) -> UUID | None:
    cursor = request.query_params.get("vanaf")
    if cursor is None:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except ValueError as error:
        raise ValidationError({"vanaf": "Neem deze waarde over uit links.next."}) from error


def _cursor(row: UUID) -> str:
    return base64.urlsafe_b64encode(row.bytes).decode().rstrip("=")


def _url(request: ApiRequest, cursor: str = "") -> str:
    asked = {**request.query_params.dict(), **({"vanaf": cursor} if cursor else {})}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{settings.PUBLIC_URL}{request.path}{query}"

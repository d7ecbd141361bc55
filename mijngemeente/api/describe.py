"""How an endpoint is described in openapi.json."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from . import rules
from .pages import LinksShape
from .problems import PROBLEM
from .shapes import ProblemShape

Shape = type[serializers.Serializer[Any]] | serializers.Serializer[Any]

_REFUSALS = {
    400: "Er klopt iets niet in het verzoek, of er staat een parameter in die hier niet bestaat.",
    401: "Er is geen sleutel, of hij werkt niet (meer).",
    403: "Deze sleutel mag dit niet.",
    404: "Dit bestaat niet, of hoort niet bij deze sleutel.",
}
_CHANGES = {409: "Er is intussen iets veranderd.", 415: "Stuur JSON.", 422: "Dit kan nu niet."}

PAGE = (
    OpenApiParameter("aantal", int, description=f"Hoogstens {rules.PAGE_MOST}; anders {rules.PAGE}."),
    OpenApiParameter("vanaf", str, description="Uit links.next van het vorige deel."),
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Kies er een per verzoek. Hetzelfde verzoek met dezelfde sleutel krijgt hetzelfde antwoord.",
)


def described(
    method: str,
    name: str,
    summary: str,
    *,
    tag: str,
    answers: dict[int, Shape | None],
    asks: Shape | None = None,
    parameters: tuple[OpenApiParameter, ...] = (),
) -> Callable[[Any], Any]:
    """One method of an endpoint; `answers` are its good ones, by status."""
    refusals = _REFUSALS if method == "GET" else _REFUSALS | _CHANGES
    responses: dict[Any, Any] = dict(answers)
    for code, text in refusals.items():
        responses[(code, PROBLEM)] = OpenApiResponse(ProblemShape, text)
    extend = extend_schema(
        methods=[method],
        operation_id=name,
        summary=summary,
        description="",
        tags=[tag],
        parameters=[*parameters, *([KEY] if method == "POST" else [])],
        request=asks,
        responses=responses,
    )

    def decorate(view: Any) -> Any:
        view.asks[method] = frozenset(each.name for each in parameters)
        return extend(view)

    return decorate


def page_shape(name: str, shape: type[serializers.Serializer[Any]]) -> Any:
    """A part of a list of these."""
    return inline_serializer(name, {"resultaten": shape(many=True), "links": LinksShape()})


def finish(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Leave out what is meant for our own readers, and name the version header (rule "version-header")."""
    for component in result["components"]["schemas"].values():
        component.pop("description", None)
    for methods in result["paths"].values():
        for operation in methods.values():
            operation.pop("description", None)
            for answer in operation["responses"].values():
                answer["description"] = answer["description"] or "Gelukt."
                answer["headers"] = {"API-Version": _VERSION}
    return result


_VERSION = {"description": "De volledige versie.", "schema": {"type": "string", "example": rules.VERSION}}

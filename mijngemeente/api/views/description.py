"""What the interface says about itself."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from ..problems import problem


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description; any page in the world may read it (NL API Design Rules 2.1, "publish-openapi")."""
    response = HttpResponse(description(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def description() -> str:
    """OpenAPI 3.0.3 as JSON; the same as docs/openapi.json."""
    generator = SchemaGenerator(urlconf="mijngemeente.api.urls")  # type: ignore[no-untyped-call]  # a library
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # likewise
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


@csrf_exempt
def nothing(request: HttpRequest) -> JsonResponse:
    """An address under /api/ that does not exist."""
    return problem(404, "Dit adres bestaat niet. Alle adressen staan in /api/v1/openapi.json.")

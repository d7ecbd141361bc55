"""The product's addresses, an empty page, and one with a single SELECT."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from mijngemeente.organisations.models import Organisation
from mijngemeente.web.permissions import ROUTES, Door
from mijngemeente.web.urls import urlpatterns as of_the_product

ROUTES["bench_empty"] = ROUTES["bench_row"] = Door.PUBLIC


@csrf_exempt
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through the whole of Django."""
    return HttpResponse()


def row(request: HttpRequest) -> HttpResponse:
    """One indexed SELECT."""
    return HttpResponse(Organisation.objects.get(id=11).name)


urlpatterns = [
    path("leeg/rij/", row, name="bench_row"),
    path("leeg/", empty, name="bench_empty"),
    *of_the_product,
]

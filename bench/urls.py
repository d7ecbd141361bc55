"""The product's addresses and the empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from mijngemeente.web.permissions import ROUTES, Door
from mijngemeente.web.urls import urlpatterns as of_the_product

ROUTES["bench_empty"] = Door.PUBLIC


@csrf_exempt
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through the whole of Django."""
    return HttpResponse()


urlpatterns = [path("leeg/", empty, name="bench_empty"), *of_the_product]

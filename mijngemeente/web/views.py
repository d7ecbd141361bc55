"""Pages that belong to no room: the first page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mijngemeente.organisations.models import Organisation


@dataclass(frozen=True)
class Town:
    """A municipality with a front door."""

    name: str
    url: str


def home(request: HttpRequest) -> HttpResponse:
    """Choose a municipality, or sign in."""
    return render(request, "web/home.html", {"towns": towns()})


def towns() -> list[Town]:
    """All that take part, as they stand in a telephone book."""
    municipalities = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, is_active=True)
    return [Town(each.name, reverse("intake:contact", args=[each.slug])) for each in municipalities]

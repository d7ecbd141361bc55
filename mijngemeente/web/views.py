"""Pages that belong to no room: the first page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mijngemeente.organisations.models import Organisation
from mijngemeente.reference.models import Municipality
from mijngemeente.reference.queries import find_municipalities

# Longer than any name; what comes after is no name.
TYPED_CHARACTERS = 80


@dataclass(frozen=True)
class Town:
    """A municipality on the first page."""

    name: str
    #: Its front door, empty if it does not take part yet.
    url: str
    #: Its own website, empty if unknown.
    website: str = ""


def home(request: HttpRequest) -> HttpResponse:
    """Choose a municipality, or sign in."""
    taking_part = Organisation.objects.filter(is_active=True, kind=Organisation.Kind.MUNICIPALITY)
    doors = {each.municipality_id: _door_of(each) for each in taking_part if each.municipality_id}
    typed = request.GET.get("q", "")[:TYPED_CHARACTERS].replace("\x00", "").strip()
    found = find_municipalities(typed, timezone.localdate()) if typed else []
    context = {
        "typed": typed,
        "found": [_town(each, doors) for each in found],
        "towns": [Town(each.name, _door_of(each)) for each in taking_part],
    }
    return render(request, "web/home.html", context)


@require_GET
def switch(request: HttpRequest) -> HttpResponse:
    """For whom somebody works, when that is too many for a menu."""
    return render(request, "web/switch.html")


def _door_of(organisation: Organisation) -> str:
    return reverse("intake:contact", kwargs={"organisation": organisation.slug})


def _town(municipality: Municipality, doors: dict[str, str]) -> Town:
    website = f"https://www.{municipality.domain}/" if municipality.domain else ""
    return Town(municipality.name, doors.get(municipality.code, ""), website)

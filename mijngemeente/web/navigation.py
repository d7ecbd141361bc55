"""What stands in the rail of the staff pages, and what every template may count on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mijngemeente.organisations.queries import Workplace, workplaces_of
from mijngemeente.organisations.rules import Right

from .door import may

DESK = "/werkplek/"
SEARCH = "/werkplek/zoeken/"


@dataclass(frozen=True)
class Link:
    """Where somebody can go."""

    label: str
    url: str
    icon: str = ""
    is_current: bool = False
    count: int = 0
    #: Where a number that changes by itself is fetched.
    count_url: str = ""


@dataclass(frozen=True)
class Choice:
    """An organisation somebody can work for."""

    name: str
    kind: str
    url: str
    is_current: bool


#: Pages of the administrator: label and route.
TABS = (
    ("Overzicht", "administration:overview"),
    ("Postvakken", "administration:inboxes"),
    ("Verzending", "administration:letters"),
    ("Onleesbaar", "administration:payloads"),
    ("Afzenders", "safeguards:senders"),
    ("Formeel", "safeguards:designations"),
    ("Mensen", "organisations:people"),
    ("Spelregels", "organisations:rules"),
    ("Openingstijden", "organisations:hours"),
    ("Servicenormen", "desk:levels"),
    ("Uiterlijk", "organisations:appearance"),
    ("Afdelingen", "organisations:departments"),
    ("Afspraken", "organisations:agreements"),
    ("Toewijzing", "desk:rules"),
    ("Privacy", "privacy:overview"),
    ("Koppelingen", "systems:systems"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for every page. What asks the database waits until a template wants it."""
    workplaces = _once(partial(_workplaces, request))
    return {
        "organisation": getattr(request, "organisation", None),
        "may": may(request),
        "navigation": lambda: navigation(request.path, workplaces(), _slug(request)),
        "organisations": lambda: choices(workplaces(), _slug(request)),
        "tabs": lambda: tabs(request.path, _slug(request)),
    }


def _once(ask: Callable[[], list[Workplace]]) -> Callable[[], list[Workplace]]:
    answers: list[list[Workplace]] = []

    def answer() -> list[Workplace]:
        if not answers:
            answers.append(ask())
        return answers[0]

    return answer


def _workplaces(request: HttpRequest) -> list[Workplace]:
    return workplaces_of(request.user) if request.user.is_authenticated else []


def _slug(request: HttpRequest) -> str:
    organisation = getattr(request, "organisation", None)
    return organisation.slug if organisation else ""


def navigation(path: str, workplaces: list[Workplace], slug: str) -> list[Link]:
    """The rail: only where this person may come."""
    links = []
    if any(Right.READ in each.rights for each in workplaces):
        is_at_residents, told = "/inwoners/" in path, reverse("desk:notifications")
        is_elsewhere = is_at_residents or path.startswith((told, SEARCH))
        links.append(Link("Werkplek", DESK, "inbox", DESK in path and not is_elsewhere))
        links.append(Link("Zoeken", SEARCH, "search", path.startswith(SEARCH)))
        unread = reverse("desk:unread")
        links.append(Link("Meldingen", told, "bell", path.startswith(told), count_url=unread))
        url = _residents(_nearest(slug, workplaces, Right.READ))
        links.append(Link("Inwoners", url, "person", is_at_residents))
        bank = reverse("answers:bank", args=[_nearest(slug, workplaces, Right.READ)])
        links.append(Link("Antwoorden", bank, "files", "/antwoorden/" in path))
    if any(Right.ANALYSE in each.rights for each in workplaces):
        links.append(Link("Cijfers", reverse("figures:figures"), "chart", "/cijfers/" in path))
    if any(Right.ADMINISTER in each.rights for each in workplaces):
        url = _administration(_nearest(slug, workplaces, Right.ADMINISTER))
        links.append(Link("Beheer", url, "settings", "/beheer/" in path))
    return links


def _nearest(slug: str, workplaces: list[Workplace], right: Right) -> str:
    """The organisation that is open, or else the first, where somebody has this right."""
    allowed = [each.organisation.slug for each in workplaces if right in each.rights]
    return slug if slug in allowed else allowed[0]


def _residents(slug: str) -> str:
    return reverse("desk:residents", args=[slug])


def _administration(slug: str) -> str:
    return reverse("administration:overview", args=[slug])


def choices(workplaces: list[Workplace], slug: str) -> list[Choice]:
    """The organisations to switch between, each leading to what this person does there."""
    return [
        Choice(
            each.organisation.name,
            each.organisation.get_kind_display(),
            _administration(each.organisation.slug) if each.rights == {Right.ADMINISTER} else DESK,
            each.organisation.slug == slug,
        )
        for each in workplaces
    ]


def tabs(path: str, slug: str) -> list[Link]:
    """The pages of the administrator, the one that is open marked."""
    if not slug:
        return []
    links = [(label, reverse(route, args=[slug])) for label, route in TABS]
    here = max((url for _, url in links if path.startswith(url)), key=len, default="")
    return [Link(label, url, is_current=url == here) for label, url in links]

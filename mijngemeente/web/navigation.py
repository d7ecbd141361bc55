"""What stands in the rail of the staff pages, and what every template may count on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mijngemeente.beginning.queries import WayBack, way_back
from mijngemeente.organisations.queries import Workplace, workplaces_in, workplaces_of
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
class Place:
    """A group of the administrator's pages, as one goes there."""

    label: str
    url: str
    is_current: bool
    about: str
    pages: list[Link]


@dataclass(frozen=True)
class Choice:
    """An organisation somebody can work for."""

    name: str
    kind: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """Pages of the administrator that belong together."""

    label: str
    #: Label and route of each page; the first is where the group opens.
    pages: tuple[tuple[str, str], ...]
    #: What one finds there, in a sentence.
    about: str = ""


OVERVIEW = Group("Overzicht", (("Overzicht", "administration:overview"), ("Beginnen", "beginning:begin")))
GROUPS = (
    OVERVIEW,
    Group(
        "Contact en kanalen",
        (
            ("Postvakken", "administration:inboxes"),
            ("Verzending", "administration:letters"),
            ("Onleesbaar", "administration:payloads"),
            ("Koppelingen", "systems:systems"),
        ),
        "Waar vragen binnenkomen en antwoorden weggaan.",
    ),
    Group(
        "Mensen",
        (
            ("Collega's", "organisations:people"),
            ("Afspraken", "organisations:agreements"),
            ("Toewijzing", "desk:rules"),
            ("Afdelingen", "organisations:departments"),
        ),
        "Wie antwoordt, wie helpt, en wie een gesprek krijgt.",
    ),
    Group(
        "Hoe wij antwoorden",
        (
            ("Spelregels", "organisations:rules"),
            ("Openingstijden", "organisations:hours"),
            ("Servicenormen", "desk:levels"),
            ("Eerste antwoorden", "beginning:answers"),
            ("Formele berichten", "safeguards:designations"),
        ),
        "In welke toon, hoe snel, en met welke teksten.",
    ),
    Group(
        "Inwoners en privacy",
        (
            ("Bewaren en wissen", "privacy:overview"),
            ("Geblokkeerd", "safeguards:senders"),
            ("Invoeren", "imports:imports"),
        ),
        "Hoe lang wij iets bewaren, wie ons niet kan bereiken, en wat uit een ander systeem komt.",
    ),
    Group(
        "Uiterlijk",
        (("Uiterlijk", "organisations:appearance"), ("Naam en telefoon", "organisations:details")),
        "Wat inwoners van jullie zien.",
    ),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for every page. What asks the database waits until a template wants it."""
    workplaces = _once(partial(_workplaces, request))
    return {
        "organisation": getattr(request, "organisation", None),
        "may": may(request),
        "navigation": lambda: navigation(request.path, workplaces(), _slug(request)),
        "organisations": lambda: choices(workplaces(), _slug(request)),
        "places": lambda: groups(request.path, _slug(request)),
        "tabs": lambda: tabs(request.path, _slug(request)),
        "open_group": lambda: getattr(_group_at(request.path, _slug(request)), "label", ""),
        "way_back": lambda: _way_back(request),
    }


def _once(ask: Callable[[], list[Workplace]]) -> Callable[[], list[Workplace]]:
    answers: list[list[Workplace]] = []

    def answer() -> list[Workplace]:
        if not answers:
            answers.append(ask())
        return answers[0]

    return answer


def _workplaces(request: HttpRequest) -> list[Workplace]:
    if not request.user.is_authenticated:
        return []
    # On pages with a door of their own, such as those of the account, nobody has asked yet.
    covered = getattr(request, "coverage", None)
    return workplaces_of(request.user) if covered is None else workplaces_in(covered, request.user)


def _slug(request: HttpRequest) -> str:
    organisation = getattr(request, "organisation", None)
    return organisation.slug if organisation else ""


def navigation(path: str, workplaces: list[Workplace], slug: str) -> list[Link]:
    """The rail: only where this person may come."""
    links = []
    if any(Right.READ in each.rights for each in workplaces):
        is_at_residents, told = "/inwoners/" in path, reverse("desk:notifications")
        is_elsewhere = is_at_residents or path.startswith((told, SEARCH, reverse("figures:figures")))
        links.append(Link("Werkplek", DESK, "inbox", DESK in path and not is_elsewhere))
        links.append(Link("Zoeken", SEARCH, "search", path.startswith(SEARCH)))
        unread = reverse("desk:unread")
        links.append(Link("Meldingen", told, "bell", path.startswith(told), count_url=unread))
        url = _residents(_nearest(slug, workplaces, Right.READ))
        links.append(Link("Inwoners", url, "person", is_at_residents))
        bank = reverse("answers:bank", args=[_nearest(slug, workplaces, Right.READ)])
        links.append(Link("Antwoorden", bank, "files", "/antwoorden/" in path and DESK not in path))
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


def groups(path: str, slug: str) -> list[Place]:
    """What the administrator's pages are about, the open one marked."""
    if not slug:
        return []
    here = _group_at(path, slug)
    return [_place(each, slug, is_current=each is here) for each in GROUPS]


def _place(group: Group, slug: str, *, is_current: bool) -> Place:
    pages = [Link(page[0], _page_url(page, slug)) for page in group.pages]
    return Place(group.label, pages[0].url, is_current, group.about, pages)


def tabs(path: str, slug: str) -> list[Link]:
    """The pages of the group that is open, the one that is open marked."""
    group = _group_at(path, slug)
    links = [(page[0], _page_url(page, slug)) for page in group.pages] if group else []
    here = _deepest(path, [url for _, url in links])
    return [Link(label, url, is_current=url == here) for label, url in links]


def _group_at(path: str, slug: str) -> Group | None:
    """The group with the page that is open."""
    if not slug:
        return None
    pages = {_page_url(page, slug): group for group in GROUPS for page in group.pages}
    return pages.get(_deepest(path, pages))


def _page_url(page: tuple[str, str], slug: str) -> str:
    return reverse(page[1], args=[slug])


def _deepest(path: str, urls: Iterable[str]) -> str:
    return max((url for url in urls if path.startswith(url)), key=len, default="")


def _way_back(request: HttpRequest) -> WayBack | None:
    """To the steps of a municipality that begins, from a page where one of them is taken."""
    organisation = getattr(request, "organisation", None)
    return way_back(request.path, organisation) if organisation else None

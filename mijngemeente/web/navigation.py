"""What stands in the rail of the staff pages, and what every template may count on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mijngemeente.beginning.queries import WayBack, way_back
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import Workplace, coverage_of, first_of, workplaces_in
from mijngemeente.organisations.rules import Coverage, Right

from .door import may

DESK = "/werkplek/"
SEARCH = "/werkplek/zoeken/"
#: Who works for more organisations chooses on a page of its own, not in a menu that comes with every page.
IN_MENU = 12


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
            ("Afspraken", "desk:agreements"),
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
    organisation = getattr(request, "organisation", None)

    @cache
    def covered() -> Mapping[int, Coverage]:
        return _covered(request)

    return {
        "organisation": organisation,
        "may": may(request),
        "navigation": cache(lambda: navigation(request.path, covered(), organisation)),
        "organisations": lambda: choices(_workplaces(request, covered()), _slug(request)),
        "has_many_organisations": lambda: len(covered()) > IN_MENU,
        "places": lambda: groups(request.path, _slug(request)),
        "tabs": lambda: tabs(request.path, _slug(request)),
        "open_group": lambda: getattr(_group_at(request.path, _slug(request)), "label", ""),
        "way_back": lambda: _way_back(request),
    }


def _covered(request: HttpRequest) -> Mapping[int, Coverage]:
    if not request.user.is_authenticated:
        return {}
    # On pages with a door of their own, such as those of the account, nobody has asked yet.
    covered: Mapping[int, Coverage] | None = getattr(request, "coverage", None)
    return coverage_of(request.user) if covered is None else covered


def _workplaces(request: HttpRequest, covered: Mapping[int, Coverage]) -> list[Workplace]:
    return workplaces_in(covered, request.user) if request.user.is_authenticated else []


def _slug(request: HttpRequest) -> str:
    organisation = getattr(request, "organisation", None)
    return organisation.slug if organisation else ""


def navigation(
    path: str, covered: Mapping[int, Coverage], organisation: Organisation | None = None
) -> list[Link]:
    """The rail: only where this person may come."""
    links = []
    rights = frozenset[Right]().union(*(each.rights for each in covered.values()))
    if Right.READ in rights:
        is_at_residents, told = "/inwoners/" in path, reverse("desk:notifications")
        is_elsewhere = is_at_residents or path.startswith((told, SEARCH, reverse("figures:figures")))
        links.append(Link("Werkplek", DESK, "inbox", DESK in path and not is_elsewhere))
        links.append(Link("Zoeken", SEARCH, "search", path.startswith(SEARCH)))
        unread = reverse("desk:unread")
        links.append(Link("Meldingen", told, "bell", path.startswith(told), count_url=unread))
        slug = _nearest(organisation, covered, Right.READ)
        links.append(Link("Inwoners", _residents(slug), "person", is_at_residents))
        bank = reverse("answers:bank", args=[slug])
        links.append(Link("Antwoorden", bank, "files", path.startswith(bank)))
    if Right.ANALYSE in rights:
        links.append(Link("Cijfers", reverse("figures:figures"), "chart", "/cijfers/" in path))
        plots = reverse("plots:plots", args=[_nearest(organisation, covered, Right.ANALYSE)])
        links.append(Link("Wegwijs", plots, "team", "/wegwijs/" in path))
    if Right.ADMINISTER in rights:
        url = _administration(_nearest(organisation, covered, Right.ADMINISTER))
        links.append(Link("Beheer", url, "settings", "/beheer/" in path))
    return links


def _nearest(organisation: Organisation | None, covered: Mapping[int, Coverage], right: Right) -> str:
    """The organisation that is open, or else the first, where somebody has this right."""
    allowed = [number for number, each in covered.items() if right in each.rights]
    return organisation.slug if organisation and organisation.id in allowed else first_of(allowed)


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
            _workplace_url(each),
            each.organisation.slug == slug,
        )
        for each in workplaces
    ]


def _workplace_url(workplace: Workplace) -> str:
    slug = workplace.organisation.slug
    return _administration(slug) if workplace.rights == {Right.ADMINISTER} else f"{DESK}?gemeente={slug}"


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

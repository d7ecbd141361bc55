"""Promise P3, at the front door: every route × method × role × organisation, generated from the urls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, reverse

from mijngemeente.conversations.models import Message
from mijngemeente.organisations.models import Person
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Coverage, Right
from mijngemeente.web.door import DoorMiddleware
from mijngemeente.web.permissions import ROUTES, Door, access_to
from tests.rows import Rows, rows_of
from tests.world import World, build_world

LIBRARIES = ("account_", "mfa_", "usersessions_")


@dataclass(frozen=True)
class Route:
    name: str
    converters: tuple[str, ...]


def routes() -> list[Route]:
    found = _walk(get_resolver(), "", ())
    return sorted(set(found), key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str, before: tuple[str, ...]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        converters = (*before, *each.pattern.converters)
        if isinstance(each, URLPattern):
            yield Route(f"{namespace}{each.name}", converters)
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, inner, converters)


OURS = [route for route in routes() if not route.name.startswith(LIBRARIES)]


#: Parts of an address that name no row of anybody.
WORDS = {"organisation", "formal_kind"}


def names_a_row(route: Route) -> bool:
    return not WORDS.issuperset(route.converters)


IN_ORGANISATION = [route for route in OURS if isinstance(access_to(route.name), Right)]


def test_every_route_has_its_line_in_the_matrix():
    assert {route.name for route in routes() if access_to(route.name) is None} == set()


def test_the_matrix_has_no_line_without_a_route():
    assert set(ROUTES) - {route.name for route in OURS} == set()


def test_a_route_inside_an_organisation_never_stands_open():
    closed = [route for route in OURS if "organisation" in route.converters]
    assert {route.name for route in closed if access_to(route.name) in (Door.PUBLIC, Door.PERSON)} == set()


@dataclass(frozen=True)
class Settled:
    """Two organisations full of rows, and everybody signed in."""

    world: World
    both: tuple[Rows, Rows]
    sessions: dict[str, str]
    covered: dict[str, dict[int, Coverage]]
    #: One for all clients: each of their own would make the whole row of middleware again.
    handler: ClientHandler

    def having(self, right: Right, rows: Rows) -> set[str]:
        """Who may do this there."""
        there = {name: covered.get(rows.organisation.id) for name, covered in self.covered.items()}
        return {name for name, coverage in there.items() if coverage and right in coverage.rights}

    def foreign_to(self, name: str) -> list[bytes]:
        """What stands in every text of organisations that this person does not cover."""
        strange = [rows for rows in self.both if rows.organisation.id not in self.covered[name]]
        return [rows.secret.encode() for rows in strange]


@pytest.fixture(scope="module")
def settled(module_database: str) -> Settled:
    """Made and committed once: each test undoes what it does to it."""
    world = build_world()
    both = rows_of(world, world.duinrand, "sanne"), rows_of(world, world.veenwijk, "vera")
    people = world.people.items()
    return Settled(
        world,
        both,
        {name: signed_in(person) for name, person in people},
        {name: coverage_of(person) for name, person in people},
        Client().handler,
    )


def signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(settled: Settled, db: None) -> World:
    return settled.world


@pytest.fixture
def both(settled: Settled, db: None) -> tuple[Rows, Rows]:
    return settled.both


@pytest.fixture
def as_person(settled: Settled, db: None) -> Callable[[str], Client]:
    def client_of(name: str) -> Client:
        client = Client()
        client.handler = settled.handler
        client.cookies[settings.SESSION_COOKIE_NAME] = settled.sessions[name]
        return client

    return client_of


def url_of(route: Route, own: Rows, *, ids_of: Rows) -> str:
    """The address under `own`, with the ids of rows of `ids_of`."""
    values = {name: ids_of.ids[name] for name in route.converters}
    if "organisation" in values:
        values["organisation"] = own.organisation.slug
    return reverse(route.name, kwargs=values)


def calls(client: Client) -> list[Callable[..., object]]:
    return [client.get, client.post]


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("route", IN_ORGANISATION, ids=lambda route: route.name)
def test_nobody_gets_in_without_the_right(route, world, settled, both, as_person):
    for rows in both:
        for name in world.people.keys() - settled.having(access_to(route.name), rows):
            for call in calls(as_person(name)):
                response = call(url_of(route, rows, ids_of=rows))
                assert response.status_code == 404, (name, call)
                shown = body_of(response)
                assert not [each for each in both if each.secret.encode() in shown], (name, call)


@pytest.mark.parametrize("route", IN_ORGANISATION, ids=lambda route: route.name)
def test_whoever_has_the_right_is_answered(route, settled, both, as_person):
    """An empty form too: whatever is thought of it, nothing breaks, and nothing foreign is in the answer."""
    for rows in both:
        for name in settled.having(access_to(route.name), rows):
            for call in calls(as_person(name)):
                before = transaction.savepoint()
                response = call(url_of(route, rows, ids_of=rows))
                assert response.status_code < 500, (name, call)
                shown = body_of(response)
                assert not [each for each in settled.foreign_to(name) if each in shown], (name, call)
                transaction.savepoint_rollback(before)


@pytest.mark.parametrize("route", IN_ORGANISATION, ids=lambda route: route.name)
def test_a_visitor_is_asked_to_sign_in(route, client, both):
    for call in calls(client):
        response = call(url_of(route, both[0], ids_of=both[0]))
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize(
    "route", [each for each in IN_ORGANISATION if names_a_row(each)], ids=lambda route: route.name
)
def test_a_neighbours_row_does_not_exist(route, both, as_person):
    """Somebody with every right in their own organisation names rows of another one."""
    own, theirs = both
    for name in ("sanne", "baas", "beheer"):
        for call in calls(as_person(name)):
            response = call(url_of(route, own, ids_of=theirs))
            assert response.status_code in (404, 405), (name, call)
            assert theirs.secret.encode() not in body_of(response)


@pytest.mark.parametrize(
    "route", [each for each in OURS if each not in IN_ORGANISATION], ids=lambda route: route.name
)
def test_no_page_shows_a_foreign_row(route, both, as_person):
    """Whatever a page answers, it never holds a text of an organisation the reader does not cover.

    Pages inside an organisation are asked so by everybody above, with the right and without.
    """
    own, theirs = both
    for name in ("sanne", "lezer", "baas", "beheer", "niemand"):
        response = as_person(name).get(url_of(route, own, ids_of=own))
        assert theirs.secret.encode() not in body_of(response)


def forgetful(request: HttpRequest, **_: object) -> HttpResponse:
    """A view whose writer forgot every filter and every check."""
    texts = Message.objects.values_list("text", flat=True)
    return HttpResponse("\n".join(texts))


@pytest.mark.parametrize(
    ("name", "route", "sees"),
    [
        ("sanne", "desk:conversation", ["duinrand"]),
        ("vera", "desk:conversation", ["veenwijk"]),
        # The region covers Veenwijk, and acts for one organisation at a time.
        ("regio", "desk:conversation", ["veenwijk"]),
        ("sanne", "desk:desk", []),
        ("niemand", "desk:desk", []),
    ],
)
def test_a_forgetful_view_shows_no_foreign_row(name, route, sees, world, both):
    """Promise P3: the database keeps organisations apart even if our code forgets."""
    request = RequestFactory().get("/")
    request.user = world.people[name]
    request.session = {}
    at = {"regio": "veenwijk", "vera": "veenwijk"}.get(name, "duinrand")
    keywords = {"organisation": at} if route == "desk:conversation" else {}
    request.resolver_match = ResolverMatch(forgetful, (), keywords, url_name=route)
    door = DoorMiddleware(lambda request: HttpResponse())
    response = door.process_view(request, forgetful, (), dict(keywords)) or forgetful(request)
    shown = response.content.decode()
    assert [rows.organisation.slug for rows in both if rows.secret in shown] == sees

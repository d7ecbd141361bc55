"""Promise P3, at the front door: every route × method × role × organisation, generated from the urls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from mijngemeente.answers import actions as answers
from mijngemeente.api import actions as systems
from mijngemeente.api.models import Announcement, Webhook
from mijngemeente.assignment.models import AssignmentRule
from mijngemeente.channels.contract import Incoming, IncomingFile, Party
from mijngemeente.conversations.actions import (
    ask_approval,
    ask_department,
    block,
    merge_contacts,
    note_contact,
    receive_message,
    send_reply,
)
from mijngemeente.conversations.models import (
    PERSONAL_LINK,
    Attachment,
    Contact,
    Delivery,
    Label,
    Link,
    Message,
    Reminder,
)
from mijngemeente.course.actions import keep_course, keep_version, measure
from mijngemeente.desk.models import SavedView
from mijngemeente.intake.models import Payload
from mijngemeente.intake.queries.troubled_jobs import jobs_of
from mijngemeente.organisations.models import (
    ClosingDay,
    Department,
    Invitation,
    Member,
    Organisation,
    Person,
    ServiceAgreement,
    ServiceLevel,
)
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Coverage, Right, Role
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.models import Erasure, Export, Hold
from mijngemeente.team.actions import add_own, keep_plot
from mijngemeente.team.models import OwnEntry
from mijngemeente.web.door import DoorMiddleware
from mijngemeente.web.permissions import ROUTES, Door, access_to
from mijngemeente.workshop.actions import begin
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
class Rows:
    """One row of each sort that an address can name, in one organisation."""

    organisation: Organisation
    ids: dict[str, object]
    #: Stands in every text of this organisation, and nowhere else.
    secret: str


def rows_of(world: World, organisation: Organisation, agent: str) -> Rows:
    secret = f"geheim-van-{organisation.slug}"
    incoming = Incoming(
        external_id=f"m-{uuid4()}",
        sender=Party(f"Inwoner {secret}", f"{secret}@voorbeeld.example", "email"),
        subject=secret,
        text=f"Mijn vraag: {secret}",
        html=f"<p>{secret}</p>",
        files=(IncomingFile(f"{secret}.txt", "text/plain", secret.encode()),),
    )
    inbox = world.inbox(organisation, "web")
    with acting_for(organisation.id):
        received = receive_message(
            inbox=inbox, incoming=incoming, organisation_id=organisation.id, covered_by_id=organisation.id
        )
        conversation = received.conversation
        send_reply(conversation=conversation, by=world.members[agent], text=f"Antwoord {secret}", key=uuid4())
        Label.objects.create(organisation=organisation, name=secret)
        contact, by = conversation.contact, world.members[agent]
        note = note_contact(contact=contact, text=secret, ends_on=date(2099, 1, 1), by=by)
        twin = Contact.objects.create(organisation=organisation, name=secret)
        merge = merge_contacts(kept=contact, gone=twin, by=by)
        held = Hold.objects.create(
            organisation=organisation, conversation=conversation, reason="claim", by=by
        )
        erasure = Erasure.objects.create(
            organisation=organisation, way="erase", reason="request", explanation=secret, by=by
        )
        export = Export.objects.create(
            organisation=organisation,
            contact=contact,
            by=by,
            made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
            content=secret.encode(),
            size_bytes=len(secret),
        )
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=f"{secret}@voorbeeld.example",
            name=secret,
            roles=["reader"],
            invited_by=world.members[agent],
            token_digest=secret,
            expires_at=timezone.now() + timedelta(days=7),
        )
        agreement = ServiceAgreement.objects.create(
            provider=world.national, client=organisation, starts_on=date(2099, 1, 1)
        )
        department = Department.objects.create(
            organisation=organisation, name=secret, email=f"{secret}@voorbeeld.example"
        )
        payload = Payload.objects.create(
            organisation=organisation,
            inbox=inbox,
            digest=uuid4().bytes * 2,
            body=secret.encode(),
            size_bytes=1,
        )
        link = Link.objects.create(
            organisation=organisation,
            conversation=conversation,
            kind=Link.Kind.RELATED,
            other_organisation=organisation,
            other_conversation_id=uuid4(),
        )
        issued = systems.make_token(
            organisation=organisation,
            name=secret,
            role=Role.READER,
            ends_on=timezone.localdate(),
            by=world.members[agent],
        )
        webhook = Webhook.objects.create(
            organisation=organisation, url=f"https://{secret}.example/", events=[]
        )
        announcement = Announcement.objects.create(
            organisation=organisation,
            webhook=webhook,
            line_id=webhook.id,
            event=secret,
            happened_at=timezone.now(),
        )
        ids = {
            "organisation": organisation.slug,
            "conversation_id": conversation.id,
            "message_id": received.message.id,
            "attachment_id": Attachment.objects.get(message=received.message).id,
            "delivery_id": Delivery.objects.get(
                message=Message.objects.get(direction="out", is_automatic=False)
            ).id,
            "contact_id": contact.id,
            "hold_id": held.id,
            "erasure_id": erasure.id,
            "export_id": export.id,
            "address_id": contact.addresses.get().id,
            "contact_note_id": note.id,
            "contact_merge_id": merge.id,
            "payload_id": payload.id,
            "number": jobs_of(organisation.id).latest("id").id,
            "pending_id": ask_approval(
                conversation=conversation,
                by=world.members[agent],
                text=f"Voorstel {secret}",
                key=uuid4(),
                of=None,
            ).id,
            "inbox_id": inbox.id,
            "invitation_id": invitation.id,
            "agreement_id": agreement.id,
            "department_id": department.id,
            "question_id": ask_department(
                conversation=conversation,
                department=department,
                question=secret,
                excerpt=secret,
                by=world.members[agent],
            ).id,
            "reminder_id": Reminder.objects.create(
                organisation=organisation,
                conversation=conversation,
                member=world.members[agent],
                at=timezone.now() + timedelta(days=1),
                note=secret,
            ).id,
            "member_id": world.members[agent].id,
            "rule_id": AssignmentRule.objects.create(organisation=organisation, name=secret, condition={}).id,
            "token_id": issued.token.id,
            "webhook_id": webhook.id,
            "announcement_id": announcement.id,
            "name": secret,
            "token": make_token(PERSONAL_LINK, conversation.id),
            "block_id": block(
                conversation=conversation,
                until=timezone.now() + timedelta(days=7),
                reason=secret,
                by=world.members[agent],
            ).id,
            "formal_kind": "objection",
            "link_id": link.id,
            "kind": "web",
            "batch": uuid4(),
            "event": uuid4(),
            "view_id": SavedView.objects.create(
                organisation=organisation,
                owner=world.members[agent],
                audience="organisation",
                name=secret,
                condition={"field": "subject", "operator": "contains", "values": [secret]},
            ).id,
            "plot_id": keep_plot(
                document={"title": secret, "people": [{"name": secret}]}, by=world.members[agent]
            ).id,
            "entry_id": add_own(
                kind=OwnEntry.Kind.ROLE, name=secret, essence="", roles=[], by=world.members[agent]
            ).id,
            **course_of(by, secret),
            "workshop_id": begin(
                plot=keep_plot(document={"title": secret}, by=world.members[agent]), by=world.members[agent]
            ).id,
            "step": "people",
            "variant": "koers",
            "code": "R01",
            "file_format": "json",
            **answers_of(organisation, world.members[agent], secret),
            **norms_of(organisation, secret),
        }
    return Rows(organisation, ids, secret)


def answers_of(organisation: Organisation, by: Member, secret: str) -> dict[str, object]:
    """Rows of the answer bank; inside the organisation's unit."""
    answer = answers.write(organisation=organisation, draft=answers.Draft(secret, secret), by=by)
    fact = answers.keep_fact(organisation=organisation, name=secret, kind="other", value=secret, by=by)
    shown = answers.show_import(
        organisation=organisation, name=secret, content=b"titel;tekst\nMarkt;Ja\n", by=by
    )
    return {"answer_id": answer.id, "fact_id": fact.id, "import_id": shown.id}


def course_of(by: Member, secret: str) -> dict[str, object]:
    """A sheet and a version of it; inside the organisation's unit."""
    course = keep_course(typed={"title": secret, "goal": secret}, by=by)
    measurement = measure(course=course, on=date(2026, 1, 1), value=1, by=by)
    return {
        "course_id": course.id,
        "measurement_id": measurement.id,
        "version_id": keep_version(course=course, name=secret, figures=[], by=by).id,
    }


def norms_of(organisation: Organisation, secret: str) -> dict[str, object]:
    """A closing day and a service level; inside the organisation's unit."""
    day = date(2099, 1, 1)
    closing = ClosingDay.objects.create(organisation=organisation, starts_on=day, ends_on=day, reason=secret)
    level = ServiceLevel.objects.create(organisation=organisation, channel="web")
    return {"closing_id": closing.id, "level_id": level.id}


@dataclass(frozen=True)
class Settled:
    """Two organisations full of rows, and everybody signed in."""

    world: World
    both: tuple[Rows, Rows]
    sessions: dict[str, str]
    covered: dict[str, dict[int, Coverage]]

    def having(self, right: Right, rows: Rows) -> set[str]:
        """Who may do this there."""
        there = {name: covered.get(rows.organisation.id) for name, covered in self.covered.items()}
        return {name for name, coverage in there.items() if coverage and right in coverage.rights}


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
                assert rows.secret.encode() not in body_of(response)


@pytest.mark.parametrize("route", IN_ORGANISATION, ids=lambda route: route.name)
def test_whoever_has_the_right_is_answered(route, settled, both, as_person):
    """An empty form too: whatever is thought of it, nothing breaks."""
    for rows in both:
        for name in settled.having(access_to(route.name), rows):
            for call in calls(as_person(name)):
                before = transaction.savepoint()
                assert call(url_of(route, rows, ids_of=rows)).status_code < 500
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


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_no_page_shows_a_foreign_row(route, both, as_person):
    """Whatever a page answers, it never holds a text of an organisation the reader does not cover."""
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

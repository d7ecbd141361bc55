"""One small named world: Duinrand, Veenwijk, their region, and people with a role each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations.actions import receive_message
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import InboxAddress, Member, Organisation, Person, ServiceAgreement
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.tenancy import acting_for

PASSWORD = "een lang wachtwoord voor proeven"


@dataclass
class World:
    """The rows by name; people are attributes of `people`."""

    national: Organisation
    region: Organisation
    duinrand: Organisation
    veenwijk: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def organisations(self) -> list[Organisation]:
        return [self.national, self.region, self.duinrand, self.veenwijk]

    def inbox(self, organisation: Organisation, kind: str) -> InboxAddress:
        return InboxAddress.objects.get(organisation=organisation, kind=kind)

    def ask(
        self, organisation: Organisation, text: str, *, kind: str = "web", **details: object
    ) -> Conversation:
        """A resident asks a question; returns the new conversation."""
        email = details.pop("email", "resi.dent@voorbeeld.example")
        incoming = Incoming(
            external_id=f"test-{uuid4()}",
            sender=Party(str(details.pop("name", "Resi Dent")), str(email), "email"),
            text=text,
            **details,
        )
        with acting_for(organisation.id):
            return receive_message(
                inbox=self.inbox(organisation, kind),
                incoming=incoming,
                organisation_id=organisation.id,
                covered_by_id=organisation.id,
            ).conversation


ORGANISATIONS = {
    "national": {"id": 1, "kind": "national", "name": "MijnGemeente landelijk", "slug": "landelijk"},
    "region": {"id": 2, "kind": "region", "name": "Regio Noorderkust", "slug": "noorderkust"},
    "duinrand": {"id": 3, "kind": "municipality", "name": "Duinrand", "slug": "duinrand"},
    "veenwijk": {"id": 4, "kind": "municipality", "name": "Veenwijk", "slug": "veenwijk"},
}
KINDS = ("web", "email", "note")
#: name → (organisation, roles)
PEOPLE = {
    "sanne": ("duinrand", [Role.AGENT]),
    "bram": ("duinrand", [Role.AGENT]),
    "lezer": ("duinrand", [Role.READER]),
    "woord": ("duinrand", [Role.SPOKESPERSON]),
    "chef": ("duinrand", [Role.CONTENT_DIRECTOR]),
    "data": ("duinrand", [Role.ANALYST]),
    "baas": ("duinrand", [Role.MANAGER]),
    "beheer": ("duinrand", [Role.ADMINISTRATOR]),
    "vera": ("veenwijk", [Role.AGENT]),
    "veenbeheer": ("veenwijk", [Role.ADMINISTRATOR]),
    "regio": ("region", [Role.AGENT]),
    "land": ("national", [Role.AGENT]),
}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def committed_world(own_database: str) -> World:
    """The same world in a database of its own, for tests in which other processes look on."""
    return build_world()


def build_world() -> World:
    """In a handful of statements, as thousands of tests begin with it."""
    made = World(**{name: Organisation(**each) for name, each in ORGANISATIONS.items()})
    Organisation.objects.bulk_create(made.organisations)
    InboxAddress.objects.bulk_create(_inbox(kind, each) for each in made.organisations for kind in KINDS)
    password = make_password(PASSWORD)
    for name, (organisation, roles) in PEOPLE.items():
        place = getattr(made, organisation)
        made.people[name] = _person(name, f"{name}@{place.slug}.example", password, undo_seconds=0)
        made.members[name] = Member(organisation=place, person=made.people[name], roles=roles)
    made.people["niemand"] = _person("niemand", "niemand@voorbeeld.example", password)
    Person.objects.bulk_create(made.people.values())
    Member.objects.bulk_create(made.members.values())
    ServiceAgreement.objects.create(provider=made.region, client=made.veenwijk, starts_on=date(2020, 1, 1))
    return made


def _inbox(kind: str, organisation: Organisation) -> InboxAddress:
    slug = organisation.slug
    address = f"info@{slug}.example" if kind == "email" else slug
    return InboxAddress(
        kind=kind, address=address, organisation=organisation, name=organisation.name, token=f"{kind}-{slug}"
    )


def _person(name: str, email: str, password: str, **fields: object) -> Person:
    return Person(email=email, password=password, name=name.title(), **fields)


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run what is due, and what that queues, as a worker would: with no organisation set."""
    return _run_jobs


def _run_jobs() -> int:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    done = 0
    while True:
        waiting = list(
            ProcrastinateJob.objects.filter(status="todo")
            .filter(Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=timezone.now()))
            .order_by("id")
            .values_list("id", "task_name", "args")
        )
        if not waiting:
            return done
        for number, name, arguments in waiting:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
            app.tasks[name].func.__wrapped__(**arguments)
            done += 1

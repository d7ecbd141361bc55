"""One small named world: Duinrand, Veenwijk, their region, and people with a role each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import pytest
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
    made = World(
        national=_organisation(1, "national", "MijnGemeente landelijk", "landelijk"),
        region=_organisation(2, "region", "Regio Noorderkust", "noorderkust"),
        duinrand=_organisation(3, "municipality", "Duinrand", "duinrand"),
        veenwijk=_organisation(4, "municipality", "Veenwijk", "veenwijk"),
    )
    for name, (organisation, roles) in PEOPLE.items():
        _add(made, name, getattr(made, organisation), roles)
    made.people["niemand"] = Person.objects.create_user("niemand@voorbeeld.example", PASSWORD, name="Niemand")
    ServiceAgreement.objects.create(provider=made.region, client=made.veenwijk, starts_on=date(2020, 1, 1))
    return made


def _organisation(number: int, kind: str, name: str, slug: str) -> Organisation:
    organisation = Organisation.objects.create(id=number, kind=kind, name=name, slug=slug)
    for channel in ("web", "email", "note"):
        address = f"info@{slug}.example" if channel == "email" else slug
        InboxAddress.objects.create(
            kind=channel, address=address, organisation=organisation, name=name, token=f"{channel}-{slug}"
        )
    return organisation


def _add(world: World, name: str, organisation: Organisation, roles: list[Role]) -> None:
    person = Person.objects.create_user(
        f"{name}@{organisation.slug}.example", PASSWORD, name=name.title(), undo_seconds=0
    )
    world.people[name] = person
    world.members[name] = Member.objects.create(organisation=organisation, person=person, roles=roles)


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

"""The organisations of the demo, their people and their inboxes."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from mijngemeente.conversations.actions import look_again
from mijngemeente.organisations.actions.health import record_problem, record_success
from mijngemeente.organisations.models import (
    EngagementRules,
    InboxAddress,
    InboxCredentials,
    InboxHealth,
    Member,
    Organisation,
    Person,
    ServiceAgreement,
)
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules.covering import Line, Moment
from mijngemeente.organisations.rules.hour_words import week_words
from mijngemeente.platform.seals import seal
from mijngemeente.platform.tenancy import acting_for

from .clocks import write_norms
from .password import PASSWORD

#: How the files call the channels, and what they are here.
CHANNELS = {"form": "web", "chat": "web", "email": "email", "telephone": "note", "counter": "note"}
NAMES = {"web": "Webformulier en chat", "note": "Telefoon en balie"}

#: Our blanks for those of the files.
SALUTATION = {"{first_name}": "{voornaam}", "{name}": "{naam}", "{title_name}": "{naam}"}
SIGNATURE = {"{first_name}": "{voornaam medewerker}", "{name}": "{medewerker}"}

#: What the mailbox that cannot send has to say.
REFUSED = "De mailserver neemt geen verbinding aan."

FOUNDED = date(2025, 1, 1)

Row = Mapping[str, Any]


@dataclass
class Cast:
    """Everybody and everything by the name that the files use."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    #: (slug, address or channel) → inbox
    inboxes: dict[tuple[str, str], InboxAddress] = field(default_factory=dict)
    _members: dict[tuple[str, str], Member] = field(default_factory=dict)

    def inbox(self, slug: str, channel: str, address: str) -> InboxAddress:
        """The inbox of that address, or the first one of that channel."""
        return self.inboxes[slug, address or CHANNELS[channel]]

    def member(self, email: str, slug: str) -> Member:
        """As whom somebody works there, by membership or by agreement."""
        if (email, slug) not in self._members:
            coverage = coverage_of(self.people[email])[self.organisations[slug].id]
            self._members[email, slug] = Member.objects.select_related("person").get(id=coverage.member_id)
        return self._members[email, slug]

    def first_agent(self, slug: str) -> Member:
        """Who sorts what is nobody's yet."""
        agents = Member.objects.filter(organisation__slug=slug, roles__contains=["agent"])
        return self.member(agents.select_related("person").earliest("id").person.email, slug)


def found(folder: Path) -> Cast:
    """Make the organisations, people and agreements of data/demo."""
    content = json.loads((folder / "organisations.json").read_text("utf-8"))
    cast = Cast()
    for number, row in enumerate(content["organisations"], start=1):
        organisation = found_organisation(number, row)
        cast.organisations[organisation.slug] = organisation
        with acting_for(organisation.id):
            write_rules(organisation, row)
        for inbox in row["inboxes"]:
            connect(cast, organisation, inbox)
    for row in json.loads((folder / "people.json").read_text("utf-8")):
        employ(cast, row)
    for row in content["service_agreements"]:
        agree(cast, row)
    return cast


def found_organisation(number: int, row: Row) -> Organisation:
    is_municipality = row["kind"] == "municipality"
    return Organisation.objects.create(
        id=number,
        kind=row["kind"],
        name=row["name"].removeprefix("Gemeente ") if is_municipality else row["name"],
        slug=row["slug"],
        municipality_id=row["municipality_code"],
        theme=row["theme"],
    )


def write_rules(organisation: Organisation, row: Row) -> None:
    you = row["address_form"]
    hours = row["norms"]["first_answer_hours"]
    EngagementRules.objects.create(
        organisation=organisation,
        form_of_address=you,
        salutation=blanks(row["salutation"], SALUTATION),
        signature=blanks(row["signature"], SIGNATURE),
        answer_promise=promise(you, hours),
        opening_hours=week_words(write_norms(organisation, row).week),
        emergency=row["emergency"],
    )


def promise(you: str, hours: int) -> str:
    """The norm as a resident reads it: a working day has eight hours."""
    within = "binnen één werkdag" if hours <= 8 else "binnen twee werkdagen"
    return f"{you.capitalize()} krijgt {within} antwoord."


def blanks(text: str, ours: Mapping[str, str]) -> str:
    for theirs, our in ours.items():
        text = text.replace(theirs, our)
    return text


def connect(cast: Cast, organisation: Organisation, row: Row) -> None:
    """Form and chat are one inbox, and so are telephone and counter; so most rows come twice."""
    kind = CHANNELS[row["channel"]]
    address = row["address"] or organisation.slug
    inbox, _ = InboxAddress.objects.get_or_create(
        kind=kind,
        address=address,
        organisation=organisation,
        defaults={"name": NAMES.get(kind) or str(row["name"]), "token": secrets.token_urlsafe(32)},
    )
    cast.inboxes.setdefault((organisation.slug, kind), inbox)
    cast.inboxes[organisation.slug, address] = inbox


def employ(cast: Cast, row: Row) -> None:
    person = Person.objects.create(
        email=row["email"], name=f"{row['first_name']} {row['last_name']}", password=hashed_password()
    )
    cast.people[person.email] = person
    for membership in row["memberships"]:
        Member.objects.create(
            organisation=cast.organisations[membership["organisation"]],
            person=person,
            roles=membership["roles"],
        )


def agree(cast: Cast, row: Row) -> None:
    """One team for everything is with it all day; who takes over at night sees only what it takes over."""
    client = cast.organisations[row["client"]]
    is_night = row["hours"] == "outside_opening_hours"
    ServiceAgreement.objects.create(
        provider=cast.organisations[row["provider"]],
        client=client,
        channels=sorted({CHANNELS[channel] for channel in row["channels"]}) if is_night else [],
        moment=Moment.CLOSED if is_night else Moment.ALWAYS,
        reaches=Line.FIRST if is_night else Line.ALL,
        position=ServiceAgreement.objects.filter(client=client).count() + 1,
        starts_on=FOUNDED,
    )


def let_them_help() -> None:
    """From now on who helps at night gets conversations by itself; the stories tell who did before."""
    nights = ServiceAgreement.objects.filter(moment=Moment.CLOSED)
    nights.update(is_on=True)
    for number in nights.values_list("client_id", flat=True):
        with acting_for(number):
            look_again(organisation_id=number)


@cache
def hashed_password() -> str:
    """Hashed once: it is slow on purpose, and everybody's is the same."""
    return make_password(PASSWORD)


def connect_mail(smtp_port: int, broken: str) -> None:
    """Tell every mailbox where the demo's post office is, and `broken` where there is none."""
    for inbox in InboxAddress.objects.filter(kind="email"):
        # Port 9 is "discard": nobody listens there.
        port = 9 if inbox.address == broken else smtp_port
        content = {
            "incoming": "listen",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
        }
        with acting_for(inbox.organisation_id):
            InboxCredentials.objects.update_or_create(
                organisation_id=inbox.organisation_id,
                inbox=inbox,
                defaults={"sealed": seal(json.dumps(content))},
            )


def check_mail(broken: str) -> None:
    """Every mailbox worked just now, except one, so that there is something to see."""
    way = InboxHealth.Direction.OUTGOING
    for inbox in InboxAddress.objects.filter(kind="email"):
        with acting_for(inbox.organisation_id):
            if inbox.address == broken:
                record_problem(inbox=inbox, direction=way, problem=REFUSED)
            else:
                record_success(inbox=inbox, direction=way)

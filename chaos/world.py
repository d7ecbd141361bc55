"""Two municipalities with an agent each, and the front door of the country; made once per cluster."""

import json
from dataclasses import dataclass

from mijngemeente.organisations.actions import found_national
from mijngemeente.organisations.models import InboxAddress, InboxCredentials, Member, Organisation, Person
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.seals import seal
from mijngemeente.platform.tenancy import acting_for

from .stage import SMTP_PORT

NAMES = {11: "duinrand", 12: "veenwijk"}
#: As residents call these to the whole country: Tilburg and Utrecht.
CODES = {11: "GM0855", 12: "GM0344"}


@dataclass(frozen=True)
class Town:
    """A municipality, its web form, its mailbox and its agent."""

    organisation: Organisation
    web: InboxAddress
    email: InboxAddress
    agent: Member


def towns() -> list[Town]:
    """The same every time."""
    return [_town(number, slug) for number, slug in NAMES.items()]


def front_door() -> InboxAddress:
    """Where residents write to the whole country."""
    found_national()
    national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    return _inbox(national, "web", national.slug)


def _town(number: int, slug: str) -> Town:
    organisation, _ = Organisation.objects.get_or_create(
        id=number, defaults={"kind": "municipality", "name": slug.title(), "slug": slug}
    )
    Organisation.objects.filter(id=number).update(municipality=CODES[number])
    town = Town(
        organisation,
        web=_inbox(organisation, "web", slug),
        email=_inbox(organisation, "email", f"info@{slug}.example"),
        agent=_agent(organisation),
    )
    with acting_for(number):
        _connect(town.email)
    return town


def _connect(inbox: InboxAddress) -> None:
    """Mail is brought to our listener, and goes out through the counterpart."""
    settings = {"incoming": "smtp", "smtp_host": "127.0.0.1", "smtp_port": SMTP_PORT, "smtp_security": "none"}
    InboxCredentials.objects.update_or_create(
        organisation_id=inbox.organisation_id, inbox=inbox, defaults={"sealed": seal(json.dumps(settings))}
    )


def _inbox(organisation: Organisation, kind: str, address: str) -> InboxAddress:
    inbox, _ = InboxAddress.objects.get_or_create(
        kind=kind,
        address=address,
        defaults={"organisation": organisation, "name": address, "token": f"{kind}-{organisation.slug}"},
    )
    return inbox


def _agent(organisation: Organisation) -> Member:
    email = f"agent@{organisation.slug}.example"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(
        email, None, name="Sanne", undo_seconds=0
    )
    member, _ = Member.objects.get_or_create(
        organisation=organisation, person=person, defaults={"roles": [Role.AGENT]}
    )
    return Member.objects.select_related("person").get(id=member.id)

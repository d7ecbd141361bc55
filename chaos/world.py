"""Two municipalities with an agent each, made once per cluster."""

from dataclasses import dataclass

from mijngemeente.organisations.models import InboxAddress, Member, Organisation, Person
from mijngemeente.organisations.rules import Role

NAMES = {11: "duinrand", 12: "veenwijk"}


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


def _town(number: int, slug: str) -> Town:
    organisation, _ = Organisation.objects.get_or_create(
        id=number, defaults={"kind": "municipality", "name": slug.title(), "slug": slug}
    )
    return Town(
        organisation,
        web=_inbox(organisation, "web", slug),
        email=_inbox(organisation, "email", f"info@{slug}.example"),
        agent=_agent(organisation),
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
        email, None, name="Sanne"
    )
    member, _ = Member.objects.get_or_create(
        organisation=organisation, person=person, defaults={"roles": [Role.AGENT]}
    )
    return Member.objects.select_related("person").get(id=member.id)

"""The first day of an organisation: residents can reach it, and one person can go on from there."""

import secrets

from django.db import connection, transaction
from django.db.models import Max

from mijngemeente.platform import audit
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Municipality

from ..errors import AlreadyFounded
from ..models import InboxAddress, Member, Organisation, Person
from ..rules import Role

#: What every municipality has from the first day: kind → name of the inbox.
FIRST_INBOXES = {"web": "Webformulier en chat", "note": "Telefoon en balie"}

#: Any number that nobody else uses: two foundings may not choose the same key.
LOCK = 20_260_102

NATIONAL_ID = 1
NATIONAL_NAME = "MijnGemeente landelijk"


def found_municipality(*, municipality: Municipality, email: str, name: str) -> Member:
    """Make the municipality an organisation, with form, telephone and a first administrator.

    Somebody new has no password yet. Outside any unit; raises AlreadyFounded.
    """
    if Organisation.objects.filter(municipality=municipality).exists():
        raise AlreadyFounded
    with transaction.atomic():
        organisation = Organisation.objects.create(
            id=_next_id(),
            kind=Organisation.Kind.MUNICIPALITY,
            name=municipality.name,
            slug=municipality.slug,
            municipality=municipality,
        )
        for kind, inbox_name in FIRST_INBOXES.items():
            InboxAddress.objects.create(
                kind=kind,
                address=organisation.slug,
                organisation=organisation,
                name=inbox_name,
                token=secrets.token_urlsafe(32),
            )
        member = _first_administrator(organisation, email, name)
    with acting_for(organisation.id):
        audit.record("member.joined", member, by=member)
    return member


def found_national() -> None:
    """Make the organisation whose answers everybody may adopt; once there is a municipality to use them.

    Outside any unit; twice is the same. A demo founds its own.
    """
    municipalities = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    national = Organisation.objects.filter(kind=Organisation.Kind.NATIONAL)
    if municipalities.exists() and not national.exists():
        Organisation.objects.get_or_create(
            id=NATIONAL_ID,
            defaults={"kind": Organisation.Kind.NATIONAL, "name": NATIONAL_NAME, "slug": "landelijk"},
        )


def _next_id() -> int:
    """Keys are handed out once and never change; 1 is the national organisation's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last: int | None = Organisation.objects.aggregate(last=Max("id"))["last"]
    return max(last or 0, NATIONAL_ID) + 1


def _first_administrator(organisation: Organisation, email: str, name: str) -> Member:
    person = Person.objects.filter(email__iexact=email.strip()).first()
    person = person or Person.objects.create_user(email, name=name)
    roles = [Role.ADMINISTRATOR.value]
    return Member.objects.create(organisation=organisation, person=person, roles=roles)

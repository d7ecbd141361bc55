"""The first day of a municipality here, and its first administrator."""

import argparse
from difflib import get_close_matches
from typing import TYPE_CHECKING

from . import home, start
from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.organisations.models import Member, Person
    from mijngemeente.reference.models import Municipality


def configure(parser: argparse.ArgumentParser) -> None:
    """`found MUNICIPALITY --email ADDRESS --name NAME`."""
    parser.add_argument("municipality", metavar="MUNICIPALITY", help="naam van de gemeente, zoals Tilburg")
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="e-mailadres van de beheerder")
    parser.add_argument("--name", required=True, help="naam van de beheerder")


def run(options: argparse.Namespace) -> int:
    """Make it, and say how the administrator comes in."""
    home.use_running_database()
    start.refuse_power()
    from django.conf import settings

    from mijngemeente.answers.actions import load_starters
    from mijngemeente.organisations.actions import found_municipality, found_national
    from mijngemeente.organisations.errors import AlreadyFounded

    municipality = municipality_called(options.municipality)
    try:
        member = found_municipality(municipality=municipality, email=options.email, name=options.name)
    except AlreadyFounded:
        member = first_administrator(municipality, options.email)
    found_national()
    load_starters(settings.DATA / "answers.csv")
    print(welcome(member))
    return 0


def municipality_called(typed: str) -> "Municipality":
    """By its name, or by its name in a web address. Raises Stop for one we do not know."""
    from django.db.models import Q

    from mijngemeente.reference.models import Municipality

    known = Municipality.objects.filter(valid_until__isnull=True)
    found = known.filter(Q(slug=typed.lower()) | Q(name__iexact=typed)).first()
    if found is None:
        near = get_close_matches(typed.title(), known.values_list("name", flat=True), cutoff=0.8)
        raise Stop(f"Er is geen gemeente {typed}.{f' Bedoel je {near[0]}?' if near else ''}")
    return found


def first_administrator(municipality: "Municipality", email: str) -> "Member":
    """Who was to begin here and never came in: the link got lost. Raises Stop for anybody else."""
    from mijngemeente.organisations.models import Member

    members = Member.objects.current().filter(organisation__municipality=municipality)
    member = members.filter(person__email__iexact=email).select_related("organisation", "person").first()
    if member is None or member.person.has_usable_password():
        raise Stop(f"Gemeente {municipality.name} is er al.")
    return member


def welcome(member: "Member") -> str:
    from django.conf import settings

    organisation = member.organisation
    return (
        f"Gemeente {organisation.name} is klaar: {settings.PUBLIC_URL}/{organisation.slug}/contact/\n"
        f"{member.person.name} {way_in(member.person)}"
    )


def way_in(person: "Person") -> str:
    """A link to choose a password, as a forgotten one is replaced; nothing for who has one."""
    from allauth.account.adapter import get_adapter
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    if person.has_usable_password():
        return "logt in met het eigen wachtwoord."
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return f"kiest hier een wachtwoord: {get_adapter().get_reset_password_from_key_url(key)}"

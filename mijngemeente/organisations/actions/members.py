"""Who works here, and as what."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mijngemeente.platform import audit

from ..errors import LastAdministrator, NotCovered, UnknownRole
from ..models import Member, Organisation, Person
from ..rules import Role


def change_roles(*, member: Member, roles: Iterable[str], by: Member) -> bool:
    """Give the member these roles instead of the old ones; True if that changed anything.

    Raises UnknownRole, LastAdministrator and NotCovered (the member has left).
    """
    wanted = known_roles(roles)
    with transaction.atomic():
        current = _locked(member)
        if sorted(current.roles) == sorted(wanted):
            return False
        if Role.ADMINISTRATOR not in wanted:
            _keep_an_administrator(current)
        Member.objects.filter(id=current.id).update(roles=wanted)
        audit.record("member.roles_changed", current, by=by, roles=",".join(wanted))
    return True


def end_membership(*, member: Member, by: Member) -> None:
    """The member no longer works here, from the next request on; what they wrote keeps their name.

    Raises LastAdministrator and NotCovered (the member had left already).
    """
    with transaction.atomic():
        current = _locked(member)
        _keep_an_administrator(current)
        Member.objects.filter(id=current.id).update(left_at=timezone.now())
        audit.record("member.left", current, by=by)


def known_roles(roles: Iterable[str]) -> list[str]:
    """The roles once each, in the order of the list. Raises UnknownRole for none or a strange one."""
    wanted = set(roles)
    if not wanted or not wanted <= {role.value for role in Role}:
        raise UnknownRole
    return [role.value for role in Role if role.value in wanted]


def _locked(member: Member) -> Member:
    """The membership as it is now. Locks its organisation: two administrators may remove each other."""
    Organisation.objects.select_for_update().get(id=member.organisation_id)
    current = Member.objects.current().filter(id=member.id).first()
    if current is None:
        raise NotCovered
    return current


def _keep_an_administrator(member: Member) -> None:
    if Role.ADMINISTRATOR not in member.roles:
        return
    administrators = Member.objects.current().filter(
        organisation_id=member.organisation_id,
        roles__contains=[Role.ADMINISTRATOR.value],
        person__is_active=True,
    )
    if not administrators.exclude(id=member.id).exists():
        raise LastAdministrator


def change_profile(*, person: Person, name: str, has_shortcuts: bool, undo_seconds: int) -> None:
    """Change what a person decides about themself."""
    Person.objects.filter(id=person.id).update(
        name=name, has_shortcuts=has_shortcuts, undo_seconds=undo_seconds
    )

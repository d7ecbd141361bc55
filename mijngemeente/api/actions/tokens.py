"""Letting another system in, and out again."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation, Person
from mijngemeente.organisations.queries import digest_of
from mijngemeente.organisations.rules import Role
from mijngemeente.platform import audit

from .. import rules
from ..errors import TooLongLived
from ..models import Token


@dataclass(frozen=True)
class Issued:
    """A new token, and its secret: shown once, and never again."""

    token: Token
    secret: str


def make_token(*, organisation: Organisation, name: str, role: Role, ends_on: date, by: Member) -> Issued:
    """Let a system in until and including `ends_on`, with the rights of a role. Raises TooLongLived."""
    if rules.lives_too_long(ends_on, timezone.localdate()):
        raise TooLongLived
    # 256 bits; the first letters tell people and scanners of leaked secrets what it is.
    secret = f"mg_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = Token(
            organisation=organisation, name=name, digest=digest_of(secret), made_by=by, ends_on=ends_on
        )
        token.member = _machine(token, role)
        token.save(force_insert=True)
        audit.record("token.made", token, by=by, role=role.value)
    return Issued(token, secret)


def _machine(token: Token, role: Role) -> Member:
    """A member of its own, so that the timeline tells which system did it. Nobody can sign in as it."""
    person = Person.objects.create_user(
        f"{token.id}@systeem.invalid", name=token.name, is_active=False, is_machine=True, undo_seconds=0
    )
    return Member.objects.create(organisation=token.organisation, person=person, roles=[role.value])


def end_token(*, token: Token, by: Member) -> bool:
    """The token works no longer, from the next call on; False if it had ended."""
    now = timezone.now()
    with transaction.atomic():
        ended = Token.objects.filter(id=token.id, ended_at=None).update(ended_at=now) == 1
        if ended:
            Member.objects.filter(id=token.member_id).update(left_at=now)
            audit.record("token.ended", token, by=by)
    return ended


def mark_used(*, token: Token) -> None:
    """Remember that it was used, to the hour."""
    now = timezone.now()
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(hours=1))
    Token.objects.filter(long_ago, id=token.id).update(last_used_at=now)

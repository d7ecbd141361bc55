"""Asking somebody by mail to come and work here."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from mijngemeente.platform import audit, jobs
from mijngemeente.platform.ids import uuid7

from ..errors import AlreadyMember, InvitationClosed, OtherPerson
from ..models import Invitation, Member, Organisation, Person
from ..queries import digest_of, token_of
from .members import known_roles

VALID_FOR = timedelta(days=7)


def invite(
    *, organisation: Organisation, email: str, name: str, roles: Iterable[str], by: Member
) -> Invitation:
    """Ask somebody to work here; the mail leaves after commit. Replaces an open invitation to this address.

    Raises UnknownRole and AlreadyMember.
    """
    address = email.strip().lower()
    wanted = known_roles(roles)
    if Member.objects.current().filter(organisation=organisation, person__email__iexact=address).exists():
        raise AlreadyMember
    with transaction.atomic():
        _open_invitations(organisation, address).update(withdrawn_at=timezone.now())
        invitation = _new_invitation(organisation, address, name.strip(), wanted, by)
        audit.record("member.invited", invitation, by=by, roles=",".join(wanted))
        _send(invitation)
    return invitation


def _open_invitations(organisation: Organisation, address: str) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at__isnull=True, withdrawn_at__isnull=True
    )


def _new_invitation(
    organisation: Organisation, address: str, name: str, roles: list[str], by: Member
) -> Invitation:
    invitation = Invitation(
        id=uuid7(),
        organisation=organisation,
        email=address,
        name=name,
        roles=roles,
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    invitation.token_digest = digest_of(token_of(invitation))
    invitation.save(force_insert=True)
    return invitation


def _send(invitation: Invitation) -> None:
    jobs.later("organisations.send_invitation", organisation_id=invitation.organisation_id, id=invitation.id)


def renew_invitation(*, invitation: Invitation, by: Member) -> None:
    """Mail a new link, valid from now; the old link stops working. Raises InvitationClosed."""
    with transaction.atomic():
        invitation.expires_at = timezone.now() + VALID_FOR
        waiting = Invitation.objects.filter(
            id=invitation.id, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        digest = digest_of(token_of(invitation))
        if not waiting.update(expires_at=invitation.expires_at, token_digest=digest):
            raise InvitationClosed
        audit.record("member.invited", invitation, by=by, roles=",".join(invitation.roles))
        _send(invitation)


def withdraw_invitation(*, invitation: Invitation, by: Member) -> None:
    """The link stops working. Raises InvitationClosed if it was accepted or withdrawn before."""
    with transaction.atomic():
        waiting = Invitation.objects.filter(
            id=invitation.id, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        if not waiting.update(withdrawn_at=timezone.now()):
            raise InvitationClosed
        audit.record("member.invitation_withdrawn", invitation, by=by)


def accept_invitation(
    *, invitation: Invitation, person: Person | None, name: str = "", password: str = ""
) -> Member:
    """Come to work here, once: as `person`, or as somebody new with this name and password.

    Raises InvitationClosed, OtherPerson (the mail went to somebody else) and ValidationError for a
    password that is easy to guess.
    """
    if person is not None and person.email.lower() != invitation.email.lower():
        raise OtherPerson
    with transaction.atomic():
        now = timezone.now()
        waiting = Invitation.objects.filter(
            id=invitation.id,
            token_digest=invitation.token_digest,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        )
        if not waiting.update(accepted_at=now):
            raise InvitationClosed
        member = _join(invitation, person or _new_person(invitation.email, name, password))
        audit.record("member.joined", member, by=member, invitation=invitation.id)
    return member


def _new_person(email: str, name: str, password: str) -> Person:
    validate_password(password, Person(email=email, name=name))
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, password, name=name)
    except IntegrityError as error:
        # They made an account meanwhile through another organisation's invitation.
        raise OtherPerson("Je hebt al een account. Log eerst in.") from error


def _join(invitation: Invitation, person: Person) -> Member:
    """An open membership stays as it is: an invitation never takes roles away."""
    member, _ = Member.objects.current().get_or_create(
        organisation_id=invitation.organisation_id, person=person, defaults={"roles": invitation.roles}
    )
    return member

"""The accounts through which residents reach an organisation."""

import json
import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from mijngemeente.platform import audit
from mijngemeente.platform.seals import seal

from ..errors import AddressTaken
from ..models import InboxAddress, InboxCredentials, InboxHealth, Member, Organisation


def connect_inbox(
    *,
    organisation: Organisation,
    kind: str,
    address: str,
    name: str,
    settings: Mapping[str, object],
    by: Member,
) -> InboxAddress:
    """Make an account on a channel ours; `settings` are sealed. Raises AddressTaken."""
    try:
        with transaction.atomic():
            inbox = InboxAddress.objects.create(
                kind=kind,
                address=address,
                organisation=organisation,
                name=name,
                token=secrets.token_urlsafe(32),
            )
            _keep(inbox, settings)
            audit.record("inbox.connected", inbox, by=by, kind=kind)
    except IntegrityError as error:
        raise AddressTaken from error
    return inbox


def change_inbox(
    *, inbox: InboxAddress, address: str, name: str, settings: Mapping[str, object], by: Member
) -> InboxAddress:
    """Store what the setup form now says; a problem of before is forgotten. Raises AddressTaken."""
    try:
        with transaction.atomic():
            InboxAddress.objects.filter(id=inbox.id).update(address=address, name=name)
            _keep(inbox, settings)
            InboxHealth.objects.filter(inbox=inbox).update(failing_since=None, problem="")
            audit.record("inbox.changed", inbox, by=by)
    except IntegrityError as error:
        raise AddressTaken from error
    return inbox


def _keep(inbox: InboxAddress, settings: Mapping[str, object]) -> None:
    if not settings:
        InboxCredentials.objects.filter(inbox=inbox).delete()
        return
    InboxCredentials.objects.update_or_create(
        organisation_id=inbox.organisation_id,
        inbox=inbox,
        defaults={"sealed": seal(json.dumps(settings))},
    )


def stop_inbox(*, inbox: InboxAddress, by: Member) -> None:
    """Take nothing more in from this account; its conversations stay."""
    with transaction.atomic():
        if InboxAddress.objects.filter(id=inbox.id, is_active=True).update(is_active=False):
            audit.record("inbox.stopped", inbox, by=by)


def resume_inbox(*, inbox: InboxAddress, by: Member) -> None:
    """Take in from this account again."""
    with transaction.atomic():
        if InboxAddress.objects.filter(id=inbox.id, is_active=False).update(is_active=True):
            audit.record("inbox.resumed", inbox, by=by)

"""What somebody wants to be told."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ..models import NotificationChoice, Person


def choose_notifications(*, person: Person, muted: Iterable[str], wants_digest: bool) -> None:
    """From now on no notifications of these kinds, and a mail each morning or none."""
    NotificationChoice.objects.update_or_create(
        person=person, defaults={"muted": sorted(muted), "wants_digest": wants_digest}
    )


def begin_digest(*, person: Person, day: date) -> bool:
    """Take the digest of that day for this worker; False if it was mailed, or is not wanted."""
    wanted = NotificationChoice.objects.filter(person=person, wants_digest=True)
    return wanted.filter(Q(digest_on=None) | Q(digest_on__lt=day)).update(digest_on=day) == 1

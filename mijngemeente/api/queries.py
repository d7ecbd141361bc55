"""Which system knocks, and what there is to tell it."""

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import digest_of
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.seals import unseal

from . import rules
from .models import Announcement, Token, Webhook

#: How late a line may become visible after it was written: as long as a transaction may last, and some.
LATE = timedelta(minutes=10)


def token_by_secret(secret: str) -> Token | None:
    """The token with this secret, if it works today."""
    rows = Token.objects.select_related("organisation", "member__person", "member__organisation")
    token = rows.filter(digest=digest_of(secret), organisation__is_active=True).first()
    return token if token and token.works_on(timezone.localdate()) else None


def webhooks_of(organisation: Organisation) -> QuerySet[Webhook]:
    """With `has_delivered`: whether anything arrived there ever."""
    arrived = Announcement.objects.filter(webhook=OuterRef("id"), state=Announcement.State.DELIVERED)
    return Webhook.objects.filter(organisation=organisation).annotate(has_delivered=Exists(arrived))


def webhooks_at_work() -> list[tuple[int, UUID]]:
    """Organisation and id of each webhook that was not stopped; inside a unit that covers everybody."""
    return list(Webhook.objects.filter(stopped_at=None).values_list("organisation_id", "id"))


def lines_for(webhook: Webhook) -> list[AuditLine]:
    """What happened since the last look and may not have been told, oldest first."""
    since = max(webhook.made_at, webhook.read_at - LATE)
    rows = AuditLine.objects.filter(
        organisation_id=webhook.organisation_id, verb__in=rules.verbs_of(webhook.events), at__gte=since
    )
    known = Announcement.objects.filter(organisation_id=webhook.organisation_id, webhook=webhook)
    return list(rows.filter(id__gte=_first_id(since)).exclude(id__in=known.values("line_id")).order_by("id"))


def _first_id(at: datetime) -> UUID:
    """The lowest id that a row made at that moment can have (RFC 9562: milliseconds come first)."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def next_to_tell(webhook_id: UUID) -> Announcement | None:
    """The oldest that waits; None while that one rests after a refusal, for which a later job is queued.

    Without the rest each next event would use up an attempt, and the webhook be stopped within the hour.
    """
    waiting = Announcement.objects.select_related("webhook").filter(state=Announcement.State.QUEUED)
    rows = waiting.filter(webhook_id=webhook_id, webhook__stopped_at=None).order_by("id")
    # By the database's clock, as the queue's own: a job that was started a moment early would be lost.
    first = rows.annotate(now=Now()).first()
    if first is None or not first.attempts:
        return first
    rest = rules.pause_after(first.attempts)
    return None if rest and first.changed_at + rest > first.now else first


def signing_key(webhook: Webhook) -> bytes:
    """The bytes behind the "whsec_" secret."""
    return base64.b64decode(unseal(webhook.sealed).removeprefix("whsec_"))


def latest_of(webhook: Webhook, most: int) -> Iterable[Announcement]:
    """What was told last, newest first."""
    return webhook.announcements.order_by("-id")[:most]

"""Telling other systems what happened: once each, again if need be, and never what was said."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit, jobs, rows
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.seals import seal

from .. import queries, rules
from ..errors import NotAnAddress
from ..models import Announcement, Webhook


@dataclass(frozen=True)
class Made:
    """A new webhook, and the secret it signs with: shown once."""

    webhook: Webhook
    secret: str


def make_webhook(*, organisation: Organisation, url: str, events: list[str], by: Member) -> Made:
    """Tell this address from now on. Raises NotAnAddress."""
    if not rules.is_address(url, settings.INTERNAL_WEBHOOK_HOSTS):
        raise NotAnAddress
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    with transaction.atomic():
        webhook = Webhook.objects.create(
            organisation=organisation, url=url, sealed=seal(secret), events=sorted(events)
        )
        audit.record("webhook.made", webhook, by=by)
    return Made(webhook, secret)


def stop_webhook(*, webhook: Webhook, by: Member | None) -> bool:
    """Tell it no more; False if it was stopped. Without `by` it was the address that did not answer."""
    with transaction.atomic():
        stopped = _same(webhook).filter(stopped_at=None).update(stopped_at=timezone.now()) == 1
        if stopped:
            audit.record("webhook.stopped", webhook, by=by)
    return stopped


def resume_webhook(*, webhook: Webhook, by: Member) -> bool:
    """Tell it again, from now on; what happened meanwhile can be read through the interface."""
    now = timezone.now()
    with transaction.atomic():
        stopped = _same(webhook).exclude(stopped_at=None)
        resumed = stopped.update(stopped_at=None, failing_since=None, made_at=now, read_at=now) == 1
        if resumed:
            audit.record("webhook.resumed", webhook, by=by)
            _queue(webhook, at=None)
    return resumed


def announce(*, webhook: Webhook) -> int:
    """Queue what happened since the last look; returns how many. Looking twice announces once."""
    looked_at = timezone.now()
    told = [_announcement(webhook, line) for line in queries.lines_for(webhook)]
    with transaction.atomic():
        new = sum(map(rows.add_once, told))
        _same(webhook).update(read_at=looked_at)
        if new:
            _queue(webhook, at=None)
    return new


def _announcement(webhook: Webhook, line: AuditLine) -> Announcement:
    return Announcement(
        organisation_id=webhook.organisation_id,
        webhook=webhook,
        line_id=line.id,
        event=rules.event_of(line.verb),
        conversation_id=line.conversation_id,
        happened_at=line.at,
    )


def record_attempt(*, announcement: Announcement, status: int, problem: str) -> None:
    """Write down what the other side said, and go on with the next or try this one again later.

    After the last pause it is given up, and a webhook of which nothing arrived since is stopped.
    """
    now = timezone.now()
    attempts = announcement.attempts + 1
    delivered = rules.is_delivered(status)
    pause = rules.pause_after(attempts)
    given_up = not delivered and pause is None
    state = Announcement.State.DELIVERED if delivered else Announcement.State.QUEUED
    with transaction.atomic():
        Announcement.objects.filter(organisation_id=announcement.organisation_id, id=announcement.id).update(
            state=Announcement.State.FAILED if given_up else state,
            attempts=attempts,
            status=status,
            problem=problem[:200],
            changed_at=now,
        )
        _note_health(announcement.webhook, now, is_well=delivered)
        if given_up:
            stop_webhook(webhook=announcement.webhook, by=None)
        else:
            _queue(announcement.webhook, at=now + pause if pause and not delivered else None)


def _note_health(webhook: Webhook, now: datetime, *, is_well: bool) -> None:
    same = _same(webhook)
    if is_well:
        same.exclude(failing_since=None).update(failing_since=None)
    else:
        same.filter(failing_since=None).update(failing_since=now)


def retry_announcement(*, announcement: Announcement) -> bool:
    """Tell it once more, from the beginning; False if it still waits."""
    done = Announcement.objects.filter(organisation_id=announcement.organisation_id, id=announcement.id)
    with transaction.atomic():
        again = done.exclude(state=Announcement.State.QUEUED).update(
            state=Announcement.State.QUEUED, attempts=0, problem="", status=0
        )
        if again:
            _queue(announcement.webhook, at=None)
    return again == 1


def _queue(webhook: Webhook, *, at: datetime | None) -> None:
    """One at a time for each webhook, in order: an address that hangs keeps one hand busy at most."""
    jobs.later(
        "api.tell",
        organisation_id=webhook.organisation_id,
        in_turn=f"webhook {webhook.id}",
        at=at,
        haste=jobs.Haste.CAN_WAIT,
        id=webhook.id,
    )


def _same(webhook: Webhook) -> models.QuerySet[Webhook]:
    return Webhook.objects.filter(organisation_id=webhook.organisation_id, id=webhook.id)

"""The part of the queue that tells other systems."""

import json
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import failpoints, jobs
from mijngemeente.platform.lines import AGAIN_SECONDS, lines
from mijngemeente.platform.tenancy import acting_for, covering

from . import actions, queries, rules
from .models import Announcement, Call, Webhook
from .post import Post

PATH = "/api/v1"


@jobs.every("* * * * * */5")
def look(timestamp: int) -> None:
    """See what there is to tell."""
    everywhere = Organisation.objects.filter(is_active=True).values_list("id", flat=True)
    with covering(everywhere):
        at_work = queries.webhooks_at_work()
    with jobs.in_turns() as turn:
        for organisation_id, webhook_id in at_work:
            with turn(organisation_id):
                webhook = Webhook.objects.select_for_update().get(id=webhook_id)
                actions.announce(webhook=webhook)


def tell(*, organisation_id: int, id: str) -> None:
    """Tell one webhook the oldest of what waits; later, while its server keeps others waiting."""
    with lines.to(id) as is_free:
        if is_free:
            _tell(organisation_id, id)
            return
    with acting_for(organisation_id):
        again = timezone.now() + timedelta(seconds=AGAIN_SECONDS)
        turn = f"webhook {id}"
        jobs.later("api.tell", organisation_id=organisation_id, in_turn=turn, at=again, id=id)


def _tell(organisation_id: int, id: str) -> None:
    """No transaction is open while we speak."""
    with acting_for(organisation_id):
        announcement = queries.next_to_tell(UUID(id))
        if announcement is None:
            return
        post = _post(announcement)
    told = post.send()
    failpoints.reach("tell.spoken")
    with acting_for(organisation_id):
        actions.record_attempt(announcement=announcement, status=told.status, problem=told.problem)


def _post(announcement: Announcement) -> Post:
    body, moment = _body(announcement), int(timezone.now().timestamp())
    key = queries.signing_key(announcement.webhook)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "MijnGemeente",
        "webhook-id": str(announcement.id),
        "webhook-timestamp": str(moment),
        "webhook-signature": rules.signature(key, announcement.id, moment, body),
    }
    return Post(announcement.webhook.url, body, headers, internal=settings.INTERNAL_WEBHOOK_HOSTS)


def _body(announcement: Announcement) -> bytes:
    """Ids only: what was said is read with a token, by who may."""
    conversation = announcement.conversation_id
    told = {
        "type": announcement.event,
        "timestamp": announcement.happened_at.isoformat(),
        "data": {
            "gesprek": conversation and str(conversation),
            "url": conversation and f"{settings.PUBLIC_URL}{PATH}/gesprekken/{conversation}",
        },
    }
    return json.dumps(told).encode()


@jobs.every("17 3 * * *")
def forget(timestamp: int) -> None:
    """Each night, the calls that nobody repeats any more."""
    everywhere = list(Organisation.objects.values_list("id", flat=True))
    now = timezone.now()
    with covering(everywhere):
        with_calls = list(
            Call.objects.filter(at__lt=now - actions.CALL_LIVES)
            .values_list("organisation_id", flat=True)
            .distinct()
        )
    with jobs.in_turns() as turn:
        for organisation_id in with_calls:
            with turn(organisation_id):
                actions.forget_calls(organisation_id=organisation_id, now=now)

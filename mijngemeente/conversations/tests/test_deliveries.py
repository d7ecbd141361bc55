"""A worker that is slower than the sweep: what it tells late still counts, but never against a later attempt."""

from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mijngemeente.channels.contract import Receipt, WireError
from mijngemeente.conversations import actions, jobs
from mijngemeente.conversations.models import Delivery, Message
from mijngemeente.platform.lines import PATIENCE_SECONDS, lines
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db

RECEIPT = Receipt("<antwoord@duinrand.example>")
NOT_SPOKEN = WireError("De mailserver is niet bereikbaar.")
REFUSED = WireError("Dit adres bestaat niet.", permanent=True)


@pytest.fixture
def given_up(world):
    """A delivery that the sweep gave up for lost while its worker goes on."""
    asked = world.ask(world.duinrand, "Wanneer is de markt?", kind="email")
    with acting_for(world.duinrand.id):
        actions.send_reply(conversation=asked, by=world.members["sanne"], text="Dinsdag.", key=uuid4())
        delivery = read()
        assert actions.claim(delivery)
        actions.abandon(delivery=delivery, is_idempotent=False)
        assert read().state == Delivery.State.UNCERTAIN
    return delivery


def read():
    return Delivery.objects.select_related("message__conversation", "inbox").get()


def test_a_receipt_that_comes_late_settles_what_was_uncertain(world, given_up):
    with acting_for(world.duinrand.id):
        actions.record_receipt(delivery=given_up, receipt=RECEIPT)
        assert read().state == Delivery.State.SENT
        assert Message.objects.get(direction="out").external_id == RECEIPT.external_id


def test_a_receipt_that_comes_late_stops_the_retry_of_a_person(world, given_up):
    with acting_for(world.duinrand.id):
        actions.retry_delivery(delivery=read(), by=world.members["sanne"])
        actions.record_receipt(delivery=given_up, receipt=RECEIPT)
        assert read().state == Delivery.State.SENT
        assert not actions.claim(read())


def test_what_was_never_spoken_is_tried_again(world, given_up):
    with acting_for(world.duinrand.id):
        actions.record_failure(delivery=given_up, error=NOT_SPOKEN, is_idempotent=False)
        assert read().state == Delivery.State.QUEUED


def test_what_a_person_confirmed_stays_confirmed(world, given_up):
    with acting_for(world.duinrand.id):
        actions.confirm_delivery(delivery=read(), by=world.members["sanne"])
        actions.record_failure(delivery=given_up, error=NOT_SPOKEN, is_idempotent=False)
        assert read().state == Delivery.State.SENT


@pytest.mark.parametrize("error", [NOT_SPOKEN, REFUSED, WireError("Weg.", spoken=True)])
def test_an_earlier_attempt_cannot_undo_a_later_one(world, given_up, error):
    with acting_for(world.duinrand.id):
        actions.retry_delivery(delivery=read(), by=world.members["sanne"])
        later = read()
        assert actions.claim(later)
        actions.record_failure(delivery=given_up, error=error, is_idempotent=False)
        assert read().state == Delivery.State.SENDING
        actions.record_receipt(delivery=later, receipt=RECEIPT)
        assert read().state == Delivery.State.SENT


def test_an_answer_waits_while_its_server_hangs_and_another_goes(world, run_jobs):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    with acting_for(world.duinrand.id):
        actions.send_reply(conversation=asked, by=world.members["sanne"], text="Dinsdag.", key=uuid4())
        delivery = read()
    with lines.to(delivery.inbox_id, busy_seconds=PATIENCE_SECONDS):
        run_jobs()
        with acting_for(world.duinrand.id):
            assert read().state == Delivery.State.QUEUED
        waiting = ProcrastinateJob.objects.get(task_name="conversations.deliver")
        assert waiting.scheduled_at > timezone.now()
    jobs.deliver(organisation_id=world.duinrand.id, id=str(delivery.id))
    with acting_for(world.duinrand.id):
        assert read().claimed_at is not None

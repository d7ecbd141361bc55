"""A worker that is slower than the sweep: what it tells late still counts, but never against a later attempt."""

from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Receipt, WireError
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Delivery, Message
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

"""An answer waits a moment: either its writer takes it back, or it is sent. Never both."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mijngemeente.conversations import actions
from mijngemeente.conversations.errors import TooLate
from mijngemeente.conversations.models import Conversation, Delivery, Message
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.world import build_world

ROUNDS = 12


@pytest.fixture
def concurrent_world(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield build_world()
        connection.close()


def answered(world, *, wait_seconds):
    asked = world.ask(world.duinrand, "Waarom is de brug dicht?", email="")
    with acting_for(world.duinrand.id):
        message = actions.send_reply(
            conversation=asked,
            by=world.members["sanne"],
            text="Om 12 uur gaat hij open.",
            key=uuid4(),
            wait_seconds=wait_seconds,
        )
        return Delivery.objects.select_related("message__conversation", "message__author").get(
            message=message
        )


def made_due(world, delivery):
    with acting_for(world.duinrand.id):
        past = timezone.now() - timedelta(seconds=1)
        Delivery.objects.filter(id=delivery.id).update(next_attempt_at=past)


def test_an_answer_that_waits_cannot_be_claimed_before_its_moment(world):
    delivery = answered(world, wait_seconds=20)
    with acting_for(world.duinrand.id):
        assert not actions.claim(delivery)
    made_due(world, delivery)
    with acting_for(world.duinrand.id):
        assert actions.claim(delivery)


def test_taking_back_gives_the_resident_the_turn_they_had(world):
    delivery = answered(world, wait_seconds=20)
    with acting_for(world.duinrand.id):
        asked_at = Message.objects.get(direction="in").created_at
        assert Conversation.objects.get().waiting_since is None
        assert actions.take_back(delivery=delivery, by=world.members["sanne"]) == "Om 12 uur gaat hij open."
        conversation = Conversation.objects.get()
        assert (conversation.status, conversation.waiting_since) == ("open", asked_at)
        assert (conversation.first_replied_at, conversation.excerpt) == (None, "Waarom is de brug dicht?")
        assert AuditLine.objects.latest("id").verb == "message.taken_back"


def test_what_was_too_late_is_too_late_again_after_taking_back_and_closing(world):
    delivery = answered(world, wait_seconds=20)
    long_ago = timezone.now() - timedelta(days=30)
    with acting_for(world.duinrand.id):
        Conversation.objects.update(created_at=long_ago)
        Message.objects.filter(direction="in").update(created_at=long_ago)
        conversation = delivery.message.conversation
        actions.close(conversation=conversation, by=world.members["sanne"], reason="solved")
        actions.take_back(delivery=delivery, by=world.members["sanne"])
        again = Conversation.objects.get()
        assert again.reopened_at is None
        assert again.due_at < timezone.now() - timedelta(days=20)


def test_what_was_taken_back_keeps_no_text_and_is_not_handed_over(world):
    delivery = answered(world, wait_seconds=20)
    with acting_for(world.duinrand.id):
        actions.take_back(delivery=delivery, by=world.members["sanne"])
        assert Message.objects.get(direction="back").text == ""


def test_what_is_under_way_cannot_be_taken_back(world):
    delivery = answered(world, wait_seconds=0)
    with acting_for(world.duinrand.id):
        with pytest.raises(TooLate):
            actions.take_back(delivery=delivery, by=world.members["sanne"])
        assert Message.objects.get(direction="out").text


def test_of_taking_back_and_sending_at_once_one_wins(concurrent_world):
    world = concurrent_world
    for _ in range(ROUNDS):
        delivery = answered(world, wait_seconds=20)
        made_due(world, delivery)
        start, won = threading.Barrier(2, timeout=60), []

        def send(delivery=delivery, start=start, won=won):
            with acting_for(world.duinrand.id):
                fresh = Delivery.objects.select_related("message__conversation", "inbox").get(id=delivery.id)
                start.wait()
                won.append("sent") if actions.claim(fresh) else None
            connection.close()

        def regret(delivery=delivery, start=start, won=won):
            with acting_for(world.duinrand.id):
                start.wait()
                try:
                    actions.take_back(delivery=delivery, by=world.members["sanne"])
                    won.append("back")
                except TooLate:
                    pass
            connection.close()

        both = [threading.Thread(target=each) for each in (send, regret)]
        for each in both:
            each.start()
        for each in both:
            each.join(60)
        assert len(won) == 1
        with acting_for(world.duinrand.id):
            state = Delivery.objects.get(id=delivery.id).state
        assert state == {"sent": "sending", "back": "withdrawn"}[won[0]]

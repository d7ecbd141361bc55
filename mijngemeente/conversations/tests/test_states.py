"""Two colleagues on one conversation: what the second does changes nothing that the first has settled."""

from uuid import uuid4

import pytest

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Closure, Conversation, Label, Message
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db


def test_a_status_chosen_after_closing_does_not_open_it_behind_the_closure(world):
    asked, by = world.ask(world.duinrand, "Wanneer is de markt?"), world.members["sanne"]
    with acting_for(world.duinrand.id):
        actions.close(conversation=asked, by=by, reason="answered")
        assert not actions.change_status(conversation=asked, status="waiting_department", by=by)
        assert Conversation.objects.get().is_closed
        assert Closure.objects.get().reopened_at is None


def test_a_label_in_other_capitals_is_the_same_label(world):
    asked, by = world.ask(world.duinrand, "Wanneer is de markt?"), world.members["sanne"]
    with acting_for(world.duinrand.id):
        assert actions.label(conversation=asked, name="Markt", by=by)
        assert not actions.label(conversation=asked, name="MARKT", by=by)
        assert Label.objects.get().name == "Markt"


def test_a_note_sent_twice_is_one_note(world):
    asked, key = world.ask(world.duinrand, "Wanneer is de markt?"), uuid4()
    with acting_for(world.duinrand.id):
        made = [
            actions.add_note(conversation=asked, by=world.members["sanne"], text="Bellen", key=key)
            for _ in range(2)
        ]
        assert made[0] == made[1] == Message.objects.get(direction="note")

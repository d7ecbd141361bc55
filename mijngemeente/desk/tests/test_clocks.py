"""The clock as the desk shows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.platform.tenancy import acting_for


@pytest.fixture
def desk(client, world):
    client.force_login(world.sanne)
    return client


def due(conversation, *, in_hours, amber_hours=1):
    """As if the norm runs out so many hours from now."""
    at = timezone.now() + timedelta(hours=in_hours, minutes=1)
    with acting_for(conversation.organisation_id):
        Conversation.objects.filter(id=conversation.id).update(
            due_norm="next_reply", due_at=at, amber_at=at - timedelta(hours=amber_hours)
        )


def row_of(desk):
    return desk.get("/werkplek/?rij=alle").content.decode()


def test_a_row_says_in_words_what_its_colour_says(desk, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    due(asked, in_hours=100)
    assert 'class="due due--calm"' in row_of(desk)
    due(asked, in_hours=0.5)
    page = row_of(desk)
    assert 'class="due due--soon"' in page and "Bijna te laat" in page
    due(asked, in_hours=-3)
    page = row_of(desk)
    assert 'class="due due--late"' in page and "te laat: 2 uur" in page


def test_the_head_names_the_norm(desk, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    due(asked, in_hours=-3)
    page = desk.get(f"/duinrand/werkplek/gesprekken/{asked.id}/").content.decode()
    assert "volgende reactie te laat: 2 uur" in page


def test_what_waits_says_for_whom_until_it_is_nearly_due(desk, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=asked.id).update(status="waiting_department")
    due(asked, in_hours=100)
    waiting = "/werkplek/?rij=wacht"
    assert "wacht op afdeling" in desk.get(waiting).content.decode()
    due(asked, in_hours=-3)
    assert "te laat: 2 uur" in desk.get(waiting).content.decode()


def test_the_clocks_of_an_open_screen_are_asked_for_alone(desk, world):
    asked, theirs = world.ask(world.duinrand, "Wanneer is de markt?"), world.ask(world.veenwijk, "Wanneer?")
    page = row_of(desk)
    assert f'data-clock="{asked.id}"' in page and 'data-clock-asker hx-get="/werkplek/klokken/"' in page
    due(asked, in_hours=0.5)
    due(theirs, in_hours=0.5)
    shown = desk.get(f"/werkplek/klokken/?gesprek={asked.id}&gesprek={theirs.id}&gesprek=x").content.decode()
    assert f"[data-clock='{asked.id}']" in shown and "due--soon" in shown
    # A place that is not on the screen is not written in.
    assert "data-clock-in-full" not in shown
    in_full = desk.get(f"/werkplek/klokken/?voluit={asked.id}&voluit={theirs.id}").content.decode()
    assert f"[data-clock-in-full='{asked.id}']" in in_full and "data-clock='" not in in_full
    assert str(theirs.id) not in shown
    assert "<span" not in desk.get("/werkplek/klokken/").content.decode()


def test_an_open_conversation_has_a_clock_that_can_be_renewed(desk, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    page = desk.get(f"/duinrand/werkplek/gesprekken/{asked.id}/").content.decode()
    assert f'data-clock-in-full="{asked.id}"' in page

"""What was understood wrongly, from month to month; only of one's own organisations."""

import pytest

from mijngemeente.conversations.actions import change_kind, change_topic
from mijngemeente.conversations.models import Reading
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

pytestmark = pytest.mark.django_db
PLACE = "/werkplek/cijfers/begrip/"


@pytest.fixture
def mended(world):
    """Two messages that were read, of which one wrongly."""
    wrong, right = (Topic.objects.order_by("slug")[number] for number in (0, 1))
    for number, text in enumerate(("Losse tegel", "Volle bak")):
        conversation = world.ask(world.duinrand, text, email=f"r{number}@voorbeeld.example")
        with acting_for(world.duinrand.id):
            Reading.objects.create(
                organisation=world.duinrand,
                conversation=conversation,
                decision="unknown",
                topics=[[wrong.slug, 0.8]],
                kind="report",
                model_version="2026.11",
            )
    with acting_for(world.duinrand.id):
        change_topic(conversation=conversation, topic=right, by=world.members["sanne"])
        change_kind(conversation=conversation, kind="complaint", by=world.members["sanne"])
    return wrong, right


def test_what_was_confused_is_told_in_words(client, world, mended):
    client.force_login(world.baas)
    html = client.get(PLACE).content.decode()
    wrong, right = mended
    assert wrong.label in html and right.label in html
    assert "melding" in html and "klacht" in html
    assert "2026.11" in html and "50" in html


def test_of_another_organisation_nothing_is_seen(client, world, mended):
    world.members["vera"].roles = ["manager"]
    world.members["vera"].save()
    client.force_login(world.vera)
    html = client.get(PLACE).content.decode()
    assert mended[0].label not in html
    assert "Er is nog niets gelezen" in html


def test_who_keeps_the_model_sees_the_numbers_of_the_whole_country(client, world, mended):
    world.members["land"].roles = ["analyst"]
    world.members["land"].save()
    client.force_login(world.land)
    html = client.get(PLACE).content.decode()
    assert "4 organisaties samen" in html and mended[0].label in html
    assert "Losse tegel" not in html and "Duinrand" not in html


def test_who_sees_no_figures_sees_this_neither(client, world):
    client.force_login(world.niemand)
    assert client.get(PLACE).status_code == 404

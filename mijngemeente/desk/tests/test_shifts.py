"""The end of a shift, and days away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.organisations.models import Absence, Member
from mijngemeente.platform.tenancy import acting_for, covering

PAGE = "/werkplek/dienst-afronden/"


@pytest.fixture
def three(world):
    """Three conversations of Sanne."""
    made = [world.ask(world.duinrand, f"Vraag {number}") for number in range(3)]
    with acting_for(world.duinrand.id):
        for each in made:
            actions.assign(conversation=each, to=world.members["sanne"], by=world.members["sanne"])
    return made


def test_everything_goes_where_it_was_sent_in_one_go(client, world, three):
    client.force_login(world.sanne)
    page = client.get(PAGE).content.decode()
    assert all(f"Vraag {number}" in page for number in range(3))
    kept, put_back, given = three
    sent = {
        "key": str(uuid4()),
        f"to-{kept.id}": "houden",
        f"to-{put_back.id}": "rij",
        f"to-{given.id}": world.members["bram"].id,
        f"note-{given.id}": "Zij belt morgen terug.",
    }
    for _ in range(2):
        answer = client.post(PAGE, sent, follow=True).content.decode()
    with covering([world.duinrand.id]):
        whose = dict(Conversation.objects.values_list("id", "assignee__person__name"))
        assert whose == {kept.id: "Sanne", put_back.id: None, given.id: "Bram"}
        assert Message.objects.get(direction="note").text == "Zij belt morgen terug."
    assert "Vraag 0" in answer and "Vraag 2" not in answer
    client.force_login(world.bram)
    assert "Sanne gaf je dit gesprek" in client.get("/werkplek/meldingen/").content.decode()


@pytest.mark.parametrize("name", ["vera", "lezer"])
def test_nothing_goes_to_who_may_not_answer_it(client, world, three, name):
    client.force_login(world.sanne)
    sent = {f"to-{each.id}": "houden" for each in three} | {"key": str(uuid4())}
    sent[f"to-{three[0].id}"] = world.members[name].id
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert "Deze collega werkt niet voor deze organisatie." in response.content.decode()


def test_somebody_with_nothing_open_reads_that(client, world):
    client.force_login(world.bram)
    assert "Je hebt niets openstaan" in client.get(PAGE).content.decode()


def test_colleagues_see_who_is_away_until_they_are_back(client, world, three):
    client.force_login(world.bram)
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=3), "stand_in": world.sanne.id}
    assert client.post("/werkplek/afwezig/", days).status_code == 302
    assert "Sanne vervangt je" in client.get(PAGE).content.decode()
    client.force_login(world.sanne)
    place = f"/duinrand/werkplek/gesprekken/{three[0].id}/"
    assert "Bram (afwezig tot en met" in client.get(place).content.decode()
    client.force_login(world.bram)
    client.post("/werkplek/afwezig/", {"back": "yes"})
    assert not Absence.objects.exists()


@pytest.mark.parametrize(("first", "last", "told"), [(2, 1, "ligt voor de eerste"), (-9, -1, "al voorbij")])
def test_days_that_cannot_be_are_refused(client, world, first, last, told):
    client.force_login(world.bram)
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
    response = client.post("/werkplek/afwezig/", days)
    assert response.status_code == 422
    assert told in response.content.decode()


def test_nobody_of_elsewhere_stands_in(client, world):
    client.force_login(world.bram)
    today = timezone.localdate()
    sent = {"starts_on": today, "ends_on": today, "stand_in": world.vera.id}
    assert client.post("/werkplek/afwezig/", sent).status_code == 422


def test_who_may_only_read_now_gives_nothing_away(client, world, three):
    Member.objects.filter(id=world.members["sanne"].id).update(roles=["reader"])
    client.force_login(world.sanne)
    sent = {f"to-{each.id}": "rij" for each in three} | {"key": str(uuid4())}
    client.post(PAGE, sent)
    with covering([world.duinrand.id]):
        assert not Conversation.objects.filter(assignee=None).exists()

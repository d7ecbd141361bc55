"""Two colleagues and one conversation: one gets it, and the other knows who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.desk import actions
from mijngemeente.desk.errors import Taken
from mijngemeente.platform.tenancy import acting_for, covering

HTMX = {"HX-Request": "true"}


def url(conversation):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/toewijzing/"


def test_who_comes_second_hears_who_has_it(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    for name, answer in (("bram", 200), ("sanne", 422)):
        client.force_login(world.people[name])
        sent = {"member": world.members[name].id, "seen_assignee": ""}
        response = client.post(url(asked), sent, headers=HTMX)
        assert response.status_code == answer
    assert "Bram heeft dit gesprek net opgepakt." in response.content.decode()


def test_the_page_tells_whose_it_was(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    client.force_login(world.sanne)
    client.post(url(asked), {"member": world.members["bram"].id})
    page = client.get(url(asked).replace("toewijzing/", "")).content.decode()
    assert f'name="seen_assignee" form="menu-assign" value="{world.members["bram"].id}"' in page
    sent = {"member": world.members["sanne"].id, "seen_assignee": world.members["bram"].id}
    assert client.post(url(asked), sent).status_code == 303


def test_what_was_put_back_meanwhile_is_told(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    client.force_login(world.sanne)
    sent = {"member": world.members["sanne"].id, "seen_assignee": world.members["bram"].id}
    response = client.post(url(asked), sent, headers=HTMX)
    assert "net teruggelegd" in response.content.decode()


def test_a_screen_that_names_nonsense_is_refused(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    client.force_login(world.sanne)
    sent = {"member": world.members["sanne"].id, "seen_assignee": "geen id"}
    assert client.post(url(asked), sent).status_code == 422


def at_once(deeds):
    """Run the deeds in threads of their own, all starting at the same moment."""
    ready = Barrier(len(deeds))

    def run(deed):
        ready.wait(30)
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [each.result(60) for each in [threads.submit(run, deed) for deed in deeds]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_wins(committed_world):
    world = committed_world
    asked = world.ask(world.duinrand, "Wanneer is de markt?")

    def claim(name):
        def deed():
            member = world.members[name]
            try:
                with acting_for(world.duinrand.id):
                    actions.entrust(conversation=asked, to=member, by=member, seen=None)
            except Taken as refusal:
                return str(refusal)
            return name

        return deed

    told = at_once([claim("sanne"), claim("bram")])
    winner = next(each for each in told if each in ("sanne", "bram"))
    assert f"{winner.title()} heeft dit gesprek net opgepakt." in told
    with covering([world.duinrand.id]):
        assert Conversation.objects.get(id=asked.id).assignee == world.members[winner]


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_the_same_next_conversation(committed_world):
    world = committed_world
    made = [world.ask(world.duinrand, f"Vraag {number}").id for number in range(6)]
    members = [world.members[name] for name in ("sanne", "bram", "woord", "chef")]

    def take(member):
        def deed():
            with acting_for(world.duinrand.id):
                taken = actions.take_longest_waiting(organisation_id=world.duinrand.id, by=member)
            return taken.id if taken else None

        return deed

    given = at_once([take(member) for member in members])
    assert None not in given
    assert len(set(given)) == len(members)
    assert set(given) <= set(made[:5])


def test_the_longest_waiting_is_taken_and_opened(client, world):
    first = world.ask(world.duinrand, "De eerste")
    world.ask(world.duinrand, "De tweede")
    client.force_login(world.sanne)
    response = client.post("/werkplek/oppakken/")
    assert response.status_code == 303
    assert response["Location"].startswith(f"/duinrand/werkplek/gesprekken/{first.id}/?rij=mijn")
    with covering([world.duinrand.id]):
        assert Conversation.objects.get(id=first.id).assignee == world.members["sanne"]


def test_when_nobody_waits_that_is_told(client, world):
    asked = world.ask(world.duinrand, "Een antwoord gehad")
    with acting_for(world.duinrand.id):
        conversations.send_reply(conversation=asked, by=world.members["bram"], text="Ja.", key=uuid4())
    client.force_login(world.sanne)
    page = client.post("/werkplek/oppakken/", follow=True).content.decode()
    assert "Er wacht niemand meer." in page


def test_the_region_takes_from_where_it_answers_and_a_reader_takes_nothing(client, world):
    asked = world.ask(world.veenwijk, "Een vraag in Veenwijk")
    client.force_login(world.lezer)
    world.ask(world.duinrand, "Een vraag in Duinrand")
    assert client.post("/werkplek/oppakken/")["Location"].startswith("/werkplek/")
    client.force_login(world.regio)
    assert str(asked.id) in client.post("/werkplek/oppakken/")["Location"]
    assert client.get("/werkplek/oppakken/").status_code == 405

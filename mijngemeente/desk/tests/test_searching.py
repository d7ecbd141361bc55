"""Searching at the desk, through the front door."""

from uuid import uuid4

import pytest

from mijngemeente.conversations import jobs
from mijngemeente.conversations.actions import close, send_reply, take_back
from mijngemeente.conversations.models import Closure, Delivery
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

PAGE = "/werkplek/zoeken/"


@pytest.fixture
def desk(client, world):
    client.force_login(world.sanne)
    return client


def found(client, **asked):
    return client.get(PAGE, asked).content.decode()


def test_an_agent_finds_what_a_resident_wrote(desk, world):
    asked = world.ask(world.duinrand, "De afvalcontainers zijn niet geleegd.", name="Fatma")
    page = found(desk, zoek="container")
    assert f"/gesprekken/{asked.id}/#message-" in page
    assert '<mark class="hit__mark">afvalcontainers</mark>' in page
    assert "1 gesprek gevonden" in page


def test_while_typing_only_what_was_found_is_sent(desk, world):
    world.ask(world.duinrand, "De container is vol.")
    answer = desk.get(PAGE, {"zoek": "contai"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "1 gesprek gevonden" in answer.content.decode()


def test_a_conversation_is_shown_once_with_its_messages(desk, world):
    world.ask(world.duinrand, "De container is vol. De container stinkt.")
    world.ask(world.duinrand, "Een andere container.")
    page = found(desk, zoek="container")
    assert page.count('<li class="hit"') == 2
    assert "2 gesprekken gevonden" in page


def test_what_a_resident_wrote_is_shown_and_never_run(desk, world):
    world.ask(world.duinrand, "<script>alert('container')</script>", subject="<b>container</b>")
    page = found(desk, zoek="container")
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_nothing_of_another_municipality_is_found_or_guessed(desk, world):
    world.ask(world.veenwijk, "De container is vol.", name="Zwanenburg")
    for typed in ("container", "zwannenburg", "#1", "van:zwanenburg"):
        page = found(desk, zoek=typed, gemeente="veenwijk")
        assert "Niets gevonden" in page
        assert "Zwanenburg" not in page


def test_somebody_who_covers_more_sees_where_it_was(client, world):
    world.ask(world.veenwijk, "De container is vol.")
    client.force_login(world.regio)
    assert "Veenwijk" in found(client, zoek="container")
    assert "Niets gevonden" in found(client, zoek="container", gemeente="noorderkust")


def test_filters_narrow_and_unknown_ones_do_nothing(desk, world):
    asked = world.ask(world.duinrand, "De container is vol.")
    assert "1 gesprek" in found(
        desk, zoek="container", status="open", kanaal="web", periode="dag", wie="niemand"
    )
    assert "1 gesprek" in found(
        desk, zoek="container", status="raar", pagina="x", gemeente="'; drop", wie="?"
    )
    assert "Niets gevonden" in found(desk, zoek="container", bestand="on")
    with acting_for(world.duinrand.id):
        close(conversation=asked, by=world.members["sanne"], reason=Closure.Reason.ANSWERED)
    assert "Niets gevonden" in found(desk, zoek="container", status="open")


def test_a_wrong_spelling_shows_what_was_meant(desk, world):
    world.ask(world.duinrand, "De container is vol.")
    page = found(desk, zoek="contianer ")
    assert "Dit staat er over <strong>container</strong>" in page
    assert '<mark class="hit__mark">container</mark>' in page


def test_an_exact_sentence_is_found_as_it_was_said(desk, world):
    world.ask(world.duinrand, "De losse tegel ligt er.")
    world.ask(world.duinrand, "De losse tegels liggen er.")
    assert "1 gesprek gevonden" in found(desk, zoek='"losse tegel"')


def test_the_page_teaches_when_nothing_was_asked_or_found(desk):
    assert "Elke vorm van een woord telt" in found(desk)
    assert "Typ nog een woord" in found(desk, zoek="de ")
    assert "Niets gevonden" in found(desk, zoek="xyzzy")


def test_that_somebody_searched_is_written_down_but_not_what_for(desk, world):
    world.ask(world.duinrand, "De container is vol.")
    found(desk, zoek="container")
    found(desk)
    with acting_for(world.duinrand.id):
        line = AuditLine.objects.get(verb="search.made")
    assert line.member == world.members["sanne"]
    assert line.detail == {"found": 1, "organisations": 1}


def test_more_than_a_page_is_turned(desk, world):
    for number in range(21):
        world.ask(world.duinrand, f"Container {number}")
    page = found(desk, zoek="container")
    assert page.count('<li class="hit"') == 20
    assert "zoek=container&amp;pagina=2" in page or "zoek=container&pagina=2" in page
    assert found(desk, zoek="container", pagina="2").count('<li class="hit"') == 1


def test_somebody_who_may_read_nothing_finds_nothing(client, world):
    world.ask(world.duinrand, "De container is vol.")
    client.force_login(world.niemand)
    assert "is vol" not in client.get(PAGE, {"zoek": "container"}).content.decode()


def test_an_answer_that_was_taken_back_is_found_no_more(desk, world):
    asked = world.ask(world.duinrand, "Is de markt open?", name="Fatma Özdemir")
    with acting_for(world.duinrand.id):
        message = send_reply(
            conversation=asked, by=world.members["sanne"], text="Nee.", key=uuid4(), wait_seconds=20
        )
        delivery = Delivery.objects.select_related("message__conversation", "message__author").get(
            message=message
        )
        take_back(delivery=delivery, by=world.members["sanne"])
    jobs.refresh_emptied(0)
    page = found(desk, zoek="van:özdemir")
    assert f"#message-{message.id}" not in page
    assert "1 gesprek gevonden" in page

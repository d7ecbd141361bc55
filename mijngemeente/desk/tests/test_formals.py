"""Objections, applications and formal complaints."""

from datetime import datetime

import pytest

from mijngemeente.conversations.models import Conversation, Designation, Message
from mijngemeente.desk import rules
from mijngemeente.desk.tests.test_senders import arrives, url
from mijngemeente.platform.tenancy import acting_for

OBJECTION = "Hierbij maak ik bezwaar tegen uw besluit."
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hierbij maak ik bezwaar tegen uw besluit van 3 november", "objection"),
        ("Ik wil bezwaar aantekenen", "objection"),
        ("Bijgaand mijn bezwaarschrift", "objection"),
        ("Ik ben het oneens met dit besluit", "objection"),
        ("Mijn bezwaar tegen de WOZ-beschikking", "objection"),
        ("I have an objection to the parking permit", "objection"),
        ("Ik tsjinje in beswierskrift yn", "objection"),
        ("Ik dien een klacht in over uw medewerker", "complaint"),
        ("Dit is een formele klacht", "complaint"),
        ("Graag wil ik een klacht indienen", "complaint"),
        ("Hierbij vraag ik een uitkering aan", "application"),
        ("Ik wil graag een aanvraag indienen", "application"),
        ("Hierbij mijn Woo-verzoek", "application"),
        ("Wanneer is de markt?", ""),
        ("Ik heb geen bezwaar tegen de nieuwe speeltuin", ""),
        ("Ik heb klachten aan mijn rug, is de balie bereikbaar?", ""),
        ("Kan ik ergens een paspoort aanvragen?", ""),
        ("Hoe maak ik een afspraak?", ""),
        ("", ""),
    ],
)
def test_what_looks_formal_is_proposed(text, kind):
    assert rules.suggested_formal("", text) == kind


def test_an_objection_comes_before_a_complaint():
    assert rules.suggested_formal("Formele klacht", "en ik maak ook bezwaar") == "objection"


def test_much_text_is_read_at_once():
    assert rules.suggested_formal("", "maak " * 200_000) == ""


ARRIVAL = rules.Arrival("objection", 12, datetime(2026, 11, 3, 9, 5), "gemeente Duinrand", "u")


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (rules.Way(), "Wij zorgen dat uw bericht bij de juiste afdeling komt."),
        (
            rules.Way(url="https://duinrand.example/bezwaar"),
            "- met het formulier: https://duinrand.example/bezwaar",
        ),
        (rules.Way(post="Postbus 1, Duinrand"), "- per post: Postbus 1, Duinrand"),
        (rules.Way(email="bezwaar@duinrand.example", terms="Binnen zes weken."), "Binnen zes weken."),
    ],
)
def test_the_receipt_tells_date_number_and_way(way, told):
    words = rules.receipt_words(ARRIVAL, way, is_certain=True)
    assert "Wij hebben uw bezwaar ontvangen op 3 november 2026 om 9.05 uur.\n\nHet nummer is 12." in words
    assert told in words
    assert "nog niets besloten" in words


def test_a_receipt_that_nobody_looked_at_promises_no_kind():
    words = rules.receipt_words(ARRIVAL, rules.Way(), is_certain=False)
    assert "uw bericht ontvangen" in words
    assert "Het lijkt een bezwaar" in words


def designated(client, world, kind="objection", **details):
    client.force_login(world.beheer)
    filled = {"url": "https://duinrand.example/bezwaar", "terms": "Binnen zes weken."} | details
    return client.post(f"/duinrand/beheer/formeel/{kind}/", filled)


def now_of(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def receipts(world):
    with acting_for(world.duinrand.id):
        return list(Message.objects.filter(direction="out").order_by("id").values_list("text", flat=True))


def test_the_desk_proposes_and_one_press_marks_confirms_and_refers(client, world):
    designated(client, world)
    client.force_login(world.sanne)
    asked = world.ask(world.duinrand, OBJECTION)
    page = client.get(url(asked)).content.decode()
    assert "Dit lijkt een bezwaar" in page
    assert "Bevestig ontvangst en verwijs" in page
    assert now_of(asked).formal_kind == ""
    drawn = client.post(url(asked, "verwijzing/"), {"kind": "objection"}, headers=HTMX).content.decode()
    assert "Dit is een bezwaar" in drawn
    assert "De ontvangst is bevestigd" in drawn
    marked = now_of(asked)
    assert (marked.kind, marked.formal_kind, marked.status) == ("formal", "objection", "open")
    (text,) = receipts(world)
    assert "https://duinrand.example/bezwaar" in text
    assert "Binnen zes weken." in text


def test_pressed_twice_the_resident_gets_one_receipt(sanne, world):
    asked = world.ask(world.duinrand, OBJECTION)
    for _ in range(2):
        assert sanne.post(url(asked, "verwijzing/"), {"kind": "objection"}).status_code == 303
    assert len(receipts(world)) == 1
    timeline = sanne.get(url(asked)).content.decode()
    assert "Sanne merkte dit aan als bezwaar" in timeline


def test_a_wrong_proposal_is_put_aside_for_good(sanne, world):
    asked = world.ask(world.duinrand, OBJECTION)
    sanne.post(url(asked, "soort/"), {"kind": "question"})
    assert "Dit lijkt een bezwaar" not in sanne.get(url(asked)).content.decode()
    assert receipts(world) == []


def test_without_a_way_to_write_nothing_counts_as_confirmed(sanne, world):
    called = world.ask(world.duinrand, OBJECTION, email="", kind="note")
    refused = sanne.post(url(called, "verwijzing/"), {"kind": "objection"})
    assert refused.status_code == 422
    assert "De ontvangst is niet bevestigd" in refused.content.decode()
    assert now_of(called).formal_kind == ""


def test_an_unknown_kind_is_refused(sanne, world):
    asked = world.ask(world.duinrand, OBJECTION)
    assert sanne.post(url(asked, "verwijzing/"), {"kind": "beroep"}).status_code == 422


def test_a_reader_refers_nothing(client, world):
    client.force_login(world.lezer)
    asked = world.ask(world.duinrand, OBJECTION)
    assert client.post(url(asked, "verwijzing/"), {"kind": "objection"}).status_code == 404
    page = client.get(url(asked)).content.decode()
    assert "Dit lijkt een bezwaar" in page
    assert "Bevestig ontvangst" not in page


def test_where_the_organisation_wants_it_the_legal_receipt_goes_at_once_and_marks_nothing(client, world):
    designated(client, world, is_automatic="on")
    formal = arrives(world, OBJECTION)
    usual = arrives(world, "Wanneer is de markt?")
    first, second = receipts(world)
    assert "Het lijkt een bezwaar" in first
    assert "Wij hebben" not in second
    assert (now_of(formal).formal_kind, now_of(formal).formal_receipt_at is None) == ("", False)
    assert now_of(usual).formal_receipt_at is None
    client.force_login(world.sanne)
    client.post(url(formal, "verwijzing/"), {"kind": "objection"})
    assert now_of(formal).formal_kind == "objection"
    assert len(receipts(world)) == 2


def test_without_that_wish_the_usual_receipt_goes(client, world):
    designated(client, world)
    arrives(world, OBJECTION)
    (text,) = receipts(world)
    assert "bezwaar" not in text


def test_the_administrator_fills_in_where_each_kind_belongs(client, world):
    assert designated(client, world).status_code == 302
    assert designated(client, world, url="https://duinrand.example/nieuw").status_code == 302
    page = client.get("/duinrand/beheer/formeel/").content.decode()
    assert "https://duinrand.example/nieuw" in page
    assert page.count("nog niet ingevuld") == 2
    with acting_for(world.duinrand.id):
        assert Designation.objects.count() == 1
    assert (
        "https://duinrand.example/nieuw" in client.get("/duinrand/beheer/formeel/objection/").content.decode()
    )


@pytest.mark.parametrize("wrong", [{"url": "javascript:alert(1)"}, {"email": "geen adres"}])
def test_a_way_that_is_none_is_refused(client, world, wrong):
    assert designated(client, world, **wrong).status_code == 422


def test_a_kind_that_is_none_does_not_exist(client, world):
    assert designated(client, world, kind="beroep").status_code == 404

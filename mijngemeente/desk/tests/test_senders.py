"""Senders that are kept out, messages that are kept inside, and what is spam."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Block, Closure, ContactAddress, Conversation, Hiding, Message
from mijngemeente.desk.actions import accept
from mijngemeente.intake.queries import shown_conversation
from mijngemeente.platform.tenancy import acting_for

NASTY = Party("Bo Boos", "boos@voorbeeld.example", "email")


@pytest.fixture
def nasty(world):
    return arrives(world, "Stelletje sukkels")


def arrives(world, text, *, subject="", conversation=None, **details):
    """As intake does it: received, and taken onto the desk."""
    with acting_for(world.duinrand.id):
        received = actions.receive_message(
            inbox=world.inbox(world.duinrand, "email"),
            incoming=Incoming(
                str(uuid4()),
                NASTY,
                text,
                subject=subject,
                conversation_id=conversation.id if conversation else None,
                **details,
            ),
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )
        accept(received=received, is_automatic=details.get("is_automatic", False), is_mass=False)
    return fresh(received.conversation)


def fresh(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def blocked(sanne, conversation, **details):
    return sanne.post(url(conversation, "blokkade/"), {"days": 30, "reason": "scheldt"} | details)


def receipts(world, conversation):
    with acting_for(world.duinrand.id):
        return Message.objects.filter(conversation=conversation, is_automatic=True, direction="out").count()


def closed_as(world, conversation):
    with acting_for(world.duinrand.id):
        closure = Closure.objects.filter(conversation=conversation, reopened_at=None).first()
        return (closure.reason, closure.explanation) if closure else None


def test_what_a_blocked_sender_mails_is_kept_but_is_no_work(sanne, world, nasty):
    assert blocked(sanne, nasty).status_code == 303
    again = arrives(world, "Nog meer gescheld")
    assert again.is_closed
    assert closed_as(world, again) == ("blocked", "scheldt")
    assert receipts(world, again) == 0
    assert "Nog meer gescheld" in sanne.get(url(again)).content.decode()


def test_a_conversation_that_was_open_stays_with_whoever_has_it(sanne, world, nasty):
    blocked(sanne, nasty)
    assert not arrives(world, "En dit nog", conversation=nasty).is_closed
    with acting_for(world.duinrand.id):
        actions.close(conversation=nasty, by=world.members["sanne"], reason="answered")
    assert arrives(world, "En dit ook nog", conversation=nasty).is_closed
    assert closed_as(world, nasty) == ("blocked", "scheldt")


@pytest.mark.parametrize(
    "text",
    [
        "Hierbij maak ik bezwaar tegen uw besluit van 3 november.",
        "Ik wil een formele klacht indienen.",
        "Mijn buurman bedreigt mij, ik ben in gevaar",
    ],
)
def test_a_formal_message_and_a_cry_for_help_come_in_whatever_stands_against_the_sender(
    sanne, world, nasty, text
):
    blocked(sanne, nasty)
    heard = arrives(world, text)
    assert not heard.is_closed
    assert receipts(world, heard) == 1
    assert "geblokkeerde afzender" in sanne.get(url(heard)).content.decode()


def test_a_block_ends_by_itself_and_can_be_lifted_before(sanne, client, world, nasty):
    blocked(sanne, nasty)
    with acting_for(world.duinrand.id):
        Block.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert not arrives(world, "Sorry").is_closed
    blocked(sanne, nasty, reason="toch weer")
    client.force_login(world.beheer)
    page = client.get("/duinrand/beheer/afzenders/").content.decode()
    assert "boos@voorbeeld.example" in page
    assert "toch weer" in page
    with acting_for(world.duinrand.id):
        made = Block.objects.get()
    for _ in range(2):
        client.post(f"/duinrand/beheer/afzenders/blokkades/{made.id}/opheffing/")
    assert not arrives(world, "Hallo").is_closed
    assert "Niemand is geblokkeerd" in client.get("/duinrand/beheer/afzenders/").content.decode()


def test_the_page_says_why_blocking_does_not_stop_an_objection(sanne, nasty):
    page = sanne.get(url(nasty, "blokkade/")).content.decode()
    assert "Een bezwaar komt altijd binnen" in page
    assert "Algemene wet bestuursrecht" in page


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"days": "0"}, {"days": "altijd"}])
def test_a_block_has_a_reason_and_an_end(sanne, world, nasty, wrong):
    assert blocked(sanne, nasty, **wrong).status_code == 422
    with acting_for(world.duinrand.id):
        assert not Block.objects.exists()


def test_nobody_is_blocked_without_an_address(sanne, world):
    called = world.ask(world.duinrand, "aan de telefoon", email="")
    refused = blocked(sanne, called)
    assert refused.status_code == 422
    assert "geen e-mailadres bekend" in refused.content.decode()


def test_a_block_holds_at_one_organisation_only(sanne, world, nasty):
    blocked(sanne, nasty)
    there = world.ask(world.veenwijk, "een vraag", email=NASTY.address)
    with acting_for(world.veenwijk.id):
        assert not Conversation.objects.get(id=there.id).is_closed


def test_a_silenced_machine_is_let_in_again(client, world):
    for number in range(10):
        arrives(world, f"Ik ben er niet {number}", is_automatic=True)
    client.force_login(world.beheer)
    assert NASTY.address in client.get("/duinrand/beheer/afzenders/").content.decode()
    with acting_for(world.duinrand.id):
        address = ContactAddress.objects.get(value=NASTY.address)
    client.post(f"/duinrand/beheer/afzenders/stilte/{address.id}/opheffing/")
    with acting_for(world.duinrand.id):
        assert ContactAddress.objects.get(id=address.id).silenced_until is None


def test_an_agent_lifts_nothing_and_a_reader_blocks_nothing(sanne, client, world, nasty):
    assert sanne.get("/duinrand/beheer/afzenders/").status_code == 404
    client.force_login(world.lezer)
    assert client.post(url(nasty, "blokkade/"), {"days": 7, "reason": "x"}).status_code == 404


def test_spam_is_closed_and_remembered_and_can_be_taken_back(sanne, world, nasty):
    sanne.post(url(nasty, "sluiting/"), {"reason": "spam"})
    assert (fresh(nasty).is_closed, fresh(nasty).kind) == (True, "spam")
    next_one = arrives(world, "Koop nu")
    assert "eerder een bericht als spam gesloten" in sanne.get(url(next_one)).content.decode()
    sanne.post(url(nasty, "heropening/"))
    assert (fresh(nasty).is_closed, fresh(nasty).kind) == (False, "")
    assert "eerder een bericht als spam" not in sanne.get(url(next_one)).content.decode()


def on_personal_page(world, conversation):
    with acting_for(world.duinrand.id):
        return [each.text for each in shown_conversation(world.duinrand, conversation.id).messages]


def test_a_message_is_taken_off_the_residents_page_and_stays_inside(sanne, world):
    asked = world.ask(world.duinrand, "Mijn buurman heet Jan")
    with acting_for(world.duinrand.id):
        message = Message.objects.get()
    hidden = sanne.post(url(asked, "verborgen/"), {"message": message.id, "reason": "gegevens van een ander"})
    assert hidden.status_code == 303
    assert on_personal_page(world, asked) == []
    page = sanne.get(url(asked)).content.decode()
    assert "Mijn buurman heet Jan" in page
    assert "De inwoner ziet dit bericht niet meer: gegevens van een ander" in page
    assert "Weer tonen" in sanne.get(url(asked, "verborgen/")).content.decode()
    sanne.post(url(asked, f"verborgen/{message.id}/weg/"))
    assert on_personal_page(world, asked) == ["Mijn buurman heet Jan"]


def test_hiding_needs_a_message_of_this_conversation_and_a_reason(sanne, world):
    asked = world.ask(world.duinrand, "een vraag")
    other = world.ask(world.duinrand, "van een ander", email="ander@voorbeeld.example")
    with acting_for(world.duinrand.id):
        own, foreign = (Message.objects.get(conversation=each).id for each in (asked, other))
    for wrong in ({"message": own}, {"message": foreign, "reason": "x"}, {"reason": "x"}):
        assert sanne.post(url(asked, "verborgen/"), wrong).status_code == 422
    assert sanne.post(url(asked, f"verborgen/{foreign}/weg/")).status_code == 404
    with acting_for(world.duinrand.id):
        assert not Hiding.objects.exists()

"""A question goes to another municipality once, whole, and in nobody else's name."""

from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Incoming, IncomingFile, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.errors import AlreadyClosed, NobodyThere
from mijngemeente.conversations.models import Attachment, Conversation, Link, Message
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world):
    photo = IncomingFile("put.txt", "text/plain", b"een put in de weg")
    return world.ask(world.duinrand, "Er zit een put in de weg.", kind="email", subject="Put", files=(photo,))


def hand_over(world, conversation):
    with acting_for(world.duinrand.id):
        return actions.hand_over(
            conversation=conversation,
            to=world.veenwijk,
            by=world.members["sanne"],
            told="Wij gaven het door.",
        )


def said_there(world):
    with acting_for(world.veenwijk.id):
        return list(Message.objects.order_by("id").values_list("direction", "text"))


def test_the_question_and_its_files_arrive(world, asked, run_jobs):
    hand_over(world, asked)
    run_jobs()
    assert said_there(world) == [("in", "Er zit een put in de weg.")]
    with acting_for(world.veenwijk.id):
        assert bytes(Attachment.objects.get().file.content) == b"een put in de weg"


def test_what_was_answered_goes_along_as_a_note_and_not_as_words_of_the_receiver(world, asked, run_jobs):
    with acting_for(world.duinrand.id):
        actions.send_reply(
            conversation=asked, by=world.members["sanne"], text="Wij zoeken het uit.", key=uuid4()
        )
    hand_over(world, asked)
    run_jobs()
    assert said_there(world)[1:] == [("note", "Antwoord van gemeente Duinrand:\n\nWij zoeken het uit.")]


def test_what_was_written_down_at_the_counter_stays_a_colleagues_word(world, run_jobs):
    told = world.ask(world.duinrand, "Mevrouw belde.", kind="note", recorded_by=world.members["sanne"].id)
    hand_over(world, told)
    run_jobs()
    with acting_for(world.veenwijk.id):
        assert Message.objects.get().author == world.members["sanne"]


def test_of_two_colleagues_who_hand_it_over_one_does(world, asked, run_jobs):
    hand_over(world, asked)
    with pytest.raises(AlreadyClosed):
        hand_over(world, asked)
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Link.objects.count() == 1
    with acting_for(world.veenwijk.id):
        assert Conversation.objects.count() == 1


def test_nothing_is_handed_over_to_where_nobody_listens(world, asked):
    InboxAddress.objects.filter(organisation=world.veenwijk).update(is_active=False)
    with pytest.raises(NobodyThere):
        hand_over(world, asked)
    with acting_for(world.duinrand.id):
        assert not Conversation.objects.get().is_closed


def test_the_desk_says_that_nobody_listens_there(client, world, asked):
    InboxAddress.objects.filter(organisation=world.veenwijk).update(is_active=False)
    client.force_login(world.sanne)
    response = client.post(
        f"/duinrand/werkplek/gesprekken/{asked.id}/overdracht/",
        {"organisation": world.veenwijk.id, "message": "Voor {gemeente}."},
    )
    assert response.status_code == 422
    assert "nog geen postvak" in response.content.decode()


def test_the_job_run_twice_makes_one_conversation(world, asked, run_jobs):
    new_id = hand_over(world, asked)
    for _ in range(2):
        with acting_for(world.veenwijk.id, reading=[world.duinrand.id]):
            original = Conversation.objects.select_related("contact").get(id=asked.id)
            made = actions.complete_hand_over(original=original, to=world.veenwijk, new_id=new_id)
            assert made.id == new_id
    assert len(said_there(world)) == 1


def test_what_was_handed_over_arrives_though_every_inbox_there_closed_meanwhile(world, asked, run_jobs):
    hand_over(world, asked)
    InboxAddress.objects.filter(organisation=world.veenwijk).update(is_active=False)
    run_jobs()
    assert said_there(world) == [("in", "Er zit een put in de weg.")]


def test_a_mail_that_went_to_both_municipalities_is_one_conversation_there(world, run_jobs):
    mail = Incoming(
        "<een@voorbeeld.example>", Party("Resi", "resi@voorbeeld.example", "email"), "Aan allebei."
    )
    for organisation in (world.duinrand, world.veenwijk):
        with acting_for(organisation.id):
            received = actions.receive_message(
                inbox=world.inbox(organisation, "email"),
                incoming=mail,
                organisation_id=organisation.id,
                covered_by_id=organisation.id,
            )
        if organisation == world.duinrand:
            asked = received.conversation
    hand_over(world, asked)
    run_jobs()
    assert said_there(world) == [("in", "Aan allebei.")]
    with acting_for(world.veenwijk.id):
        there = Conversation.objects.get()
        assert there.links.get().kind == Link.Kind.HANDED_OVER_FROM
    with acting_for(world.duinrand.id):
        link = Link.objects.get(conversation=asked)
        assert (link.other_conversation_id, link.arrived_at is not None) == (there.id, True)


def test_a_mail_of_another_sender_with_the_same_id_is_not_joined(world, run_jobs):
    for organisation, email in (
        (world.duinrand, "resi@voorbeeld.example"),
        (world.veenwijk, "x@elders.example"),
    ):
        mail = Incoming("<een@voorbeeld.example>", Party("Resi", email, "email"), f"Van {email}")
        with acting_for(organisation.id):
            received = actions.receive_message(
                inbox=world.inbox(organisation, "email"),
                incoming=mail,
                organisation_id=organisation.id,
                covered_by_id=organisation.id,
            )
        if organisation == world.duinrand:
            asked = received.conversation
    hand_over(world, asked)
    run_jobs()
    with acting_for(world.veenwijk.id):
        assert Conversation.objects.count() == 2


def test_what_a_person_said_of_it_goes_along(world, asked, run_jobs):
    by = world.members["sanne"]
    with acting_for(world.duinrand.id):
        actions.mark_formal(conversation=asked, kind="objection", by=by)
        actions.hide(message=Message.objects.get(), reason="Noemt een buurman", by=by)
    hand_over(world, asked)
    run_jobs()
    with acting_for(world.veenwijk.id):
        assert Conversation.objects.get().formal_kind == "objection"
        assert Message.objects.get().hiding.reason == "Noemt een buurman"

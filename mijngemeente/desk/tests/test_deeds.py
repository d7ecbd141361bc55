"""What can be done with a conversation besides speaking."""

import re
from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Incoming, Party, WireError
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Closure, Conversation, Delivery, Label, Link, Message
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

HTMX = {"HX-Request": "true"}


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug")


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


@pytest.fixture
def now_of(world):
    def read(conversation):
        with acting_for(conversation.organisation_id):
            rows = Conversation.objects.select_related("assignee__person", "topic")
            return rows.get(id=conversation.id)

    return read


def test_a_conversation_is_given_to_a_colleague_and_put_back(sanne, world, asked, now_of):
    sanne.post(url(asked, "toewijzing/"), {"member": world.members["bram"].id})
    assert str(now_of(asked).assignee) == "Bram"
    assert "Sanne gaf het gesprek aan Bram" in sanne.get(url(asked)).content.decode()
    sanne.post(url(asked, "toewijzing/"), {"member": ""})
    assert now_of(asked).assignee is None


@pytest.mark.parametrize("name", ["vera", "lezer", "beheer", "land"])
def test_nobody_gets_a_conversation_who_may_not_answer_it(sanne, world, asked, now_of, name):
    response = sanne.post(url(asked, "toewijzing/"), {"member": world.members[name].id})
    assert response.status_code == 422
    assert now_of(asked).assignee is None


def test_the_region_may_be_given_a_conversation_of_the_municipality_it_covers(client, world, now_of):
    asked = world.ask(world.veenwijk, "een vraag")
    client.force_login(world.vera)
    place = f"/veenwijk/werkplek/gesprekken/{asked.id}/toewijzing/"
    assert client.post(place, {"member": world.members["regio"].id}).status_code == 303
    assert str(now_of(asked).assignee) == "Regio"


def test_a_refusal_by_htmx_is_a_message_that_replaces_nothing(sanne, asked):
    response = sanne.post(url(asked, "toewijzing/"), {"member": str(uuid4())}, headers=HTMX)
    assert (response.status_code, response["HX-Reswap"]) == (422, "none")
    assert "Deze collega werkt niet voor deze organisatie." in response.content.decode()


def test_a_deed_by_htmx_answers_with_what_changed_and_no_box(sanne, world, asked):
    response = sanne.post(url(asked, "toewijzing/"), {"member": world.members["bram"].id}, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert f'id="act-assignee" hx-swap-oob="outerHTML:#conversation-{asked.id} #act-assignee"' in text
    assert "reply-form" not in text


def test_the_clock_goes_on_while_a_department_is_asked_and_stops_for_the_resident(sanne, asked, now_of):
    since = now_of(asked).waiting_since
    sanne.post(url(asked, "status/"), {"status": "waiting_department"})
    assert now_of(asked).waiting_since == since
    sanne.post(url(asked, "status/"), {"status": "waiting_resident"})
    assert now_of(asked).waiting_since is None
    sanne.post(url(asked, "status/"), {"status": "open"})
    assert now_of(asked).waiting_since is not None


def test_closing_goes_by_its_own_form(sanne, asked, now_of):
    assert sanne.post(url(asked, "status/"), {"status": "closed"}).status_code == 422
    assert not now_of(asked).is_closed


def test_a_topic_of_the_national_list_is_chosen(sanne, asked, now_of):
    topic = Topic.objects.first()
    sanne.post(url(asked, "onderwerp/"), {"topic": topic.slug})
    assert now_of(asked).topic == topic
    assert sanne.post(url(asked, "onderwerp/"), {"topic": "bestaat-niet"}).status_code == 422
    assert now_of(asked).topic == topic


def test_a_kind_is_chosen(sanne, asked, now_of):
    sanne.post(url(asked, "soort/"), {"kind": "complaint"})
    assert now_of(asked).kind == "complaint"
    assert sanne.post(url(asked, "soort/"), {"kind": "onzin"}).status_code == 422


def test_a_label_goes_on_and_off(sanne, world, asked):
    sanne.post(url(asked, "labels/"), {"new_label": "brug"})
    with acting_for(world.duinrand.id):
        label = Label.objects.get()
    page = sanne.get(url(asked)).content.decode()
    assert 'badge--label">brug' in page
    sanne.post(url(asked, "labels/"), {"label": label.id})
    assert 'badge--label">brug' not in sanne.get(url(asked)).content.decode()


def test_a_label_of_another_organisation_does_not_exist(sanne, world, asked):
    with acting_for(world.veenwijk.id):
        foreign = Label.objects.create(organisation=world.veenwijk, name="van hen")
    assert sanne.post(url(asked, "labels/"), {"label": foreign.id}).status_code == 422
    assert sanne.post(url(asked, "labels/"), {}).status_code == 422


def test_closing_says_why_and_reopening_undoes_it(sanne, world, asked, now_of):
    assert sanne.post(url(asked, "sluiting/"), {"reason": "spam"}).status_code == 303
    assert now_of(asked).is_closed
    sanne.post(url(asked, "heropening/"))
    assert now_of(asked).status == "open"
    with acting_for(world.duinrand.id):
        closure = Closure.objects.get()
    assert (closure.reason, closure.by, closure.reopened_at is None) == (
        "spam",
        world.members["sanne"],
        False,
    )


def test_what_the_resident_wrote_meanwhile_is_not_closed_unread(sanne, world, asked, now_of):
    form = re.search(r'name="read_to" value="([^"]+)"', sanne.get(url(asked)).content.decode())
    with acting_for(world.duinrand.id):
        actions.receive_message(
            inbox=world.inbox(world.duinrand, "web"),
            incoming=Incoming(str(uuid4()), Party("", "", "phone"), "Nog iets", conversation_id=asked.id),
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )
    closing = {"reason": "answered", "read_to": form[1]}
    refused = sanne.post(url(asked, "sluiting/"), closing)
    assert refused.status_code == 422
    assert "schreef intussen ook" in refused.content.decode()
    assert not now_of(asked).is_closed
    form = re.search(r'name="read_to" value="([^"]+)"', sanne.get(url(asked)).content.decode())
    assert sanne.post(url(asked, "sluiting/"), closing | {"read_to": form[1]}).status_code == 303
    assert now_of(asked).is_closed


@pytest.mark.parametrize(
    ("deed", "sent", "kept"),
    [
        ("sluiting/", {"reason": "niets", "explanation": "Dit is reclame"}, "Dit is reclame"),
        ("labels/", {"new_label": "Te lang voor een label " * 3}, "Te lang voor een label"),
        ("uitstel/", {"when": "eigen", "own": "2020-01-02T10:00"}, "2020-01-02T10:00"),
    ],
)
def test_what_was_typed_in_a_menu_stays_when_it_is_refused_without_a_script(sanne, asked, deed, sent, kept):
    response = sanne.post(url(asked, deed), sent)
    assert response.status_code == 422
    assert f'value="{kept}' in response.content.decode()


def test_silence_needs_a_reason(sanne, asked, now_of):
    response = sanne.post(url(asked, "sluiting/"), {"reason": "unanswered"})
    assert response.status_code == 422
    assert "waarom we deze inwoner niet antwoorden" in response.content.decode()
    sanne.post(url(asked, "sluiting/"), {"reason": "unanswered", "explanation": "scheldt alleen"})
    assert now_of(asked).is_closed


def test_handed_over_is_not_a_reason_to_choose(sanne, asked, now_of):
    assert sanne.post(url(asked, "sluiting/"), {"reason": "handed_over"}).status_code == 422


def test_a_question_is_handed_over_and_the_resident_is_told(sanne, client, world, now_of, run_jobs):
    asked = world.ask(world.duinrand, "Waarom is de brug dicht?", email="")
    form = sanne.get(url(asked, "overdracht/")).content.decode()
    assert "Uw vraag hoort bij {gemeente}" in form
    told = {"organisation": world.veenwijk.id, "message": "Dit is voor {gemeente}."}
    assert sanne.post(url(asked, "overdracht/"), told).status_code == 303
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Message.objects.get(direction="out").text == "Dit is voor gemeente Veenwijk."
        link = Link.objects.get()
    assert now_of(asked).is_closed
    page = sanne.get(url(asked)).content.decode()
    assert "gemeente Veenwijk" in page
    assert str(link.other_conversation_id) not in page
    client.force_login(world.vera)
    there = client.get(f"/veenwijk/werkplek/gesprekken/{link.other_conversation_id}/").content.decode()
    assert "Waarom is de brug dicht?" in there
    assert "overgenomen van" in there


def test_a_colleague_of_both_can_follow_the_link(client, world, run_jobs):
    asked = world.ask(world.region, "een vraag aan de regio", email="")
    client.force_login(world.regio)
    place = f"/noorderkust/werkplek/gesprekken/{asked.id}/"
    client.post(f"{place}overdracht/", {"organisation": world.veenwijk.id, "message": "Voor {gemeente}."})
    run_jobs()
    with acting_for(world.region.id):
        link = Link.objects.get()
    there = f"/veenwijk/werkplek/gesprekken/{link.other_conversation_id}/"
    assert there in client.get(place).content.decode()
    assert client.get(there).status_code == 200


@pytest.mark.parametrize("to", ["duinrand", "niemand"])
def test_a_question_is_not_handed_over_to_oneself_or_to_nobody(sanne, world, asked, to):
    number = world.duinrand.id if to == "duinrand" else 999
    response = sanne.post(url(asked, "overdracht/"), {"organisation": number, "message": "x"})
    assert response.status_code == 422


def failed(world, asked, error):
    with acting_for(world.duinrand.id):
        by = world.members["sanne"]
        message = actions.send_reply(conversation=asked, by=by, text="antwoord", key=uuid4())
        delivery = Delivery.objects.select_related("message__conversation").get(message=message)
        actions.claim(delivery)
        actions.record_failure(delivery=delivery, error=error, is_idempotent=False)
    return message


def state(world, message):
    with acting_for(world.duinrand.id):
        return Delivery.objects.get(message=message).state


def test_a_failed_delivery_says_why_and_is_sent_again(sanne, world, asked):
    message = failed(world, asked, WireError("Het adres bestaat niet.", permanent=True))
    page = sanne.get(url(asked)).content.decode()
    assert "Het adres bestaat niet." in page
    assert "Het is aangekomen" not in page
    assert sanne.post(url(asked, f"berichten/{message.id}/verzending/")).status_code == 303
    assert state(world, message) == "queued"
    assert sanne.post(url(asked, f"berichten/{message.id}/verzending/")).status_code == 422


def test_an_uncertain_delivery_is_settled_by_a_person(sanne, world, asked):
    message = failed(world, asked, WireError("De verbinding viel weg.", spoken=True))
    assert "Het is aangekomen" in sanne.get(url(asked)).content.decode()
    sanne.post(url(asked, f"berichten/{message.id}/verzending/"), {"outcome": "arrived"})
    assert state(world, message) == "sent"


def test_a_question_has_no_delivery_to_retry(sanne, world, asked):
    with acting_for(world.duinrand.id):
        question = Message.objects.get()
    assert sanne.post(url(asked, f"berichten/{question.id}/verzending/")).status_code == 404


def test_the_residents_mark_stands_beside_the_conversation(sanne, world, asked):
    with acting_for(world.duinrand.id):
        record_satisfaction(conversation=asked, score=9, reason="Snel geholpen")
    page = sanne.get(url(asked)).content.decode()
    assert "Snel geholpen" in page
    assert "De inwoner gaf een 9" in page


def test_other_conversations_of_the_resident_stand_beside_it(sanne, world, asked):
    earlier = world.ask(world.duinrand, "Over de sluis", subject="Sluis")
    stranger = world.ask(world.duinrand, "Van een ander", subject="Geheim", email="ander@voorbeeld.example")
    page = sanne.get(url(asked)).content.decode()
    assert str(earlier.id) in page
    assert str(stranger.id) not in page


@pytest.fixture
def spoken():
    return {
        "channel": "Telefoongesprek",
        "body": "Mevrouw vraagt waar ze glas kwijt kan.",
        "told": "Bij de milieustraat.",
        "name": "Mevrouw De Wit",
        "phone": "06 12345678",
        "key": str(uuid4()),
    }


CONTACT = "/duinrand/werkplek/contact-vastleggen/"


def test_a_call_is_written_down_and_goes_to_whoever_wrote_it(sanne, world, spoken, now_of):
    assert sanne.get(CONTACT).status_code == 200
    for _ in range(2):
        response = sanne.post(CONTACT, spoken)
        assert response.status_code == 303
    page = sanne.get(response["Location"]).content.decode()
    for words in (
        "waar ze glas kwijt kan",
        "Bij de milieustraat.",
        "Mevrouw De Wit",
        "opgeschreven door Sanne",
    ):
        assert words in page
    with acting_for(world.duinrand.id):
        conversation = Conversation.objects.get()
        assert [each.direction for each in Message.objects.order_by("id")] == ["in", "note"]
        assert "message.recorded" in AuditLine.objects.values_list("verb", flat=True)
    assert conversation.assignee == world.members["sanne"]
    assert not conversation.is_closed


def test_a_call_that_was_answered_at_once_is_closed_at_once(sanne, world, spoken):
    topic = Topic.objects.first()
    sanne.post(CONTACT, spoken | {"is_done": "on", "topic": topic.slug})
    with acting_for(world.duinrand.id):
        conversation = Conversation.objects.get()
    assert conversation.is_closed
    assert conversation.topic_id == topic.slug


def test_a_call_without_a_question_is_refused(sanne, spoken):
    response = sanne.post(CONTACT, spoken | {"body": ""})
    assert response.status_code == 422
    assert "Mevrouw De Wit" in response.content.decode()


def test_a_reader_writes_no_calls_down(client, world, spoken):
    client.force_login(world.lezer)
    assert client.post(CONTACT, spoken).status_code == 404


def test_only_who_may_write_a_call_down_finds_the_way_to_it(client, world):
    client.force_login(world.sanne)
    assert CONTACT in client.get("/werkplek/").content.decode()
    client.force_login(world.data)
    assert CONTACT not in client.get("/werkplek/").content.decode()

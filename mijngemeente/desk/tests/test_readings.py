"""What was understood stands above the conversation; a person says it better with one key."""

from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.html import escape

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations.actions import change_topic, hand_over, prioritise, receive_message
from mijngemeente.conversations.models import Conversation, Correction, Message, Reading
from mijngemeente.conversations.rules import Understood
from mijngemeente.desk.rules import certainty, first_answer, language_name
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Municipality, Topic
from mijngemeente.understanding.rules.outcome import (
    Candidate,
    Decision,
    Evidence,
    Guess,
    Sign,
    Understanding,
    Where,
)

pytestmark = pytest.mark.django_db
CALM = Sign(value=False, probability=0.02, because=())
PLACE = (Evidence("place", "Goirle", 3, 9),)


@pytest.fixture
def topics(db):
    slugs = ("stoeptegels", "zwerfafval", "speeltuinen")
    known = list(Topic.objects.order_by("slug")[: len(slugs)])
    return [each.slug for each in known]


def understood(topics, *, alarm="", priority=0, code="GM0785", name="Goirle", **signs):
    calm = {each: CALM for each in ("urgent", "threat", "abuse", "distress")}
    said = Understanding(
        where=Where(Decision.CERTAIN, (Candidate(code, name, 0.97, PLACE),)),
        topics=tuple(Guess(slug, p) for slug, p in zip(topics, (0.8, 0.1, 0.05), strict=True)),
        kind=Guess("report", 0.75),
        language=Guess("pl", 0.95),
        sentiment=Guess("neg", 0.6),
        **(calm | signs),
    )
    return Understood(said, topics[0], "pl", priority, alarm, "Goirle", (f"Het gaat over {name}.",), "m1")


def ask(world, topics, text="Losse tegels", **known):
    incoming = Incoming(f"read-{uuid4()}", Party("Resi Dent", "resi@voorbeeld.example", "email"), text)
    organisation = world.duinrand
    with acting_for(organisation.id):
        return receive_message(
            inbox=world.inbox(organisation, "web"),
            incoming=incoming,
            organisation_id=organisation.id,
            covered_by_id=organisation.id,
            understood=understood(topics, **known),
        ).conversation


def url(conversation, part=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{part}"


def page(client, conversation, part=""):
    return " ".join(client.get(url(conversation, part)).content.decode().split())


def corrections(world):
    with acting_for(world.duinrand.id):
        return [(each.what, each.was, each.became) for each in Correction.objects.order_by("id")]


def test_the_conversation_begins_with_what_was_read(client, world, topics):
    conversation = ask(world, topics, priority=1)
    assert (conversation.topic_id, conversation.language, conversation.priority) == (topics[0], "pl", 1)
    assert conversation.place == "Goirle"
    client.force_login(world.sanne)
    shown = page(client, conversation)
    assert "Het gaat over Goirle." in shown
    assert "Pools" in shown and "waarschijnlijk" in shown
    assert "Draag over aan Goirle" in shown
    assert 'data-key="g"' in shown


def test_what_was_never_read_shows_nothing(client, world):
    conversation = world.ask(world.duinrand, "Losse tegels")
    client.force_login(world.sanne)
    shown = page(client, conversation)
    assert "Klopt dit niet?" not in shown
    with acting_for(world.duinrand.id):
        prioritise(conversation=conversation, priority=1, by=world.members["sanne"])
    assert corrections(world) == []


def test_a_reader_sees_it_and_corrects_nothing(client, world, topics):
    conversation = ask(world, topics)
    client.force_login(world.lezer)
    shown = page(client, conversation)
    assert "Het gaat over Goirle." in shown
    assert "Klopt dit niet?" not in shown
    assert client.post(url(conversation, "eerste-antwoord/")).status_code in (403, 404)


def test_a_correction_counts_at_once_and_is_kept_for_training(client, world, topics):
    conversation = ask(world, topics)
    client.force_login(world.sanne)
    client.post(url(conversation, "onderwerp/"), {"topic": topics[1]})
    client.post(url(conversation, "soort/"), {"kind": "complaint"})
    client.post(url(conversation, "voorrang/"), {"priority": "1"})
    assert corrections(world) == [
        ("topic", topics[0], topics[1]),
        ("kind", "report", "complaint"),
        ("urgency", "0", "1"),
    ]
    with acting_for(world.duinrand.id):
        conversation.refresh_from_db()
        assert (conversation.topic_id, conversation.kind) == (topics[1], "complaint")
        assert {each.model_version for each in Correction.objects.all()} == {"m1"}


def test_the_title_follows_a_correction_at_once(client, world, topics):
    conversation = ask(world, topics)
    client.force_login(world.sanne)
    posted = {"topic": topics[1], "seen": ""}
    changed = client.post(url(conversation, "onderwerp/"), posted, headers={"HX-Request": "true"})
    label = Topic.objects.get(slug=topics[1]).label
    title = changed.content.decode().partition("#conversation-title")[2].partition("</span>")[0]
    assert title.endswith(f">{escape(label)}")


def test_of_two_corrections_the_last_stays_and_agreeing_again_takes_it_back(world, topics):
    conversation = ask(world, topics)
    second, third = (Topic.objects.get(slug=slug) for slug in topics[1:])
    first, by = Topic.objects.get(slug=topics[0]), world.members["sanne"]
    with acting_for(world.duinrand.id):
        change_topic(conversation=conversation, topic=second, by=by)
        change_topic(conversation=conversation, topic=third, by=by)
    assert corrections(world) == [("topic", topics[0], topics[2])]
    with acting_for(world.duinrand.id):
        change_topic(conversation=conversation, topic=first, by=by)
    assert corrections(world) == []


def test_handing_over_corrects_the_municipality_and_takes_the_reading_along(world, topics, run_jobs):
    world.veenwijk.municipality = Municipality.objects.get(code="GM0855")
    world.veenwijk.save()
    conversation = ask(world, topics, priority=1)
    with acting_for(world.duinrand.id):
        hand_over(
            conversation=conversation, to=world.veenwijk, by=world.members["sanne"], told="Doorgegeven."
        )
    run_jobs()
    assert corrections(world) == [("municipality", "GM0785", "GM0855")]
    with acting_for(world.veenwijk.id):
        there = Conversation.objects.get()
        assert (there.place, there.priority, there.topic_id) == ("Goirle", 1, topics[0])
        assert Reading.objects.get(conversation=there).best_topic == topics[0]


def test_the_hand_over_page_proposes_the_municipality_that_was_read(client, world, topics):
    world.veenwijk.municipality = Municipality.objects.get(code="GM0785")
    world.veenwijk.save()
    conversation = ask(world, topics)
    client.force_login(world.sanne)
    assert '<option value="4" selected>' in page(client, conversation, "overdracht/?naar=GM0785")
    assert client.get(url(conversation, "overdracht/?naar=geen")).status_code == 200


DISTRESS = {"distress": Sign(value=True, probability=0.97, because=("zie het niet meer zitten",))}


def test_somebody_in_distress_stands_first_with_help_at_the_top(client, world, topics):
    for number in range(3):
        world.ask(world.duinrand, f"Gewone vraag {number}", email=f"r{number}@voorbeeld.example")
    conversation = ask(world, topics, alarm="distress", priority=2, **DISTRESS)
    client.force_login(world.sanne)
    rows = client.get("/werkplek/?rij=alles").content.decode()
    order = [rows.index(f'id="row-{each}"') for each in (conversation.id,)]
    assert order == [min(rows.index('id="row-'), *order)]
    assert "In nood" in rows
    shown = page(client, conversation)
    assert "Deze inwoner lijkt in nood" in shown
    assert "“zie het niet meer zitten”" in shown
    assert "0800-0113" in shown and "112" in shown
    guesses = shown.partition('id="understood"')[2].partition("Iets anders")[0]
    assert not any(escape(each.label) in guesses for each in Topic.objects.filter(slug__in=topics))


def test_the_first_answer_is_sent_with_one_key_and_once(client, world, topics):
    conversation = ask(world, topics, alarm="distress", priority=2, **DISTRESS)
    client.force_login(world.sanne)
    for _ in range(2):
        assert client.post(url(conversation, "eerste-antwoord/")).status_code == 303
    with acting_for(world.duinrand.id):
        sent = Message.objects.get(conversation=conversation, direction=Message.Direction.OUTGOING)
        conversation.refresh_from_db()
    assert "0800-0113" in sent.text and sent.author == world.members["sanne"]
    # The turn stays ours: helping only begins.
    assert (conversation.status, conversation.assignee) == ("open", world.members["sanne"])
    assert conversation.first_replied_at <= timezone.now()
    shown = page(client, conversation)
    assert "Eerste antwoord verstuurd" in shown and "Stuur het eerste antwoord" not in shown


def test_without_an_alarm_no_first_answer_leaves(client, world, topics):
    conversation = ask(world, topics)
    client.force_login(world.sanne)
    assert client.post(url(conversation, "eerste-antwoord/")).status_code == 422
    with acting_for(world.duinrand.id):
        assert not Message.objects.filter(direction=Message.Direction.OUTGOING).exists()


def test_a_person_says_that_nobody_is_in_danger(client, world, topics):
    conversation = ask(world, topics, alarm="danger", priority=2)
    client.force_login(world.sanne)
    client.post(url(conversation, "voorrang/"), {"priority": "0"})
    assert "Er lijkt gevaar te zijn" not in page(client, conversation)
    assert corrections(world) == [("urgency", "2", "0")]


def test_a_later_message_makes_it_urgent_and_never_less(world, topics):
    conversation = world.ask(world.duinrand, "Wanneer is de markt?")
    for text, known in (
        ("Ik kan niet meer", {"alarm": "distress", "priority": 2, **DISTRESS}),
        ("Sorry", {}),
    ):
        incoming = Incoming(f"later-{uuid4()}", Party("", "", "email"), text, conversation_id=conversation.id)
        with acting_for(world.duinrand.id):
            receive_message(
                inbox=world.inbox(world.duinrand, "web"),
                incoming=incoming,
                organisation_id=world.duinrand.id,
                covered_by_id=world.duinrand.id,
                understood=understood(topics, **known),
            )
            conversation.refresh_from_db()
            assert (conversation.alarm, conversation.priority) == ("distress", 2)


def test_whoever_waits_longest_goes_after_who_may_be_in_danger(client, world, topics):
    world.ask(world.duinrand, "Gewone vraag")
    alarming = ask(world, topics, alarm="danger", priority=2)
    client.force_login(world.sanne)
    assert str(alarming.id) in client.post("/werkplek/oppakken/")["Location"]


@pytest.mark.parametrize("alarm", ["danger", "distress"])
@pytest.mark.parametrize(
    ("addressed_as", "language", "word"), [("je", "nl", "je "), ("u", "", "uw "), ("u", "pl", "your ")]
)
def test_the_first_answer_speaks_as_the_municipality_does(alarm, addressed_as, language, word):
    said = first_answer(alarm, addressed_as=addressed_as, language=language, emergency="Bel 14 013.")
    assert word in said and "112" in said
    assert ("0800-0113" in said) == (alarm == "distress")


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "bijna zeker"),
        (0.9, "bijna zeker"),
        (0.7, "waarschijnlijk"),
        (0.5, "misschien"),
        (0.1, "onzeker"),
    ],
)
def test_how_sure_it_is_in_words(probability, words):
    assert certainty(probability) == words
    assert language_name("xx") == "xx"


def test_a_topic_that_nobody_chose_is_told_as_a_maybe_and_leads_the_suggestions(client, world, topics):
    conversation = ask(world, topics)
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=conversation.id).update(topic=None)
    label = Topic.objects.get(slug=topics[0]).label
    client.force_login(world.sanne)
    assert f"Misschien: {label}." in page(client, conversation)
    assert client.get(url(conversation, "antwoorden/")).status_code == 200

"""One deed for many conversations: rights in each organisation, progress, and taking it back."""

from copy import copy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Closure, Conversation, ConversationLabel, Label
from mijngemeente.desk.jobs import sweep_bulk
from mijngemeente.desk.models import BulkAct, BulkChange
from mijngemeente.desk.rules.bulk import MOST_AT_ONCE, Tally, Verb, told
from mijngemeente.organisations.models import Member, ServiceAgreement
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

BULK = "/werkplek/tegelijk/"


@pytest.fixture
def three(world):
    return [world.ask(world.duinrand, text) for text in ("een", "twee", "drie")]


def press(client, verb, rows, *, url=BULK, **more):
    return client.post(url, {"verb": verb, "key": uuid4(), "picked": [each.id for each in rows], **more})


def fresh(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def report(client, response):
    return client.get(response["Location"]).context["bulk_report"]


def undo(client, response):
    return report(client, client.post(f"{BULK}{report(client, response).batch}/terug/"))


def labels(conversation):
    with acting_for(conversation.organisation_id):
        return set(
            ConversationLabel.objects.filter(conversation=conversation).values_list("label__name", flat=True)
        )


def states(conversation):
    """Everything of a conversation but its clock, which is kept by whoever changes it."""
    fields = (
        "status",
        "assignee_id",
        "topic_id",
        "priority",
        "kind",
        "waiting_since",
        "snoozed_until",
        "closed_at",
        "reopened_at",
    )
    return {name: getattr(fresh(conversation), name) for name in fields}


def deeds(world):
    topic = Topic.objects.first()
    tomorrow = timezone.now() + timedelta(days=1)
    return {
        "assign": ({"member": str(world.members["bram"].id)}, {"assignee_id": world.members["bram"].id}),
        "topic": ({"topic": topic.pk}, {"topic_id": topic.pk}),
        "status": ({"status": "waiting_resident"}, {"status": "waiting_resident", "waiting_since": None}),
        "priority": ({"priority": "2"}, {"priority": 2}),
        "close": ({"reason": "spam"}, {"status": "closed", "waiting_since": None, "kind": "spam"}),
        "snooze": ({"when": tomorrow.isoformat()}, {"status": "snoozed"}),
    }


@pytest.mark.parametrize("verb", ["assign", "topic", "status", "priority", "close", "snooze"])
def test_each_deed_is_done_with_all_and_undone_exactly(verb, sanne, world, three):
    filled, expected = deeds(world)[verb]
    if verb == "snooze":
        choices = sanne.post(BULK, {"picked": [three[0].id]}).context["form"].fields["when"].choices
        filled = {"when": choices[0][0]}
    before = [states(each) for each in three]
    response = press(sanne, verb, three[:2], **filled)
    assert response.status_code == 303
    for each in three[:2]:
        assert states(each).items() >= expected.items()
    assert states(three[2]) == before[2]
    done = report(sanne, response)
    assert done.text.startswith("2 gesprekken zijn ")
    assert undo(sanne, response).text == "Ongedaan gemaakt bij 2 gesprekken."
    assert [states(each) for each in three] == before
    with acting_for(world.duinrand.id):
        assert not Closure.objects.exists()


def test_what_sleeps_again_after_its_time_wakes_at_once(sanne, world, three, run_jobs):
    with acting_for(world.duinrand.id):
        conversations.snooze(
            conversation=three[0], until=timezone.now() + timedelta(hours=1), by=world.members["sanne"]
        )
        Conversation.objects.filter(id=three[0].id).update(snoozed_until=timezone.now())
    closed = press(sanne, "close", three[:1], reason="answered")
    undo(sanne, closed)
    assert fresh(three[0]).status == "snoozed"
    run_jobs()
    assert fresh(three[0]).status == "open"


def test_a_label_goes_on_where_it_was_not_and_only_there_comes_off(sanne, world, three):
    with acting_for(world.duinrand.id):
        conversations.label(conversation=three[0], name="Spoed", by=world.members["sanne"])
    response = press(sanne, "label", three, label="spoed")
    assert (
        report(sanne, response).text
        == "2 gesprekken zijn van een label voorzien. Bij 1 gesprek was dat al zo."
    )
    assert all(labels(each) == {"Spoed"} for each in three)
    undo(sanne, response)
    assert [labels(each) for each in three] == [{"Spoed"}, set(), set()]


def test_undo_leaves_alone_what_a_colleague_went_on_with_and_says_so(sanne, world, three):
    response = press(sanne, "assign", three, member="me")
    with acting_for(world.duinrand.id):
        conversations.assign(conversation=three[0], to=world.members["bram"], by=world.members["bram"])
    assert undo(sanne, response).text == (
        "Ongedaan gemaakt bij 2 gesprekken. Met 1 gesprek ging een collega al verder; die zijn zo gebleven."
    )
    assert fresh(three[0]).assignee_id == world.members["bram"].id
    assert fresh(three[1]).assignee_id is None


def test_undoing_a_label_that_was_removed_since_is_no_error(sanne, world, three):
    response = press(sanne, "label", three, label="Weg")
    with acting_for(world.duinrand.id):
        Label.objects.all().delete()
    assert "ging een collega al verder" in undo(sanne, response).text


def test_pressed_twice_is_done_once(sanne, three):
    key = uuid4()
    for _ in range(2):
        sanne.post(
            BULK, {"verb": "priority", "priority": "1", "key": key, "picked": [each.id for each in three]}
        )
    with acting_for(three[0].organisation_id):
        assert BulkChange.objects.count() == 3


def test_over_organisations_each_is_done_where_one_may(client, world):
    """Somebody of the region who only reads for their own region."""
    ServiceAgreement.objects.create(provider=world.region, client=world.duinrand, starts_on="2020-01-01")
    rows = [world.ask(world.duinrand, "een"), world.ask(world.veenwijk, "twee")]
    client.force_login(world.regio)
    response = press(client, "assign", rows, member="me")
    assert report(client, response).text == "2 gesprekken zijn toegewezen."
    assert {fresh(each).assignee_id for each in rows} == {world.members["regio"].id}


def test_who_only_reads_is_refused_and_sees_no_boxes(client, world, three):
    client.force_login(world.lezer)
    assert not client.get("/werkplek/").context["list"].is_pickable
    response = press(client, "close", three, reason="spam")
    assert report(client, response).text == "Er is niets veranderd. Bij 3 gesprekken kon het niet."
    assert {fresh(each).status for each in three} == {"open"}


def test_a_neighbours_conversation_cannot_be_picked(sanne, world):
    theirs = world.ask(world.veenwijk, "van de buren")
    response = press(sanne, "close", [theirs], reason="spam")
    assert response.status_code == 422
    assert "nog geen gesprekken gekozen" in response.content.decode()
    assert fresh(theirs).status == "open"


def test_somebody_elses_batch_does_not_exist(sanne, client, world, three):
    batch = report(sanne, press(sanne, "priority", three, priority="1")).batch
    client.force_login(world.bram)
    assert client.get(f"{BULK}{batch}/").status_code == 404
    assert client.post(f"{BULK}{batch}/terug/").status_code == 404
    assert client.get("/werkplek/", {"gedaan": batch}).context["bulk_report"] is None
    assert fresh(three[0]).priority == 1


def test_undo_is_refused_where_one_may_no_longer(sanne, world, three):
    response = press(sanne, "close", three, reason="spam")
    Member.objects.filter(id=world.members["sanne"].id).update(roles=["reader"])
    undo(sanne, response)
    assert {fresh(each).status for each in three} == {"closed"}


@pytest.mark.parametrize(
    ("verb", "more", "sentence"),
    [
        ("label", {"label": ""}, "Kies of typ een label."),
        ("topic", {"topic": "bestaat-niet"}, "bestaat-niet"),
        ("close", {"reason": ""}, "Kies een reden."),
        ("close", {"reason": "unanswered"}, "Schrijf kort op waarom we deze inwoners niet antwoorden."),
        ("snooze", {"when": "gisteren"}, "gisteren"),
        ("assign", {"member": "iemand"}, "iemand"),
    ],
)
def test_what_is_not_filled_in_is_asked_again(verb, more, sentence, sanne, three):
    response = press(sanne, verb, three, **more)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert [fresh(each).status for each in three] == ["open"] * 3
    assert len(response.context["ids"]) == 3


def test_nonsense_picks_and_verbs_change_nothing(sanne, three):
    for posted in ({}, {"picked": ["x", "%"]}, {"picked": [three[0].id], "verb": "delete", "key": "x"}):
        assert sanne.post(BULK, posted).status_code in (200, 422)
    assert sanne.get("/werkplek/", {"gedaan": "x"}).status_code == 200


def copies_of(one, count):
    """As many conversations like it, without asking each."""
    with acting_for(one.organisation_id):
        stored = Conversation.objects.get(id=one.id)
        rows = [copy(stored) for _ in range(count)]
        for number, each in enumerate(rows, 1000):
            each.id, each.number = uuid7(), number
        return Conversation.objects.bulk_create(rows)


def test_all_of_a_list_goes_to_the_worker_and_tells_how_far_it_is(sanne, three, run_jobs):
    rows = [*three, *copies_of(three[0], 50)]
    page = sanne.get("/werkplek/?rij=alle")
    assert 'name="all"' in page.content.decode()
    asked = sanne.post(f"{BULK}?rij=alle", {"all": "1"})
    assert asked.context["picked"].total == 53
    response = sanne.post(
        f"{BULK}?rij=alle", {"all": "1", "verb": "priority", "priority": "1", "key": uuid4()}
    )
    busy = report(sanne, response)
    assert busy.is_busy
    assert busy.text == "53 gesprekken veranderen van voorrang: 0 van 53 klaar."
    run_jobs()
    done = report(sanne, response)
    assert (done.text, done.may_undo) == ("53 gesprekken zijn van voorrang veranderd.", True)
    again = sanne.post(f"{BULK}{done.batch}/terug/?rij=alle")
    assert report(sanne, again).is_busy
    run_jobs()
    assert report(sanne, again).text == "Ongedaan gemaakt bij 53 gesprekken."
    assert {fresh(each).priority for each in rows[:3]} == {0}


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        (Tally(done=1), "1 gesprek is gesloten."),
        (Tally(done=12, same=1), "12 gesprekken zijn gesloten. Bij 1 gesprek was dat al zo."),
        (Tally(waiting=3, done=2), "5 gesprekken worden gesloten: 2 van 5 klaar."),
        (Tally(done=2, undone=3), "Ongedaan maken: 3 van 5 klaar."),
        (Tally(undone=1, kept=2), "Ongedaan gemaakt bij 1 gesprek. Met 2 gesprekken ging een collega al verder; die zijn zo gebleven."),
    ],
)  # fmt: skip
def test_what_came_of_it_is_told(tally, sentence):
    assert told(Verb.CLOSE, tally) == sentence


def test_what_was_done_a_month_ago_is_forgotten_at_night_and_the_conversations_stay(sanne, world, three):
    for row in three[:2]:
        press(sanne, "status", [row], status="waiting_department")
    with acting_for(world.duinrand.id):
        old = BulkAct.objects.earliest("id")
        BulkAct.objects.filter(id=old.id).update(at=timezone.now() - timedelta(days=31))
    sweep_bulk(0)
    with acting_for(world.duinrand.id):
        assert [each.id != old.id for each in BulkAct.objects.all()] == [True]
        assert BulkChange.objects.count() == 1
    assert fresh(three[0]).status == "waiting_department"


def test_more_than_two_thousand_at_once_is_refused_with_what_to_do(sanne, world, three):
    copies_of(three[0], MOST_AT_ONCE)
    refused = press(sanne, "close", [], url=f"{BULK}?rij=alle", all="1", reason="answered")
    assert refused.status_code == 422
    assert "hoogstens 2000 gesprekken tegelijk" in refused.content.decode()
    assert {fresh(each).status for each in three} == {"open"}
    with acting_for(world.duinrand.id):
        assert not BulkAct.objects.exists()


@pytest.mark.parametrize(("count", "status"), [(1500, 200), (6000, 400)])
def test_a_form_of_more_than_a_thousand_fields_is_read_and_one_without_end_is_not(
    sanne, three, count, status
):
    picked = [str(each.id) for each in three] * (count // len(three))
    answer = sanne.post(BULK, {"picked": picked})
    assert answer.status_code == status
    assert ("3 gesprekken tegelijk" if status == 200 else "konden wij niet lezen") in answer.content.decode()


def test_what_was_done_to_many_is_undone_with_the_key_that_undoes(sanne, three):
    done = press(sanne, "priority", three, priority="1")
    page = sanne.get(done["Location"]).content.decode()
    assert 'data-key="z">Ongedaan maken' in page


def test_enter_in_a_field_presses_no_button_of_another_deed(sanne, three):
    page = press(sanne, "", three).content.decode()
    first = page[page.index("data-own-button") :].partition("<button")[2]
    # A form whose first button is switched off is not sent by Enter (HTML, implicit submission).
    assert first.startswith(" disabled hidden>")

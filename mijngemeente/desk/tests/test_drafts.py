"""What somebody is writing: kept at the server, shown to nobody else, gone when sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations.models import Conversation, Delivery, Message
from mijngemeente.desk.models import Draft
from mijngemeente.organisations.models import Person
from mijngemeente.platform.tenancy import acting_for

HTMX = {"HX-Request": "true"}
TEXT = "De brug gaat om 12 uur open."


@pytest.fixture
def bram(world):
    from django.test import Client

    other = Client()
    other.force_login(world.bram)
    return other


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug", name="Fatma", email="")


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def writing(text=TEXT, **more):
    return {"kind": "reply", "body": text, "key": str(uuid4()), "age": "0", **more}


def answer(text=TEXT, **more):
    return {"body": text, "key": str(uuid4()), "seen": "1", **more}


def drafts(world):
    with acting_for(world.duinrand.id):
        return list(Draft.objects.values_list("text", flat=True))


def state(world):
    with acting_for(world.duinrand.id):
        return Delivery.objects.get(message__is_automatic=False).state


def test_a_draft_stands_in_the_box_wherever_its_writer_opens_it(sanne, bram, asked):
    assert sanne.post(url(asked, "concept/"), writing()).status_code == 200
    assert TEXT in sanne.get(url(asked)).content.decode()
    page = bram.get(url(asked)).content.decode()
    assert TEXT not in page
    assert "Sanne heeft een concept" in page


def test_a_draft_is_marked_in_the_list_of_its_writer_alone(sanne, bram, asked):
    sanne.post(url(asked, "concept/"), writing())
    assert '<span class="badge">concept</span>' in sanne.get("/werkplek/?rij=alle").content.decode()
    assert '<span class="badge">concept</span>' not in bram.get("/werkplek/?rij=alle").content.decode()
    assert "concept" in sanne.get(url(asked, "regel/")).content.decode()


def test_the_last_typed_wins_also_when_it_arrives_first(sanne, world, asked):
    sanne.post(url(asked, "concept/"), writing("Later getypt.", age="1000"))
    sanne.post(url(asked, "concept/"), writing("Eerder getypt.", age="60000"))
    assert drafts(world) == ["Later getypt."]
    sanne.post(url(asked, "concept/"), writing("Het laatst."))
    assert drafts(world) == ["Het laatst."]


def test_an_emptied_box_is_no_draft(sanne, world, asked):
    for empty in ("", "   ", "Beste Fatma,\n\n\n\nMet vriendelijke groet,\nSanne\ngemeente Duinrand"):
        sanne.post(url(asked, "concept/"), writing())
        sanne.post(url(asked, "concept/"), writing(empty))
        assert drafts(world) == []


def test_a_note_and_an_answer_are_two_drafts(sanne, world, asked):
    sanne.post(url(asked, "concept/"), writing())
    sanne.post(url(asked, "concept/"), writing("Bel de havenmeester.", kind="note"))
    page = sanne.get(url(asked)).content.decode()
    assert TEXT in page and "Bel de havenmeester." in page
    sanne.post(url(asked, "notitie/"), {"body": "Bel de havenmeester.", "key": str(uuid4())})
    assert drafts(world) == [TEXT]


def test_what_was_sent_is_no_draft_any_more_and_does_not_come_back(sanne, world, asked):
    form = answer()
    sanne.post(url(asked, "concept/"), writing(key=form["key"]))
    assert sanne.post(url(asked, "antwoord/"), form).status_code == 303
    assert drafts(world) == []
    # The last pause before sending, come in late.
    sanne.post(url(asked, "concept/"), writing(key=form["key"]))
    assert drafts(world) == []


@pytest.mark.parametrize("broken", [{"key": "x"}, {"kind": "letter"}, {"age": "-1"}, {"body": "x" * 100_001}])
def test_a_broken_draft_is_refused_and_changes_nothing(sanne, world, asked, broken):
    sanne.post(url(asked, "concept/"), writing())
    assert sanne.post(url(asked, "concept/"), writing("Anders.") | broken).status_code == 422
    assert drafts(world) == [TEXT]


def test_who_only_reads_keeps_no_draft(client, world, asked):
    client.force_login(world.lezer)
    assert client.post(url(asked, "concept/"), writing()).status_code == 404


def test_drafts_of_a_month_ago_are_forgotten_at_night(sanne, world, asked):
    from mijngemeente.desk.jobs import sweep_drafts

    sanne.post(url(asked, "concept/"), writing())
    sanne.post(url(asked, "concept/"), writing("Nog vers.", kind="note"))
    with acting_for(world.duinrand.id):
        old = timezone.now() - timedelta(days=31)
        Draft.objects.filter(kind="reply").update(changed_at=old)
    sweep_drafts(0)
    assert drafts(world) == ["Nog vers."]


@pytest.fixture
def patient(sanne, world):
    """Sanne, who takes ten seconds to think."""
    Person.objects.filter(id=world.sanne.id).update(undo_seconds=10)
    return sanne


def test_an_answer_waits_and_the_resident_does_not_see_it_yet(patient, world, asked, run_jobs):
    page = patient.post(url(asked, "antwoord/"), answer(), follow=True).content.decode()
    assert "Wordt over 10 seconden verstuurd" in page and "Ongedaan maken" in page
    run_jobs()
    assert state(world) == "waiting"
    with acting_for(world.duinrand.id):
        from mijngemeente.conversations.queries import personal_url

        personal = personal_url(Conversation.objects.get(), "duinrand")
    path = personal[personal.index("/duinrand") :]
    assert TEXT not in patient.get(path).content.decode()
    with acting_for(world.duinrand.id):
        Delivery.objects.update(next_attempt_at=timezone.now())
    from mijngemeente.conversations.jobs import deliver

    with acting_for(world.duinrand.id):
        waiting = Delivery.objects.get(message__is_automatic=False)
    deliver(organisation_id=world.duinrand.id, id=str(waiting.id))
    assert state(world) == "delivered"
    assert TEXT in patient.get(path).content.decode()


def message_of(world):
    with acting_for(world.duinrand.id):
        return Message.objects.get(direction="out", is_automatic=False)


def test_what_is_taken_back_stands_in_the_box_again_and_is_never_sent(patient, world, asked, run_jobs):
    patient.post(url(asked, "antwoord/"), answer(then="close"))
    assert "Verstuurd aan Fatma" in patient.get("/werkplek/").content.decode()
    undone = patient.post(url(asked, f"berichten/{message_of(world).id}/terugname/"), {"body": "En dit nog."})
    assert undone.status_code == 303
    page = patient.get(url(asked)).content.decode()
    assert f"{TEXT}\n\nEn dit nog.</textarea>" in page
    assert "message--municipality" not in page
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get().status == "open"
        Delivery.objects.update(next_attempt_at=timezone.now())
    run_jobs()
    assert state(world) == "withdrawn"


def test_by_htmx_the_box_comes_back_with_the_text(patient, world, asked):
    patient.post(url(asked, "antwoord/"), answer())
    path = url(asked, f"berichten/{message_of(world).id}/terugname/")
    text = patient.post(path, headers=HTMX).content.decode()
    assert f"{TEXT}</textarea>" in text
    assert f'hx-swap-oob="innerHTML:#conversation-{asked.id} #thread"' in text


def test_too_late_is_told_and_changes_nothing(patient, world, asked):
    patient.post(url(asked, "antwoord/"), answer())
    with acting_for(world.duinrand.id):
        Delivery.objects.update(state="sending")
    answered = patient.post(url(asked, f"berichten/{message_of(world).id}/terugname/"), headers=HTMX)
    assert answered.status_code == 422
    assert "al onderweg" in answered.content.decode()
    assert drafts(world) == []


def test_a_colleague_cannot_take_back_my_answer(patient, bram, world, asked):
    patient.post(url(asked, "antwoord/"), answer())
    assert "Ongedaan maken" not in bram.get(url(asked)).content.decode()
    path = url(asked, f"berichten/{message_of(world).id}/terugname/")
    assert bram.post(path).status_code == 404


def test_an_answer_of_a_screen_from_before_the_taking_back_still_crosses(patient, bram, world, asked):
    patient.post(url(asked, "antwoord/"), answer())
    patient.post(url(asked, f"berichten/{message_of(world).id}/terugname/"))
    world.ask(world.duinrand, "Laat maar.", name="Fatma", conversation_id=asked.id, email="")
    crossed = bram.post(url(asked, "antwoord/"), answer(seen="2"))
    assert crossed.status_code == 422
    assert "Fatma schreef intussen ook" in crossed.content.decode()


def test_somebody_chooses_how_long_their_answers_wait(sanne, world):
    page = sanne.post("/account/profiel/", {"name": "Sanne", "undo_seconds": "20"}, follow=True)
    assert page.status_code == 200
    assert Person.objects.get(id=world.sanne.id).undo_seconds == 20
    assert sanne.post("/account/profiel/", {"name": "Sanne", "undo_seconds": "3600"}).status_code == 422

"""Answers that wait: for their moment, or for a second person's yes."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from mijngemeente.conversations import actions
from mijngemeente.conversations.errors import NotPending
from mijngemeente.conversations.models import Attachment, Conversation, Message, PendingReply
from mijngemeente.desk.jobs import release_reply
from mijngemeente.desk.models import Draft
from mijngemeente.organisations.errors import NotCovered
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.world import build_world

HTMX = {"HX-Request": "true"}
TEXT = "De brug gaat om 12 uur open."


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def sanne(world):
    return signed_in(world.sanne)


@pytest.fixture
def bram(world):
    return signed_in(world.bram)


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", name="Fatma", email="")


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def answer(text=TEXT, **more):
    return {"body": text, "key": str(uuid4()), "seen": "1", **more}


def pending(world):
    with acting_for(world.duinrand.id):
        return PendingReply.objects.select_related("conversation", "author__person").first()


def said(world):
    with acting_for(world.duinrand.id):
        return list(Message.objects.filter(direction="out").values_list("text", "author__person__name"))


def release(world, reply, *, late=True):
    """Its moment has come."""
    with acting_for(world.duinrand.id):
        if late:
            past = timezone.now() - timedelta(seconds=1)
            PendingReply.objects.filter(id=reply.id).update(send_at=past)
    release_reply(organisation_id=world.duinrand.id, id=str(reply.id))


def test_a_planned_answer_goes_at_its_moment_and_once(sanne, world, asked):
    assert sanne.post(url(asked, "antwoord/"), answer(later="morgen")).status_code == 303
    reply = pending(world)
    assert "Gaat weg: morgen 9.00 uur" in sanne.get(url(asked)).content.decode()
    assert said(world) == []
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get().status == "open"
    release(world, reply, late=False)
    assert said(world) == []
    for _ in range(2):
        release(world, reply)
    assert said(world) == [(TEXT, "Sanne")]
    assert pending(world) is None
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get().status == "waiting_resident"


def test_the_same_form_after_it_went_plans_nothing(sanne, world, asked):
    form = answer(later="morgen")
    sanne.post(url(asked, "antwoord/"), form)
    release(world, pending(world))
    # As by a browser that never heard that it was planned.
    sanne.post(url(asked, "antwoord/"), form | {"seen": "2"})
    assert (pending(world), len(said(world))) == (None, 1)


def test_the_same_form_twice_is_planned_once_and_its_files_go_along(sanne, world, asked):
    plan = SimpleUploadedFile("plan.txt", b"het plan", "text/plain")
    form = answer(later="morgen")
    sanne.post(url(asked, "antwoord/"), form | {"uploads": [plan]})
    sanne.post(url(asked, "antwoord/"), form)
    with acting_for(world.duinrand.id):
        assert PendingReply.objects.count() == 1
    release(world, pending(world))
    with acting_for(world.duinrand.id):
        attachment = Attachment.objects.select_related("file").get()
        assert (attachment.name, bytes(attachment.file.content)) == ("plan.txt", b"het plan")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ({"later": "eigen", "own": "2020-01-01T09:00"}, "al voorbij"),
        ({"later": "eigen", "own": ""}, "Kies een dag en een tijd"),
        ({"later": "eigen", "own": "morgen"}, "Kies een dag en een tijd"),
        ({"later": "eigen", "own": "2027-03-28T02:30"}, "bestaat die nacht niet"),
        ({"later": "eigen", "own": "2099-01-01T09:00"}, "binnen een jaar"),
        ({"later": "gisteren"}, "al voorbij"),
        ({"ask": "niemand"}, "Kies een collega"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_the_text_kept(sanne, world, asked, moment, words):
    response = sanne.post(url(asked, "antwoord/"), answer(**moment))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page and TEXT in page
    assert pending(world) is None and said(world) == []


def test_when_the_resident_writes_before_it_is_held_and_its_author_told(sanne, world, asked):
    sanne.post(url(asked, "antwoord/"), answer(later="morgen"))
    world.ask(world.duinrand, "Laat maar.", name="Fatma", conversation_id=asked.id, email="")
    reply = pending(world)
    assert reply.state == "held"
    page = sanne.get(url(asked)).content.decode()
    assert "Niet verstuurd, kijk eerst" in page and "De inwoner schreef intussen." in page
    assert "De inwoner schreef intussen." in sanne.get("/werkplek/klaargezet/").content.decode()
    release(world, reply)
    assert said(world) == []
    crossed = sanne.post(url(asked, f"klaar/{reply.id}/verzending/"), {"seen": "1"}, headers=HTMX)
    assert crossed.status_code == 422 and "Fatma schreef intussen ook" in crossed.content.decode()
    sanne.post(url(asked, f"klaar/{reply.id}/verzending/"), {"seen": "2"})
    assert said(world) == [(TEXT, "Sanne")]


def test_when_a_colleague_answers_before_it_is_held_at_its_moment(sanne, bram, world, asked):
    sanne.post(url(asked, "antwoord/"), answer(later="morgen"))
    bram.post(url(asked, "antwoord/"), answer("Ik was eerst."))
    release(world, pending(world))
    assert pending(world).state == "held"
    assert said(world) == [("Ik was eerst.", "Bram")]


def test_when_its_author_has_left_it_is_held(sanne, world, asked):
    sanne.post(url(asked, "antwoord/"), answer(later="morgen"))
    world.members["sanne"].left_at = timezone.now()
    world.members["sanne"].save()
    release(world, pending(world))
    assert pending(world).state == "held" and said(world) == []


def test_its_author_takes_it_back_into_the_box_and_nobody_else(sanne, bram, world, asked):
    sanne.post(url(asked, "antwoord/"), answer(later="morgen"))
    reply = pending(world)
    path = url(asked, f"klaar/{reply.id}/terug/")
    assert bram.post(path, headers=HTMX).status_code == 422
    assert f"{TEXT}</textarea>" in sanne.post(path, headers=HTMX).content.decode()
    release_reply(organisation_id=world.duinrand.id, id=str(reply.id))
    assert pending(world) is None and said(world) == []
    assert sanne.post(path).status_code == 404


def proposal(world, sanne, asked, of="iedereen"):
    sanne.post(url(asked, "antwoord/"), answer(ask=of))
    return pending(world)


def yes(reply, text=TEXT, seen="1"):
    return f"klaar/{reply.id}/akkoord/", {"text": text, "seen": seen}


def test_a_colleague_says_yes_and_it_goes_in_its_authors_name(sanne, bram, world, asked):
    reply = proposal(world, sanne, asked)
    assert said(world) == []
    assert TEXT in bram.get("/werkplek/klaargezet/").content.decode()
    assert 'id="count-pending">1<' in bram.get("/werkplek/").content.decode()
    for nobody in (sanne, signed_in(world.lezer)):
        assert 'id="count-pending">0<' in nobody.get("/werkplek/").content.decode()
    assert "Akkoord en versturen" in bram.get(url(asked)).content.decode()
    path, form = yes(reply, "De brug gaat om één uur open.")
    assert bram.post(url(asked, path), form).status_code == 303
    assert said(world) == [("De brug gaat om één uur open.", "Sanne")]
    with acting_for(world.duinrand.id):
        line = AuditLine.objects.get(verb="message.approved")
        assert (line.member_id, line.detail) == (world.members["bram"].id, {"changed": 1})
    assert bram.post(url(asked, path), form).status_code == 404
    assert len(said(world)) == 1


def test_nobody_says_yes_to_their_own(sanne, world, asked):
    reply = proposal(world, sanne, asked)
    path, form = yes(reply)
    assert "Akkoord en versturen" not in sanne.get(url(asked)).content.decode()
    assert sanne.post(url(asked, path), form, headers=HTMX).status_code == 422
    assert said(world) == []


def test_only_who_was_asked_says_yes_or_who_manages(sanne, bram, world, asked):
    reply = proposal(world, sanne, asked, str(world.members["chef"].id))
    path, form = yes(reply)
    assert bram.post(url(asked, path), form, headers=HTMX).status_code == 422
    assert TEXT not in bram.get("/werkplek/klaargezet/").content.decode()
    assert TEXT in signed_in(world.chef).get("/werkplek/klaargezet/").content.decode()
    assert signed_in(world.lezer).post(url(asked, path), form).status_code == 404
    assert signed_in(world.baas).post(url(asked, path), form).status_code == 303
    assert said(world) == [(TEXT, "Sanne")]


def test_a_yes_that_crosses_a_newer_message_is_refused(sanne, bram, world, asked):
    reply = proposal(world, sanne, asked)
    world.ask(world.duinrand, "Laat maar.", name="Fatma", conversation_id=asked.id, email="")
    path, form = yes(reply)
    refused = bram.post(url(asked, path), form, headers=HTMX)
    assert refused.status_code == 422 and "schreef intussen" in refused.content.decode()
    assert "Na dit antwoord is nog iets gezegd" in bram.get(url(asked)).content.decode()
    path, form = yes(reply, seen="2")
    assert bram.post(url(asked, path), form).status_code == 303


def test_it_is_given_back_with_a_remark_and_its_author_goes_on(sanne, bram, world, asked):
    reply = proposal(world, sanne, asked)
    back = url(asked, f"klaar/{reply.id}/teruggave/")
    assert bram.post(back, {"remark": " ", "seen": "1"}, headers=HTMX).status_code == 422
    assert bram.post(back, {"remark": "Noem de omleiding.", "seen": "1"}).status_code == 303
    assert bram.post(back, {"remark": "Nog iets.", "seen": "1"}, headers=HTMX).status_code == 422
    page = sanne.get(url(asked)).content.decode()
    assert "Teruggegeven door Bram" in page and "Noem de omleiding." in page
    path, form = yes(reply)
    assert bram.post(url(asked, path), form, headers=HTMX).status_code == 422
    sanne.post(url(asked, f"klaar/{reply.id}/terug/"))
    with acting_for(world.duinrand.id):
        assert Draft.objects.get().text == TEXT
    assert said(world) == []


@pytest.mark.parametrize("form", [{}, {"seen": "x"}, {"seen": "-1"}, {"seen": "1", "text": "x" * 100_001}])
def test_a_broken_yes_sends_nothing(sanne, bram, world, asked, form):
    reply = proposal(world, sanne, asked)
    assert bram.post(url(asked, f"klaar/{reply.id}/akkoord/"), form, headers=HTMX).status_code == 422
    assert said(world) == []


def test_the_text_of_what_waits_is_no_message_to_the_resident(sanne, world, asked):
    from mijngemeente.conversations.queries import personal_url

    proposal(world, sanne, asked)
    with acting_for(world.duinrand.id):
        path = personal_url(Conversation.objects.get(), "duinrand").partition("/duinrand")[2]
    assert TEXT not in sanne.get(f"/duinrand{path}").content.decode()


def test_somebody_of_elsewhere_cannot_be_asked(world, asked):
    with acting_for(world.duinrand.id), pytest.raises(NotCovered):
        actions.ask_approval(
            conversation=asked, by=world.members["sanne"], text=TEXT, key=uuid4(), of=world.members["vera"]
        )


@pytest.fixture
def concurrent_world(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield build_world()
        connection.close()


def test_of_its_moment_and_its_author_at_once_one_wins(concurrent_world):
    world = concurrent_world
    for _ in range(6):
        asked = world.ask(world.duinrand, "Waarom?", email="")
        with acting_for(world.duinrand.id):
            reply = actions.plan_reply(
                conversation=asked, by=world.members["sanne"], text=TEXT, key=uuid4(), at=timezone.now()
            )
        start, won = threading.Barrier(3, timeout=60), []

        def deliver(reply=reply, start=start):
            start.wait()
            release_reply(organisation_id=world.duinrand.id, id=str(reply.id))
            connection.close()

        def withdraw(reply=reply, start=start, won=won):
            start.wait()
            try:
                with acting_for(world.duinrand.id):
                    actions.withdraw_reply(reply=reply, by=world.members["sanne"])
                won.append("back")
            except NotPending:
                pass
            connection.close()

        together = [threading.Thread(target=each) for each in (deliver, deliver, withdraw)]
        for each in together:
            each.start()
        for each in together:
            each.join(60)
        with acting_for(world.duinrand.id):
            sent = Message.objects.filter(conversation=asked, direction="out").count()
        assert sent + len(won) == 1


IBAN = "Stort het op NL91 ABNA 0417 1643 00."


def test_a_yes_to_a_text_with_personal_data_waits_for_a_second_press(sanne, bram, world, asked):
    reply = proposal(world, sanne, asked)
    path, form = yes(reply, IBAN)
    refused = bram.post(url(asked, path), form, headers=HTMX)
    page = refused.content.decode()
    assert refused.status_code == 422 and "rekeningnummer" in page and f"{IBAN}</textarea>" in page
    assert said(world) == []
    sure = page.partition('name="sure" value="')[2].partition('"')[0]
    whole = bram.post(url(asked, path), form)
    assert whole.status_code == 422 and f"{IBAN}</textarea>" in whole.content.decode()
    assert bram.post(url(asked, path), form | {"sure": sure}).status_code == 303
    assert said(world) == [(IBAN, "Sanne")]


def test_what_a_colleague_must_look_at_stands_there_before_the_yes(sanne, bram, world, asked):
    marks = sanne.post(url(asked, "antwoord/"), answer(IBAN, ask="iedereen"), headers=HTMX).content.decode()
    sure = marks.partition('name="sure" value="')[2].partition('"')[0]
    sanne.post(url(asked, "antwoord/"), answer(IBAN, ask="iedereen", sure=sure))
    page = bram.get(url(asked)).content.decode()
    assert "rekeningnummer" in page and "Akkoord en toch versturen" in page


def test_a_planned_text_that_must_be_looked_at_by_now_is_held(sanne, world, asked):
    sanne.post(url(asked, "antwoord/"), answer(later="morgen"))
    reply = pending(world)
    with acting_for(world.duinrand.id):
        PendingReply.objects.update(text=IBAN)
    release(world, reply)
    held = pending(world)
    assert held.state == "held" and "rekeningnummer" in held.remark and said(world) == []
    path = url(asked, f"klaar/{reply.id}/verzending/")
    assert sanne.post(path, {"seen": "1"}, headers=HTMX).status_code == 422
    page = sanne.get(url(asked)).content.decode().partition('id="pending"')[2]
    sure = page.partition('name="sure" value="')[2].partition('"')[0]
    sanne.post(path, {"seen": "1", "sure": sure})
    assert said(world) == [(IBAN, "Sanne")]


def test_a_finding_that_was_pressed_on_after_holds_nothing_up_at_its_moment(sanne, world, asked):
    page = sanne.post(url(asked, "antwoord/"), answer(IBAN, later="morgen"), headers=HTMX).content.decode()
    sure = page.partition('name="sure" value="')[2].partition('"')[0]
    sanne.post(url(asked, "antwoord/"), answer(IBAN, later="morgen", sure=sure))
    release(world, pending(world))
    assert said(world) == [(IBAN, "Sanne")]


def test_what_waits_comes_back_into_the_box_with_its_files_and_goes_again(sanne, world, asked):
    plan = SimpleUploadedFile("plan.txt", b"het plan", "text/plain")
    sanne.post(url(asked, "antwoord/"), answer(later="morgen") | {"uploads": [plan]})
    page = sanne.post(url(asked, f"klaar/{pending(world).id}/terug/"), headers=HTMX).content.decode()
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    assert kept and "plan.txt" in page
    sanne.post(url(asked, "antwoord/"), answer(kept=kept))
    with acting_for(world.duinrand.id):
        assert bytes(Attachment.objects.select_related("file").get().file.content) == b"het plan"
        assert not Draft.objects.exists()
    gone = sanne.post(url(asked, "antwoord/"), answer("Nog iets.", seen="2", kept=kept))
    assert gone.status_code == 422 and "Kies het opnieuw" in gone.content.decode()
    assert len(said(world)) == 1


@pytest.mark.parametrize("kept", ["x", "5a2b7f0e-0000-4000-8000-000000000000", "x" * 5000])
def test_a_file_that_never_came_back_is_not_sent(sanne, world, asked, kept):
    assert sanne.post(url(asked, "antwoord/"), answer(kept=kept)).status_code == 422
    assert said(world) == []

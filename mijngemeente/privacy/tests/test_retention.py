"""Retention: every night what is over time goes, and nothing else."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Contact, ContactNote, Conversation
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.privacy import actions, jobs
from mijngemeente.privacy.models import Hold, RetentionRun
from mijngemeente.privacy.queries.retention import periods_of, preview_of
from mijngemeente.privacy.rules import Period

pytestmark = pytest.mark.django_db


def closed(world, *, days: int, kind: str = "question", organisation=None, **more) -> Conversation:
    """A conversation that was closed so many days ago."""
    organisation = organisation or world.duinrand
    asked = world.ask(
        organisation, f"Vraag {uuid4()}", email=more.pop("email", f"{uuid4()}@x.example"), **more
    )
    with acting_for(organisation.id):
        conversations.close(conversation=asked, by=None, reason="answered")
        Conversation.objects.filter(id=asked.id).update(
            kind=kind, closed_at=timezone.now() - timedelta(days=days)
        )
    return asked


def left(world, organisation=None):
    with covering([(organisation or world.duinrand).id]):
        return set(Conversation.objects.filter(anonymised_at=None).values_list("id", flat=True))


def night(world):
    jobs.retain(organisation_id=world.duinrand.id)
    with covering([world.duinrand.id]):
        return RetentionRun.objects.order_by("-id").first()


@pytest.mark.parametrize(
    ("kind", "days", "goes"),
    [
        ("question", 360, False),
        ("question", 370, True),
        ("", 370, True),
        ("report", 370, False),
        ("report", 5 * 366, True),
        ("complaint", 4 * 366, False),
        ("complaint", 5 * 366, True),
        ("spam", 33, True),
    ],
)
def test_each_kind_goes_after_its_own_time(world, kind, days, goes):
    asked = closed(world, days=days, kind=kind)
    run = night(world)
    assert (asked.id not in left(world), run.conversations) == (goes, int(goes))


def test_what_is_open_again_stays_whatever_its_age(world):
    asked = closed(world, days=4000)
    with acting_for(world.duinrand.id):
        conversations.reopen(conversation=asked, by=world.members["sanne"])
    night(world)
    assert asked.id in left(world)


def test_a_resident_without_conversations_is_forgotten_and_another_is_not(world):
    closed(world, days=400, email="weg@x.example")
    closed(world, days=400, email="blijft@x.example")
    world.ask(world.duinrand, "Nieuwe vraag", email="blijft@x.example")
    run = night(world)
    with covering([world.duinrand.id]):
        known = Contact.objects.known()
        assert [each.addresses.get().value for each in known] == ["blijft@x.example"]
    assert (run.conversations, run.contacts) == (2, 1)


def test_the_address_of_who_went_goes_out_of_what_others_were_sent(world, monkeypatch):
    monkeypatch.setattr(actions, "MANY", 3)
    for number in range(25):
        closed(world, days=400, email=f"weg{number}@x.example")
    other = world.ask(
        world.duinrand,
        "Ook aan mijn buren",
        email="blijft@x.example",
        recipients=("WEG1@x.example", "weg22@x.example", "info@duinrand.example"),
    )
    night(world)
    with covering([world.duinrand.id]):
        assert other.messages.get(direction="in").recipients == ["info@duinrand.example"]
        assert RetentionRun.objects.get().addresses == []


def test_a_neighbour_keeps_its_own_time(world):
    theirs = closed(world, days=400, organisation=world.veenwijk)
    night(world)
    assert theirs.id in left(world, world.veenwijk)


def test_a_night_goes_on_until_nothing_is_overdue(world):
    for _ in range(actions.BATCH + 3):
        closed(world, days=400)
    run = night(world)
    assert (run.conversations, bool(run.finished_at)) == (actions.BATCH + 3, True)
    with covering([world.duinrand.id]):
        assert preview_of(world.duinrand.id, timezone.now()).count == 0


def test_a_night_that_was_broken_off_goes_on_in_the_same_run(world):
    closed(world, days=400)
    with acting_for(world.duinrand.id):
        broken = actions.start_run(organisation_id=world.duinrand.id)
    run = night(world)
    assert (run.id, run.conversations) == (broken.id, 1)


def test_every_organisation_gets_its_turn_by_the_clock(world, run_jobs):
    asked = closed(world, days=400)
    theirs = closed(world, days=400, organisation=world.veenwijk)
    jobs.tidy(0)
    run_jobs()
    assert (asked.id in left(world), theirs.id in left(world, world.veenwijk)) == (False, False)


def test_notes_whose_day_is_over_go(world):
    asked = world.ask(world.duinrand, "Vraag")
    with acting_for(world.duinrand.id):
        conversations.note_contact(
            contact=asked.contact,
            text="Oud",
            ends_on=timezone.localdate() - timedelta(days=1),
            by=world.members["sanne"],
        )
    assert night(world).notes == 1
    with covering([world.duinrand.id]):
        assert not ContactNote.objects.exists()


@pytest.fixture
def admin(client, world):
    client.force_login(world.beheer)
    return client


PRIVACY = "/duinrand/beheer/privacy/"


def test_what_is_held_stays_until_it_is_set_free(admin, world):
    asked = closed(world, days=400)
    page = admin.post(f"{PRIVACY}vasthouden/", {"number": asked.number, "reason": "claim"}, follow=True)
    assert f"Gesprek {asked.number}" in page.content.decode()
    night(world)
    assert asked.id in left(world)
    with covering([world.duinrand.id]):
        made = Hold.objects.get()
    admin.post(f"{PRIVACY}vasthouden/{made.id}/vrij/")
    night(world)
    assert asked.id not in left(world)


def test_a_conversation_is_held_with_what_went_up_in_it(world):
    kept, gone = closed(world, days=400), closed(world, days=400)
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=gone.id).update(merged_into=kept)
        actions.hold(
            organisation_id=world.duinrand.id, number=gone.number, reason="claim", by=world.members["beheer"]
        )
    night(world)
    assert {kept.id, gone.id} <= left(world)


@pytest.mark.parametrize(
    ("number", "says"), [("99999", "Dit gesprek is er niet"), ("", "Vul een nummer in"), ("x", "een getal")]
)
def test_holding_what_is_not_there_is_refused_in_words(admin, world, number, says):
    response = admin.post(f"{PRIVACY}vasthouden/", {"number": number, "reason": "claim"})
    assert (response.status_code, says in response.content.decode()) == (422, True)


def test_holding_twice_is_refused_in_words(admin, world):
    asked = closed(world, days=1)
    form = {"number": asked.number, "reason": "claim"}
    admin.post(f"{PRIVACY}vasthouden/", form)
    assert "wordt al vastgehouden" in admin.post(f"{PRIVACY}vasthouden/", form).content.decode()


def test_the_overview_tells_what_the_next_night_does(admin, world):
    closed(world, days=400)
    page = admin.get(PRIVACY).content.decode()
    assert "1 gesprek" in page and "Selectielijst gemeenten 2020" in page


def form_of(world, **changed):
    with covering([world.duinrand.id]):
        periods = periods_of(world.duinrand.id)
    form = {}
    for kind, period in periods.items():
        months, way = changed.get(kind, (period.months, period.way))
        form |= {f"{kind or 'none'}-months": months, f"{kind or 'none'}-way": way}
    return form


def test_a_shorter_time_is_asked_again_with_the_facts(admin, world):
    asked = closed(world, days=100)
    form = form_of(world, question=(2, "erase"))
    first = admin.post(f"{PRIVACY}termijnen/", form)
    assert (first.status_code, "1 gesprek" in first.content.decode()) == (422, True)
    second = admin.post(f"{PRIVACY}termijnen/", {**form, "agreed": "1"})
    assert second.status_code == 303
    night(world)
    with covering([world.duinrand.id]):
        assert not Conversation.objects.filter(id=asked.id).exists()


def test_a_longer_time_needs_no_second_look(admin, world):
    assert admin.post(f"{PRIVACY}termijnen/", form_of(world, question=(24, "anonymise"))).status_code == 303
    with covering([world.duinrand.id]):
        assert periods_of(world.duinrand.id)["question"] == Period(24, "eigen keuze", "anonymise")


@pytest.mark.parametrize("months", ["0", "-1", "241", "x", ""])
def test_a_time_that_cannot_be_is_refused(admin, world, months):
    response = admin.post(f"{PRIVACY}termijnen/", form_of(world, question=(months, "erase")))
    assert response.status_code == 422


def test_the_register_names_every_table_with_why_and_how_long(admin):
    page = admin.get(f"{PRIVACY}register/").content.decode()
    assert "Berichten: van de inwoner" in page and "zo lang als het gesprek" in page


def test_next_night_is_told_by_day(world):
    with covering([world.duinrand.id]):
        now = timezone.make_aware(datetime(2026, 11, 21, 14, 0))
        assert preview_of(world.duinrand.id, now).day.isoformat() == "2026-11-22"


def test_a_file_that_went_with_an_answer_taken_back_goes_that_night(world):
    asked = world.ask(world.duinrand, "Vraag")
    kept = IncomingFile("blijft.txt", "text/plain", b"blijft")
    with acting_for(world.duinrand.id):
        for file, wait_seconds in ((kept, 0), (IncomingFile("weg.txt", "text/plain", b"weg"), 20)):
            message = conversations.send_reply(
                conversation=asked,
                by=world.members["sanne"],
                text="Zie de bijlage.",
                key=uuid4(),
                files=[file],
                wait_seconds=wait_seconds,
            )
        conversations.take_back(delivery=message.delivery, by=world.members["sanne"])
        StoredFile.objects.update(created_at=timezone.now() - timedelta(days=2))
    night(world)
    with covering([world.duinrand.id]):
        assert [bytes(each.content) for each in StoredFile.objects.all()] == [b"blijft"]

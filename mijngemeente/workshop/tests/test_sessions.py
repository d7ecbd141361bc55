"""A session from its beginning to its erasing, through the front door."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.jobs import retain
from mijngemeente.team.actions import add_own, without_levels
from mijngemeente.team.models import OwnEntry
from mijngemeente.workshop.jobs import end
from mijngemeente.workshop.models import Answer, JoinCode, Participant, Workshop

from .steps import JOIN, PEOPLE, Phone, answers, buttons, document_of, screen

pytestmark = pytest.mark.django_db


def test_two_phones_answer_and_nothing_is_lost_until_a_person_chooses(world, session, laptop):
    anna, bo = Phone("Anna"), Phone("Bo")
    assert "Wat doe je echt?" not in anna.page()
    laptop.post(screen("step", session.id), {"step": "tasks"})
    assert "Wat doe je echt?" in anna.page()
    anna.send("tasks", person="p1", task__T01="1", hours__T01="6")
    bo.send("tasks", person="p1", task__T01="1", hours__T01="2", task__T02="1")
    page = laptop.get(screen("screen", session.id)).content.decode()
    assert "6 uur per week" in page and "2 uur per week" in page and "niet hetzelfde" in page
    assert document_of(world)["people"] == PEOPLE
    first = next(each for each in buttons(laptop, session))
    laptop.post(screen("choice", session.id), {"take": first})
    assert document_of(world)["people"][0]["tasks"] == [{"code": "T01", "hours": 6, "owner": False}]
    assert sorted(answers(world)) == [("Anna", "taken"), ("Bo", "aside"), ("Bo", "waiting")]
    assert "overgenomen" in anna.page() and "opzij gelegd" in bo.page()


def test_a_task_of_ones_own_is_asked_too(world, session, laptop):
    with acting_for(world.duinrand.id):
        baas = world.members["baas"]
        add_own(kind=OwnEntry.Kind.TASK, name="Rijmen", essence="", roles=[], by=baas)
    laptop.post(screen("step", session.id), {"step": "tasks"})
    phone = Phone("Anna")
    assert "Rijmen" in phone.page()
    phone.send("tasks", person="p1", task__ET1="1", hours__ET1="2")
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    document = document_of(world)
    assert [each["code"] for each in document["people"][0]["tasks"]] == ["ET1"]
    assert [each["name"] for each in document["own_tasks"]] == ["Rijmen"]


def test_what_was_laid_aside_can_be_taken_over_after_all(world, session, laptop):
    phone = Phone("Anna")
    phone.send("people", name="Communitymanager", hours="8")
    laptop.post(screen("step", session.id), {"step": "people"})
    laptop.post(screen("choice", session.id), {"aside": buttons(laptop, session, "aside")[0]})
    assert answers(world) == [("Anna", "aside")]
    with acting_for(world.duinrand.id):
        line = AuditLine.objects.get(verb="workshop.answers_laid_aside")
        assert (line.member_id, line.detail) == (world.members["baas"].id, {"count": 1})
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    assert document_of(world)["people"][2] == {"id": "p3", "name": "Communitymanager", "hours": 8}


def test_all_that_nobody_disputes_goes_in_at_once(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "people"})
    anna, bo = Phone("Anna"), Phone("Bo")
    anna.send("people", name="Anna", hours="8")
    anna.send("people", name="Cor")
    bo.send("people", name="anna", hours="12")
    bo.send("people", name="Cor")
    bo.send("people", name="Dik")
    together = max(buttons(laptop, session), key=len)
    laptop.post(screen("choice", session.id), {"take": together})
    assert [each["name"] for each in document_of(world)["people"]] == ["Anna", "Bo", "Cor", "Dik"]
    assert sorted(answers(world)) == [
        ("Anna", "taken"),
        ("Anna", "waiting"),
        ("Bo", "taken"),
        ("Bo", "taken"),
        ("Bo", "waiting"),
    ]


def test_nobody_takes_over_what_changed_under_their_hands(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "scope"})
    phone = Phone("Anna")
    phone.send("scope", title="Team web")
    shown = buttons(laptop, session)[0]
    phone.send("scope", title="Team online")
    answer = laptop.post(screen("choice", session.id), {"take": shown})
    assert answer.status_code == 422
    assert "net veranderd" in answer.content.decode()
    assert document_of(world)["title"] == "Online"
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    assert document_of(world)["title"] == "Team online"


def test_sent_twice_is_answered_once(world, session, laptop):
    phone, key = Phone("Anna"), str(uuid4())
    phone.send("people", name="Cor")
    phone.send("people", name="Cor")
    assert len(answers(world)) == 1
    laptop.post(screen("step", session.id), {"step": "people"})
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    phone.send("people", name="Cor")
    assert answers(world) == [("Anna", "taken")]
    assert Phone("Bo", key=key).url == Phone("Bo", key=key).url


def test_after_closing_the_code_is_dead_and_the_phone_says_so(world, session, laptop):
    phone = Phone("Anna")
    laptop.post(screen("close", session.id))
    late = Phone("Bo")
    assert "Deze code werkt niet" in late.joined.content.decode()
    assert "De sessie is afgelopen" in phone.page()
    assert phone.url not in phone.client.get(JOIN).content.decode()
    assert "De sessie is afgelopen" in phone.send("people", name="Cor").content.decode()
    assert laptop.post(screen("step", session.id), {"step": "tasks"}).status_code == 422
    assert answers(world) == []


def test_a_forgotten_session_ends_by_itself(world, session, plot, laptop):
    with acting_for(world.duinrand.id):
        Workshop.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    JoinCode.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert "Deze code werkt niet" in Phone("Anna").joined.content.decode()
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        assert Workshop.objects.filter(closed_at=None).count() == 1
        assert Workshop.objects.exclude(id=session.id).get().is_open(timezone.now())


def test_the_clock_ends_a_session_that_nobody_closed(world, session):
    phone = Phone("Anna")
    for _ in range(2):
        end(organisation_id=world.duinrand.id, id=str(session.id))
    assert "De sessie is afgelopen" in phone.page()
    assert "Deze code werkt niet" in Phone("Bo").joined.content.decode()


def test_beginning_twice_is_one_session(world, session, plot, laptop):
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        assert Workshop.objects.get().id == session.id


@pytest.mark.parametrize(("days", "erased"), [(6, False), (7, True)])
def test_names_and_answers_are_erased_on_time_with_a_record(world, session, laptop, days, erased):
    Phone("Anna").send("people", name="Cor")
    laptop.post(screen("close", session.id))
    with acting_for(world.duinrand.id):
        Workshop.objects.update(closed_at=timezone.now() - timedelta(days=days))
    retain(organisation_id=world.duinrand.id)
    with acting_for(world.duinrand.id):
        assert Answer.objects.exists() is not erased
        assert Participant.objects.exists() is not erased
        assert AuditLine.objects.filter(verb="workshop.erased").exists() is erased
        assert Workshop.objects.filter(erased_at=None).exists() is not erased
    assert JoinCode.objects.exists() is not erased


def test_what_single_people_can_do_is_never_asked_in_a_session(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "levels"})
    phone = Phone("Anna")
    assert "Stuur naar het scherm" not in phone.page()
    assert phone.send("levels", level__C01="4").status_code == 422
    assert document_of(world) == without_levels(document_of(world))


@pytest.mark.parametrize("taken", ["", "x", "x.1", f"{UUID(int=7)}.x"])
def test_a_button_that_is_not_ours_does_nothing(session, laptop, taken):
    assert laptop.post(screen("choice", session.id), {"take": taken}).status_code in (404, 422)
    assert laptop.post(screen("remove", session.id), {"participant": taken}).status_code == 404


def test_the_presenter_gets_only_what_changed_when_the_page_asks(session, laptop):
    part = laptop.get(screen("screen", session.id), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="session"')


def test_making_files_without_an_account_has_a_limit(client):
    form = {"document": '{"format": "mijngemeente-teamplot"}'}
    url = reverse("team:export", args=["json"])
    statuses = [client.post(url, form).status_code for _ in range(61)]
    assert statuses[:60] == [200] * 60
    assert statuses[60] == 429

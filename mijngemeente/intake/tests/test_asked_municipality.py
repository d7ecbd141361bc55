"""The national front door asks which municipality it is about, once, and somebody answers or nobody does."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mijngemeente.conversations.actions import hand_over
from mijngemeente.conversations.jobs import stop_waiting
from mijngemeente.conversations.models import Conversation, Message, Reading
from mijngemeente.intake.actions import keep
from mijngemeente.platform.tenancy import acting_for

from .country import TILES, none_at, only, said_to_resident

pytestmark = pytest.mark.django_db


RUBBISH = "er ligt rommel in Bergen"


def test_a_name_of_several_gets_one_question_with_the_right_buttons(country, resident, run_jobs, text_of):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    shown = resident.open(page)
    html = shown.content.decode()
    assert 'value="GM0373">Bergen (Noord-Holland)</button>' in html
    assert 'value="GM0893">Bergen (Limburg)</button>' in html
    assert html.count('name="gemeente"') == 2
    (asked,) = said_to_resident(country.national)
    assert asked.startswith("Over welke gemeente gaat dit: ")
    assert text_of(shown).count("Over welke gemeente") == 1, "it is asked once, above the buttons"
    here = only(country.national)
    assert here.status == "waiting_resident"
    assert {each.name for each in here.reading.offered} == {"Bergen (NH.)", "Bergen (L.)"}
    assert none_at(country.veenwijk)


def test_a_button_settles_it_once(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    for _ in range(2):
        assert resident.client.post(f"{page}gemeente/", {"gemeente": "GM0893"}).status_code == 303
    run_jobs()
    assert only(country.veenwijk).excerpt == RUBBISH
    assert resident.open(page)["Location"].startswith("/veenwijk/contact/")


@pytest.mark.parametrize("code", ["", "GM0855", "GM9999", "x\x00", "9" * 500])
def test_another_municipality_than_was_offered_changes_nothing(country, resident, run_jobs, code):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    assert resident.client.post(f"{page}gemeente/", {"gemeente": code}).status_code == 303
    run_jobs()
    with acting_for(country.national.id):
        assert Reading.objects.get().is_asking
    assert none_at(country.duinrand) and none_at(country.veenwijk)


def test_a_button_of_nothing_asked_changes_nothing(country, resident, run_jobs):
    page = resident.ask("duinrand", RUBBISH)
    run_jobs()
    assert resident.client.post(f"{page}gemeente/", {"gemeente": "GM0893"}).status_code == 303
    assert only(country.duinrand).status == "open"


def test_written_words_settle_it_too_and_go_along(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    resident.send(page, text="Oh, die in Limburg")
    run_jobs()
    there = only(country.veenwijk)
    with acting_for(country.veenwijk.id):
        said = Message.objects.filter(conversation=there, direction="in").order_by("id")
        assert [each.text for each in said] == [RUBBISH, "Oh, die in Limburg"]


def test_a_chosen_one_that_does_not_take_part_stays_with_a_person(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    resident.client.post(f"{page}gemeente/", {"gemeente": "GM0373"})
    run_jobs()
    assert only(country.national).status == "open"
    assert "gemeente/" not in resident.open(page).content.decode()
    told = said_to_resident(country.national)[-1]
    assert "Gemeente Bergen doet hier nog niet mee" in told
    assert "www.bergen-nh.nl" in told


def asked_and_waited(country):
    """A day later: the job that was laid ready then is due."""
    with acting_for(country.national.id):
        here = Conversation.objects.get()
    stop_waiting(organisation_id=country.national.id, id=str(here.id))
    return only(country.national)


def test_a_question_that_nobody_answers_is_for_a_person_after_a_day(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    assert only(country.national).status == "waiting_resident"
    (job,) = ProcrastinateJob.objects.filter(task_name="conversations.stop_waiting")
    assert timedelta(hours=23) < job.scheduled_at - timezone.now() <= timedelta(hours=24)
    for _ in range(2):
        here = asked_and_waited(country)
        assert (here.status, here.waiting_since is not None) == ("open", True)
    # Who answers late is helped all the same.
    resident.client.post(f"{page}gemeente/", {"gemeente": "GM0893"})
    run_jobs()
    assert only(country.veenwijk).excerpt == RUBBISH


def test_a_question_that_was_answered_asks_nobody_to_look(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    resident.client.post(f"{page}gemeente/", {"gemeente": "GM0893"})
    run_jobs()
    assert asked_and_waited(country).status == "closed"


def test_what_somebody_took_meanwhile_is_left_to_them(country, resident, run_jobs):
    resident.ask("landelijk", RUBBISH)
    run_jobs()
    with acting_for(country.national.id):
        Conversation.objects.update(assignee=country.members["land"])
    assert asked_and_waited(country).status == "waiting_resident"


def mail(text, subject="Vraag", **headers):
    message = EmailMessage()
    message["From"] = "Fatma <fatma@voorbeeld.example>"
    message["To"] = "info@landelijk.example"
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("message_id", "<een@voorbeeld.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bring(world, body):
    with acting_for(world.national.id):
        keep(inbox=world.inbox(world.national, "email"), body=body)


def test_by_mail_one_sentence_asks_and_the_answer_settles(country, run_jobs):
    bring(country, mail(RUBBISH))
    run_jobs()
    (asked,) = said_to_resident(country.national)
    assert "Bergen (Noord-Holland) of Bergen (Limburg)" in asked or "Bergen (Limburg) of" in asked
    thread = {"message_id": "<twee@voorbeeld.example>", "In_Reply_To": "<een@voorbeeld.example>"}
    bring(country, mail("Limburg", "Re: Vraag", **thread))
    run_jobs()
    assert only(country.veenwijk).subject == "Vraag"


def test_a_machine_is_asked_nothing_and_passed_on_to_nobody(country, run_jobs):
    bring(country, mail(TILES, Auto_Submitted="auto-replied"))
    run_jobs()
    assert only(country.national).status == "open"
    assert none_at(country.duinrand)


def test_what_a_colleague_handed_over_is_asked_no_longer(country, resident, run_jobs):
    page = resident.ask("landelijk", RUBBISH)
    run_jobs()
    with acting_for(country.national.id):
        here = Conversation.objects.get()
        hand_over(conversation=here, to=country.veenwijk, by=country.members["land"], told="Doorgegeven.")
        assert not Reading.objects.get().is_asking
    run_jobs()
    resident.client.post(f"{page}gemeente/", {"gemeente": "GM0373"})
    run_jobs()
    assert only(country.veenwijk).excerpt == RUBBISH


def test_of_two_with_one_name_the_earlier_one_is_more_likely(country, resident, run_jobs):
    known = {"email": "fatma@voorbeeld.example"}
    page = resident.ask("landelijk", "De speeltuin in Bergen in Limburg is stuk", **known)
    run_jobs()
    assert resident.open(page).status_code == 303
    resident.ask("landelijk", RUBBISH, **known)
    run_jobs()
    with acting_for(country.national.id):
        last = Reading.objects.order_by("id").last()
        assert last.offered[0].code == "GM0893"

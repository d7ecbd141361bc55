"""A question to a department: by link or by mail, and never a word to the resident."""

import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mijngemeente.conversations import actions
from mijngemeente.conversations.jobs import OWN_POST, mail_question
from mijngemeente.conversations.models import Conversation, Delivery, DepartmentQuestion, Message
from mijngemeente.conversations.rules.excerpts import without_resident
from mijngemeente.intake.actions import keep
from mijngemeente.organisations.models import Department
from mijngemeente.platform import lines as platform_lines
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for, covering


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ik ben Resi Dent.", "Ik ben [inwoner]."),
        ("Groet, resi", "Groet, [inwoner]"),
        ("Mail resi@x.example of ander@y.example.", "Mail [inwoner] of [inwoner]."),
        ("Bel 06 12345678 of 013-5421234.", "Bel [inwoner] of [inwoner]."),
        ("Zaak 2026-0012345 aan de Dentweg 12", "Zaak 2026-0012345 aan de Dentweg 12"),
    ],
)
def test_the_resident_is_left_out_of_what_a_department_reads(text, kept):
    assert without_resident(text, "Resi Dent", ["resi@x.example"]) == kept


@pytest.fixture
def green(world):
    with acting_for(world.duinrand.id):
        return Department.objects.create(
            organisation=world.duinrand, name="Groen", email="groen@duinrand.example"
        )


@pytest.fixture
def asked(client, world, green, run_jobs):
    """Sanne asked Groen about a tree; the mail is out."""
    conversation = world.ask(world.duinrand, "Mijn naam is Resi Dent. Wanneer wordt de boom gesnoeid?")
    with covering([world.duinrand.id]):
        said = Message.objects.get(direction="in")
    client.force_login(world.sanne)
    sent = {"department": green.id, "question": "Wanneer snoeien jullie?", "messages": [said.id]}
    response = client.post(f"/duinrand/werkplek/gesprekken/{conversation.id}/afdeling/", sent)
    assert response.status_code == 303
    run_jobs()
    client.logout()
    return conversation


def link() -> str:
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def now_of(world):
    with covering([world.duinrand.id]):
        return (
            Conversation.objects.get(),
            list(Message.objects.filter(direction="note").order_by("id")),
            DepartmentQuestion.objects.get(),
        )


def test_a_department_reads_and_answers_without_an_account(client, world, asked):
    assert mail.outbox[-1].to == ["groen@duinrand.example"]
    assert now_of(world)[0].status == "waiting_department"
    page = client.get(link()).content.decode()
    assert "Wanneer snoeien jullie?" in page and "Wanneer wordt de boom gesnoeid?" in page
    assert "Resi" not in page and "Resi" not in mail.outbox[-1].body
    answered = client.post(link(), {"answer": "In maart.", "name": "Jan"})
    assert "je antwoord is aangekomen" in answered.content.decode()
    conversation, [note], _ = now_of(world)
    assert (conversation.status, note.author) == ("open", None)
    assert note.text == "Gevraagd: Wanneer snoeien jullie?\n\nGroen, Jan antwoordt:\n\nIn maart."
    client.force_login(world.sanne)
    assert "De afdeling antwoordde op je vraag" in client.get("/werkplek/meldingen/").content.decode()
    told = client.get(f"/duinrand/werkplek/gesprekken/{asked.id}/").content.decode()
    assert "De afdeling opende de vraag" in told and "Een afdeling" in told
    with covering([world.duinrand.id]):
        assert not Delivery.objects.filter(message__text__contains="maart").exists()
        assert AuditLine.objects.filter(verb="question.viewed").exists()


def test_a_question_is_answered_once(client, world, asked):
    url = link()
    for _ in range(2):
        last = client.post(url, {"answer": "In maart."})
    assert "al beantwoord" in last.content.decode()
    assert len(now_of(world)[1]) == 1
    assert "Wanneer snoeien" not in client.get(url).content.decode()


def test_an_empty_answer_is_refused_in_a_sentence(client, world, asked):
    response = client.post(link(), {"answer": " "})
    assert response.status_code == 422
    assert "Schrijf een antwoord." in response.content.decode()


def test_an_expired_or_withdrawn_link_says_so_and_a_wrong_one_does_not_exist(client, world, asked):
    url = link()
    with acting_for(world.duinrand.id):
        DepartmentQuestion.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "Deze link is verlopen." in client.get(url).content.decode()
    assert "Deze link is verlopen." in client.post(url, {"answer": "Ja."}).content.decode()
    assert client.get(url.replace("duinrand", "veenwijk")).status_code == 404
    assert client.get("/duinrand/contact/afdeling/verzonnen/").status_code == 404
    assert now_of(world)[1] == []


def test_a_withdrawn_question_is_closed_and_the_turn_is_ours(client, world, asked):
    question = now_of(world)[2]
    client.force_login(world.bram)
    client.post(f"/duinrand/werkplek/gesprekken/{asked.id}/afdeling/{question.id}/intrekken/")
    assert now_of(world)[0].status == "open"
    assert "Deze vraag is ingetrokken." in client.get(link()).content.decode()


def test_a_reminder_mails_the_same_link_once_and_not_when_answered(client, world, asked, run_jobs):
    url = link()
    with acting_for(world.duinrand.id):
        question = DepartmentQuestion.objects.select_related("conversation").get()
        assert [actions.remind_department(question=question) for _ in range(2)] == [True, False]
    run_jobs()
    assert len([each for each in mail.outbox if each.to == ["groen@duinrand.example"]]) == 2
    assert mail.outbox[-1].subject.startswith("Herinnering: vraag van gemeente Duinrand")
    assert link() == url


def mailed(world, run_jobs, *, sender="groen@duinrand.example", to="", answers="", auto=False):
    reply = EmailMessage(policy=SMTP.clone(max_line_length=900))
    reply["From"], reply["Subject"], reply["Message-ID"] = sender, "Re: Vraag", "<antwoord@elders.example>"
    reply["To"] = to or "info@duinrand.example"
    if answers:
        reply["In-Reply-To"] = answers
    if auto:
        reply["Auto-Submitted"] = "auto-replied"
    reply.set_content("In april snoeien wij.")
    with acting_for(world.duinrand.id):
        keep(inbox=world.inbox(world.duinrand, "email"), body=reply.as_bytes())
    run_jobs()


def test_a_question_waits_while_our_mail_server_hangs(world, asked, monkeypatch):
    mail.outbox.clear()
    _, _, question = now_of(world)
    monkeypatch.setattr(platform_lines, "PATIENCE_SECONDS", 0.0)
    with platform_lines.lines.to(OWN_POST):
        mail_question(organisation_id=world.duinrand.id, id=str(question.id))
    assert mail.outbox == []
    waiting = ProcrastinateJob.objects.get(task_name="conversations.mail_question", status="todo")
    assert waiting.scheduled_at > timezone.now()
    mail_question(organisation_id=world.duinrand.id, id=str(question.id))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("by", ["address", "id"])
def test_an_answer_by_mail_is_a_note_and_never_goes_to_the_resident(world, asked, run_jobs, by):
    [sent] = [each for each in mail.outbox if each.to == ["groen@duinrand.example"]]
    marks = {"to": sent.reply_to[0]} if by == "address" else {"answers": sent.extra_headers["Message-ID"]}
    mailed(world, run_jobs, **marks)
    mailed(world, run_jobs, **marks)
    conversation, [note], question = now_of(world)
    asked_and_said = (
        "Gevraagd: Wanneer snoeien jullie?\n\nGroen antwoordt per mail (groen@duinrand.example):\n\n"
    )
    assert note.text.startswith(f"{asked_and_said}In april snoeien wij.")
    assert (conversation.status, note.author, note.is_from_stranger) == ("open", None, False)
    assert question.answered_at is not None
    with covering([world.duinrand.id]):
        assert not Delivery.objects.filter(message__text__contains="april").exists()


def test_a_mail_of_somebody_else_is_flagged(world, asked, run_jobs):
    mailed(world, run_jobs, sender="wie@elders.example", to=mail.outbox[-1].reply_to[0])
    assert now_of(world)[1][0].is_from_stranger


def test_an_out_of_office_reply_is_kept_and_answers_nothing(world, asked, run_jobs):
    mailed(world, run_jobs, to=mail.outbox[-1].reply_to[0], auto=True)
    conversation, [_], question = now_of(world)
    assert (conversation.status, question.answered_at) == ("waiting_department", None)


def test_a_question_without_department_or_words_is_refused(client, world, green):
    conversation = world.ask(world.duinrand, "Wanneer wordt de boom gesnoeid?")
    client.force_login(world.sanne)
    place = f"/duinrand/werkplek/gesprekken/{conversation.id}/afdeling/"
    response = client.post(place, {"department": "", "question": ""})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Kies een afdeling." in text and "Schrijf wat je wilt weten." in text
    assert client.post(place, {"department": green.id, "question": "x", "messages": ["y"]}).status_code == 422


def test_with_the_tick_the_department_knows_who_it_is(client, world, green, run_jobs):
    conversation = world.ask(world.duinrand, "Wanneer?")
    client.force_login(world.sanne)
    sent = {"department": green.id, "question": "Bel je haar?", "with_resident": "on"}
    client.post(f"/duinrand/werkplek/gesprekken/{conversation.id}/afdeling/", sent)
    run_jobs()
    page = client.get(link()).content.decode()
    assert "Resi Dent, resi.dent@voorbeeld.example" in page


def test_departments_are_put_on_the_list_changed_and_taken_off(client, world):
    client.force_login(world.beheer)
    place = "/duinrand/beheer/afdelingen/"
    assert client.post(place, {"name": "Groen", "email": "geen adres"}).status_code == 422
    for address in ("groen@duinrand.example", "bomen@duinrand.example"):
        client.post(place, {"name": "groen" if "bomen" in address else "Groen", "email": address})
    with covering([world.duinrand.id]):
        department = Department.objects.get()
    assert department.email == "bomen@duinrand.example"
    client.post(f"{place}{department.id}/weg/")
    page = client.get(place).content.decode()
    assert "bomen@duinrand.example" not in page and "kan zij nog beantwoorden" in page


def test_a_department_off_the_list_can_still_answer_and_the_page_says_it_is_off(client, world, asked):
    with acting_for(world.duinrand.id):
        Department.objects.update(is_active=False)
        conversation = DepartmentQuestion.objects.get().conversation_id
    client.force_login(world.sanne)
    place = f"/duinrand/werkplek/gesprekken/{conversation}/afdeling/"
    assert "niet meer op de lijst" in client.get(place).content.decode()
    client.post(link(), {"answer": "Morgen."})
    with acting_for(world.duinrand.id):
        assert DepartmentQuestion.objects.get().answered_at

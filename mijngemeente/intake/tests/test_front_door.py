"""A resident asks at the front door, follows, adds and rates; without an account, a cookie or JavaScript."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mijngemeente.conversations.actions import add_note, close, hand_over, send_reply
from mijngemeente.conversations.models import Attachment, Contact, Conversation, Message
from mijngemeente.desk.models import Satisfaction
from mijngemeente.intake.models import Payload
from mijngemeente.organisations.models import EngagementRules, InboxAddress
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db


def conversation_in(organisation):
    return Conversation.objects.get(organisation=organisation)


def reply(world, text="Elke dinsdag."):
    with acting_for(world.duinrand.id):
        conversation = conversation_in(world.duinrand)
        send_reply(conversation=conversation, by=world.members["sanne"], text=text, key=uuid4())


def test_a_question_is_kept_shown_at_once_and_becomes_a_conversation(world, resident, run_jobs, text_of):
    page = resident.ask("duinrand", "Wanneer is de markt?", name="Fatma")
    before = text_of(resident.open(page))
    assert "Het bericht is binnen." in before
    assert "Wanneer is de markt?" in before
    assert f'content="3; url={page}"' in resident.last.content.decode()
    run_jobs()
    after = text_of(resident.open(page))
    assert "Gesprek 1 ." in after
    assert after.count("Wanneer is de markt?") == 1
    assert "noscript" not in resident.last.content.decode()


def test_the_answer_stands_on_the_page_in_the_municipalitys_name(world, resident, run_jobs, text_of):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    run_jobs()
    world.people["sanne"].name = "Sanne van den Heuvel"
    world.people["sanne"].save()
    with acting_for(world.duinrand.id):
        add_note(
            conversation=conversation_in(world.duinrand),
            by=world.members["bram"],
            text="Lastige vraag",
            key=uuid4(),
        )
    reply(world)
    shown = text_of(resident.open(page))
    assert "Sanne, gemeente Duinrand" in shown
    assert "Elke dinsdag." in shown
    for hidden in ("Heuvel", "Lastige vraag", "Bram", "verzonden"):
        assert hidden not in shown


def test_an_answer_by_mail_is_promised_only_where_mail_goes_out(world, resident, run_jobs, text_of):
    page = resident.ask("duinrand", "Wanneer is de markt?", email="fatma@post.example")
    run_jobs()
    assert "op deze pagina en per e-mail" in text_of(resident.open(page))
    InboxAddress.objects.filter(organisation=world.duinrand, kind="email").update(is_active=False)
    assert "per e-mail" not in text_of(resident.open(page))
    for entry in ("/duinrand/contact/", "/duinrand/contact/chat/"):
        assert "E-mailadres" not in text_of(resident.open(entry))
    later = resident.ask("duinrand", "En de kermis?", email="fatma@post.example")
    assert "per e-mail" not in text_of(resident.open(later))


def test_a_municipality_that_signs_without_names_shows_none(world, resident, run_jobs, text_of):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(organisation=world.duinrand, signature="Met groet,\n{organisatie}")
    page = resident.ask("duinrand", "Wanneer is de markt?")
    run_jobs()
    reply(world)
    assert "Sanne" not in text_of(resident.open(page))


def test_the_resident_adds_to_the_conversation(world, resident, run_jobs, text_of):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    run_jobs()
    response = resident.send(page, text="En waar?")
    assert response.status_code == 303
    assert response["Location"].startswith(f"{page}#message-web-")
    assert "En waar?" in text_of(resident.open(page))
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == 1
        assert Contact.objects.count() == 1
        said = Message.objects.filter(direction="in").order_by("id")
        assert [message.text for message in said] == ["Wanneer is de markt?", "En waar?"]


def test_an_addition_before_the_question_is_read_in_joins_it(world, resident, run_jobs):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    resident.send(page, text="En waar?")
    with acting_for(world.duinrand.id):
        first, second = Payload.objects.order_by("id")
        # The queue promises no order.
        from mijngemeente.intake.actions import take_in

        take_in(payload=second)
        take_in(payload=first)
        assert conversation_in(world.duinrand).messages.filter(direction="in").count() == 2
    run_jobs()


def test_files_go_along_and_come_back(world, resident, run_jobs):
    photo = SimpleUploadedFile("../../lamp\u202egpj.exe", b"\xff\xd8\xff\xe0foto", "text/html")
    page = resident.ask("duinrand", "Kapotte lamp", attachments=[photo])
    assert "bijlage" not in resident.open(page).content.decode()
    run_jobs()
    with acting_for(world.duinrand.id):
        kept = Attachment.objects.get()
        assert (kept.name, kept.content_type) == ("lampgpj.exe", "image/jpeg")
    url = f"{page}bijlage/{kept.id}/"
    assert url in resident.open(page).content.decode()
    download = resident.open(url)
    assert download.content == b"\xff\xd8\xff\xe0foto"
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"


def test_files_of_notes_and_of_other_conversations_are_not_there(world, resident, run_jobs):
    page = resident.ask("duinrand", "Kapotte lamp")
    resident.ask("duinrand", "Iets anders", attachments=[SimpleUploadedFile("a.txt", b"geheim")])
    run_jobs()
    with acting_for(world.duinrand.id):
        other = Attachment.objects.get()
    assert resident.open(f"{page}bijlage/{other.id}/").status_code == 404
    assert resident.open(f"{page}bijlage/{uuid4()}/").status_code == 404


def closed(world, resident, run_jobs, reason="answered"):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    run_jobs()
    reply(world)
    with acting_for(world.duinrand.id):
        close(conversation=conversation_in(world.duinrand), by=world.members["sanne"], reason=reason)
    return page


def test_after_closing_the_resident_rates_and_may_change_it(world, resident, run_jobs, text_of):
    page = closed(world, resident, run_jobs)
    assert "Welk cijfer krijgt dit antwoord?" in text_of(resident.open(page))
    response = resident.client.post(f"{page}cijfer/", {"score": "4", "reason": "Te laat"})
    assert (response.status_code, response["Location"]) == (303, f"{page}#rating")
    resident.client.post(f"{page}cijfer/", {"score": "8", "reason": "Toch goed"})
    assert "Toch goed" in text_of(resident.open(page))
    with acting_for(world.duinrand.id):
        assert Satisfaction.objects.get().score == 8


@pytest.mark.parametrize("layout", ["", "?weergave=chat", "?weergave=widget"])
def test_a_mark_is_given_in_the_layout_it_was_asked_in(world, resident, run_jobs, layout):
    page = closed(world, resident, run_jobs)
    assert f'action="{page}cijfer/{layout}"' in resident.open(page + layout).content.decode()
    wrong = resident.client.post(f"{page}cijfer/{layout}", {"score": ""})
    assert f'action="{page}{layout}"' in wrong.content.decode()
    right = resident.client.post(f"{page}cijfer/{layout}", {"score": "8"})
    assert right["Location"] == f"{page}{layout}#rating"


@pytest.mark.parametrize("score", ["", "0", "11", "7.5", "tien", "1\x00", "-1", "9" * 500])
def test_another_mark_than_one_to_ten_is_refused(world, resident, run_jobs, text_of, score):
    page = closed(world, resident, run_jobs)
    response = resident.client.post(f"{page}cijfer/", {"score": score})
    assert response.status_code == 422
    assert "Kies een cijfer van 1 tot en met 10." in text_of(response)


@pytest.mark.parametrize("reason", ["unanswered", "spam"])
def test_only_an_answer_is_rated(world, resident, run_jobs, reason):
    page = closed(world, resident, run_jobs, reason)
    assert "cijfer/" not in resident.open(page).content.decode()
    assert resident.client.post(f"{page}cijfer/", {"score": "8"}).status_code == 404


def test_writing_after_closing_opens_the_conversation_again(world, resident, run_jobs):
    page = closed(world, resident, run_jobs)
    resident.send(page, text="En volgende week?")
    run_jobs()
    with acting_for(world.duinrand.id):
        assert conversation_in(world.duinrand).status == "open"
    assert resident.client.post(f"{page}cijfer/", {"score": "8"}).status_code == 404


def test_a_question_handed_over_shows_where_it_went(world, resident, run_jobs, text_of):
    page = resident.ask("duinrand", "Mijn straat ligt in Veenwijk")
    run_jobs()
    with acting_for(world.duinrand.id, reading=[world.veenwijk.id]):
        hand_over(
            conversation=conversation_in(world.duinrand),
            to=world.veenwijk,
            by=world.members["sanne"],
            told="Wij gaven het door.",
        )
    run_jobs()
    assert "Deze vraag is doorgegeven aan gemeente Veenwijk." in text_of(resident.open(page))
    there = next(
        part for part in resident.last.content.decode().split('"') if part.startswith("/veenwijk/contact/")
    )
    assert resident.open(there).status_code == 200


def test_a_chat_is_the_same_conversation(world, resident, run_jobs, text_of):
    response = resident.send("/duinrand/contact/chat/", text="Bent u daar?")
    assert response["Location"].endswith("?weergave=chat")
    run_jobs()
    page = resident.open(response["Location"])
    assert "Bent u daar?" in text_of(page)
    with acting_for(world.duinrand.id):
        assert conversation_in(world.duinrand).channel == "web"


def test_the_live_part_is_the_same_part(world, resident, run_jobs):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    run_jobs()
    fragment = resident.open(f"{page}berichten/").content.decode()
    assert "<html" not in fragment
    message = fragment[fragment.index("<li id=") : fragment.index("</li>")]
    assert message in resident.open(page).content.decode()


def test_sent_twice_is_one_message(world, resident, run_jobs):
    page = resident.open("/duinrand/contact/")
    mark = resident_mark(page)
    for _ in range(2):
        resident.client.post("/duinrand/contact/", {"text": "Twee keer", "formulier": mark})
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Message.objects.filter(direction="in").count() == 1


def test_changed_after_back_is_another_message_in_the_same_conversation(world, resident, run_jobs):
    mark = resident_mark(resident.open("/duinrand/contact/"))
    for text in ("Wanneer is de markt?", "Ik bedoel de weekmarkt"):
        assert (
            resident.client.post("/duinrand/contact/", {"text": text, "formulier": mark}).status_code == 303
        )
    run_jobs()
    with acting_for(world.duinrand.id):
        assert conversation_in(world.duinrand).messages.filter(direction="in").count() == 2


def resident_mark(page):
    from .conftest import mark_of

    return mark_of(page.context["organisation"].id, 30)


class TestWrongAddress:
    @pytest.mark.parametrize("tail", ["", "berichten/", "cijfer/"])
    @pytest.mark.parametrize("token", ["onzin", "A" * 43, "a-b_c"])
    def test_a_token_we_did_not_make_is_not_found(self, world, resident, token, tail):
        assert resident.open(f"/duinrand/contact/{token}/{tail}").status_code in (404, 405)
        assert resident.client.post(f"/duinrand/contact/{token}/{tail}", {"score": 8}).status_code in (
            404,
            405,
        )

    def test_a_token_of_veenwijk_opens_nothing_in_duinrand(self, world, resident, run_jobs):
        page = resident.ask("veenwijk", "Waar is de markt?")
        here = page.replace("/veenwijk/", "/duinrand/")
        for _ in range(2):
            for tail in ("", "berichten/"):
                assert resident.open(here + tail).status_code == 404
            assert resident.client.post(here, {"text": "Hallo"}).status_code == 404
            run_jobs()

    def test_a_stopped_web_inbox_has_no_form_but_keeps_what_was_said(self, world, resident, run_jobs):
        page = resident.ask("duinrand", "Wanneer is de markt?")
        run_jobs()
        InboxAddress.objects.filter(organisation=world.duinrand, kind="web").update(is_active=False)
        assert resident.open("/duinrand/contact/").status_code == 404
        assert resident.open(page).status_code == 200
        assert resident.client.post(page, {"text": "Hallo"}).status_code == 404


def test_no_page_sets_a_cookie(world, resident, run_jobs):
    page = closed(world, resident, run_jobs)
    seen = [resident.open(page)]
    for address in ("", "chat/", "widget/", "widget.js"):
        seen.append(resident.open(f"/duinrand/contact/{address}"))
    seen.append(resident.open(f"{page}berichten/"))
    seen.append(resident.send(page, text="Nog iets"))
    seen.append(resident.send("/duinrand/contact/", text=""))
    seen.append(resident.client.post(f"{page}cijfer/", {"score": "8"}))
    assert [dict(response.cookies) for response in seen] == [{}] * len(seen)
    assert not resident.client.cookies
    assert all("Cookie" not in response.get("Vary", "") for response in seen)


def test_a_personal_page_stays_out_of_caches_referrers_and_search_engines(world, resident):
    page = resident.open(resident.ask("duinrand", "Wanneer is de markt?"))
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ["", "chat/", "widget/"])
def test_what_to_do_in_danger_stands_on_every_page(world, resident, text_of, address):
    assert "Bel 112." in text_of(resident.open(f"/duinrand/contact/{address}"))


def test_direction_tricks_are_gone_on_screen(world, resident, run_jobs):
    page = resident.ask("duinrand", "Stuur naar \u202eGRUBLIT\u202c 5 \u2066euro\u2069")
    for _ in range(2):
        shown = resident.open(page).content.decode()
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)
        run_jobs()


def test_links_in_an_answer_work_and_markup_does_not(world, resident, run_jobs):
    page = resident.ask("duinrand", "<script>alert(1)</script>")
    run_jobs()
    reply(world, "Zie https://www.duinrand.example/markt <b>en</b>")
    shown = resident.open(page).content.decode()
    assert "<script>alert" not in shown
    assert '<a href="https://www.duinrand.example/markt"' in shown
    assert "&lt;b&gt;en" in shown

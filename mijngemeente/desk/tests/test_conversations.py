"""Reading one conversation, answering and noting, through the front door."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Attachment, Conversation, Delivery, Message
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

HTMX = {"HX-Request": "true"}


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug", name="Fatma Yilmaz")


def url(conversation, deed=""):
    slug = "veenwijk" if conversation.organisation_id == 4 else "duinrand"
    return f"/{slug}/werkplek/gesprekken/{conversation.id}/{deed}"


def written(text="Om 12 uur gaat de brug weer open.", *, seen=1, **more):
    return {"body": text, "key": str(uuid4()), "seen": str(seen), **more}


def read(organisation, question):
    with acting_for(organisation.id):
        return question()


def messages(world, organisation=None):
    organisation = organisation or world.duinrand
    return read(organisation, lambda: list(Message.objects.order_by("id")))


def verbs(world):
    return read(world.duinrand, lambda: list(AuditLine.objects.order_by("id").values_list("verb", flat=True)))


def test_an_open_conversation_says_who_asks_what_and_as_whom_i_answer(sanne, asked):
    page = sanne.get(url(asked)).content.decode()
    for words in ("Waarom is de brug dicht?", "Fatma Yilmaz", "gemeente Duinrand", "Met vriendelijke groet"):
        assert words in page
    assert "Beste Fatma Yilmaz," in page
    assert "naar resi.dent@voorbeeld.example" in page


def test_each_opening_is_written_down_once(sanne, world, asked):
    sanne.get(url(asked))
    assert verbs(world).count("conversation.viewed") == 1
    sanne.get(url(asked, "nieuws/"), {"seen_count": 1, "seen_last": str(messages(world)[0].id)})
    assert verbs(world).count("conversation.viewed") == 1


def test_asking_for_all_messages_anew_counts_as_an_opening(sanne, world, asked):
    answer = sanne.get(url(asked, "nieuws/"))
    assert "Waarom is de brug dicht?" in answer.content.decode()
    assert verbs(world).count("conversation.viewed") == 1


def test_an_answer_is_sent_in_the_municipalitys_name_and_the_writer_keeps_the_conversation(
    sanne, world, run_jobs
):
    asked = world.ask(world.duinrand, "Waarom is de brug dicht?", email="")
    response = sanne.post(url(asked, "antwoord/"), written())
    assert (response.status_code, response["Location"].split("?")[0]) == (303, url(asked))
    run_jobs()
    conversation = read(world.duinrand, lambda: Conversation.objects.select_related("assignee__person").get())
    assert conversation.status == Conversation.Status.WAITING_RESIDENT
    assert str(conversation.assignee) == "Sanne"
    page = sanne.get(response["Location"]).content.decode()
    assert "Om 12 uur gaat de brug weer open." in page
    assert "Sanne antwoordde" in page


def test_the_same_form_twice_is_one_message(sanne, world, asked):
    form = written()
    for _ in range(2):
        assert sanne.post(url(asked, "antwoord/"), form).status_code == 303
    assert [message.direction for message in messages(world)] == ["in", "out"]


def test_sending_and_closing_goes_on_to_the_next(sanne, world, asked):
    following = world.ask(world.duinrand, "En de sluis?", email="ander@voorbeeld.example")
    response = sanne.post(url(asked, "antwoord/?rij=vrij"), written(then="close"), follow=True)
    assert response.redirect_chain[-1][0] == f"{url(following)}?rij=vrij"
    conversation = read(world.duinrand, lambda: Conversation.objects.get(id=asked.id))
    assert conversation.is_closed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Er staat nog geen tekst."),
        ("   \n ", "Er staat nog geen tekst."),
        (
            "Beste Fatma Yilmaz,\r\n\r\n\r\n\r\nMet vriendelijke groet,\r\nSanne\r\ngemeente Duinrand",
            "nog geen antwoord",
        ),
        ("x" * 100_001, "100000"),
    ],
)
def test_a_refused_answer_says_why_and_sends_nothing(sanne, world, asked, text, words):
    response = sanne.post(url(asked, "antwoord/"), written(text))
    assert response.status_code == 422
    assert words in response.content.decode().replace(".000", "000")
    assert len(messages(world)) == 1


def test_an_answer_that_crosses_a_new_message_is_refused_and_kept(sanne, world, asked):
    world.ask(world.duinrand, "Laat maar, de brug is open.", name="Fatma Yilmaz", conversation_id=asked.id)
    form = written("Hij is nog dicht.")
    response = sanne.post(url(asked, "antwoord/"), form, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Fatma Yilmaz schreef intussen ook." in text
    assert "Hij is nog dicht." in text
    assert "Laat maar, de brug is open." in text
    assert len(messages(world)) == 2
    assert f'name="key" value="{form["key"]}"' in text
    assert 'name="seen" value="2"' in text
    again = sanne.post(url(asked, "antwoord/"), form | {"seen": "2"})
    assert again.status_code == 303


@pytest.mark.parametrize("broken", [{"key": "x"}, {"key": ""}, {"seen": ""}, {"seen": "-1"}, {"then": "x"}])
def test_a_broken_form_sends_nothing_and_says_so(sanne, world, asked, broken):
    response = sanne.post(url(asked, "antwoord/"), written("De tekst.") | broken)
    assert response.status_code == 422
    assert "De tekst." in response.content.decode()
    assert 'id="reply-errors"' in response.content.decode()
    assert len(messages(world)) == 1


def test_two_colleagues_who_answer_at_once_do_not_cross(sanne, client, world, asked):
    with acting_for(world.duinrand.id):
        actions.send_reply(conversation=asked, by=world.members["bram"], text="Ik was eerst.", key=uuid4())
    response = sanne.post(url(asked, "antwoord/"), written())
    assert response.status_code == 422
    assert "Bram antwoordde intussen ook." in response.content.decode()


def test_a_note_does_not_make_an_answer_cross(sanne, world, asked):
    with acting_for(world.duinrand.id):
        actions.add_note(conversation=asked, by=world.members["bram"], text="let op", key=uuid4())
    assert sanne.post(url(asked, "antwoord/"), written()).status_code == 303


def test_by_htmx_only_what_is_new_comes_back_with_an_empty_box(sanne, world, asked):
    place = {"seen_count": "1", "seen_last": str(messages(world)[0].id)}
    response = sanne.post(url(asked, "antwoord/"), written() | place, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert f'hx-swap-oob="beforeend:#conversation-{asked.id} #thread"' in text
    assert text.count('<article class="message') == 1
    assert "Om 12 uur" in text


def test_files_go_along_with_an_answer(sanne, world, asked):
    plan = SimpleUploadedFile("plan.txt", b"het plan", "text/plain")
    assert sanne.post(url(asked, "antwoord/"), written(uploads=[plan])).status_code == 303
    attachment = read(world.duinrand, lambda: Attachment.objects.select_related("file").get())
    assert (attachment.name, bytes(attachment.file.content)) == ("plan.txt", b"het plan")


def test_files_too_big_for_the_channel_are_refused_with_the_text_kept(sanne, world, asked):
    big = SimpleUploadedFile("groot.bin", b"0" * (26 * 1024 * 1024))
    response = sanne.post(url(asked, "antwoord/"), written("De tekst.", uploads=[big]))
    text = response.content.decode()
    assert response.status_code == 422
    assert "te groot" in text
    assert "Kies de bestanden opnieuw" in text
    assert "De tekst." in text


def test_somebody_who_left_no_address_cannot_be_answered(sanne, world):
    spoken = world.ask(world.duinrand, "aan de balie", kind="note", email="")
    assert "geen e-mailadres bekend" in sanne.get(url(spoken)).content.decode()
    assert sanne.post(url(spoken, "antwoord/"), written()).status_code == 422


def test_a_note_is_for_colleagues_only(sanne, world, asked, run_jobs):
    note = {"body": "Bel de havenmeester.", "key": str(uuid4())}
    for _ in range(2):
        assert sanne.post(url(asked, "notitie/"), note).status_code == 303
    run_jobs()
    assert [message.direction for message in messages(world)] == ["in", "note"]
    assert not read(world.duinrand, Delivery.objects.exists)
    assert "Notitie, alleen voor collega" in sanne.get(url(asked)).content.decode()


def test_an_empty_note_is_refused(sanne, asked):
    assert sanne.post(url(asked, "notitie/"), {"body": " ", "key": str(uuid4())}).status_code == 422


@pytest.mark.parametrize("deed", ["antwoord/", "notitie/", "toewijzing/", "sluiting/", "overdracht/"])
def test_a_reader_reads_and_does_nothing_else(client, world, asked, deed):
    client.force_login(world.lezer)
    page = client.get(url(asked)).content.decode()
    assert "Je leest mee in dit gesprek" in page
    assert "reply-form" not in page
    assert client.post(url(asked, deed), written()).status_code == 404


def test_the_conversation_of_another_organisation_does_not_exist(sanne, world):
    elsewhere = world.ask(world.veenwijk, "een vraag")
    assert sanne.get(url(elsewhere)).status_code == 404
    assert sanne.get(f"/duinrand/werkplek/gesprekken/{elsewhere.id}/").status_code == 404


def test_a_regional_agent_answers_for_veenwijk_in_its_name(client, world, run_jobs):
    asked = world.ask(world.veenwijk, "Waar is het loket?", name="Jan")
    read(world.veenwijk, lambda: EngagementRules.objects.create(
        organisation=world.veenwijk, form_of_address="je", salutation="Hoi {voornaam},"
    ))  # fmt: skip
    client.force_login(world.regio)
    page = client.get(url(asked)).content.decode()
    assert "spreek aan met “je”" in page
    assert "Hoi Jan," in page
    assert client.post(url(asked, "antwoord/"), written("Naast de kerk.")).status_code == 303
    (_, answer) = messages(world, world.veenwijk)
    assert answer.author == world.members["regio"]
    assert "gemeente Veenwijk" in client.get(url(asked)).content.decode()


def test_what_came_later_is_appended_and_a_strange_place_draws_all(sanne, world, asked):
    first = messages(world)[0]
    world.ask(world.duinrand, "Nog iets.", conversation_id=asked.id)
    later = sanne.get(url(asked, "nieuws/"), {"seen_count": 1, "seen_last": str(first.id)}).content.decode()
    assert "Nog iets." in later
    assert "Waarom is de brug dicht?" not in later
    strange = {"seen_count": 1, "seen_last": str(uuid4())}
    anew = f'hx-swap-oob="innerHTML:#conversation-{asked.id} #thread"'
    assert anew in sanne.get(url(asked, "nieuws/"), strange).content.decode()


def test_a_file_is_saved_never_shown_and_that_is_written_down(sanne, world):
    picture = IncomingFile('<b>"é.html', "text/html", b"<script>alert(1)</script>")
    asked = world.ask(world.duinrand, "zie bijlage", files=(picture,))
    attachment = read(world.duinrand, Attachment.objects.get)
    response = sanne.get(url(asked, f"bijlagen/{attachment.id}/"))
    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment.downloaded" in verbs(world)


def test_a_file_of_another_conversation_is_not_found_here(sanne, world, asked):
    other = world.ask(world.duinrand, "b", files=(IncomingFile("a.txt", "text/plain", b"a"),))
    attachment = read(world.duinrand, Attachment.objects.get)
    assert sanne.get(url(other, f"bijlagen/{attachment.id}/")).status_code == 200
    assert sanne.get(url(asked, f"bijlagen/{attachment.id}/")).status_code == 404


HTML = '<p>Zie <img src="cid:plaatje"><img data-remote-src="https://ver.example/a.png"></p>'


def test_html_mail_runs_in_a_sandbox_and_fetches_nothing(sanne, world):
    drawing = IncomingFile("p.png", "image/png", b"\x89PNG\r\n\x1a\n", is_inline=True, content_id="plaatje")
    asked = world.ask(world.duinrand, "zie plaatje", kind="email", html=HTML, files=(drawing,))
    message = messages(world)[0]
    response = sanne.get(url(asked, f"berichten/{message.id}/html/"))
    policy = response["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "img-src data:;" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in response.content.decode()
    assert ' src="https://ver.example' not in response.content.decode()


def test_images_from_outside_are_shown_only_when_asked_and_that_is_written_down(sanne, world):
    asked = world.ask(world.duinrand, "zie plaatje", kind="email", html=HTML)
    message = messages(world)[0]
    response = sanne.get(url(asked, f"berichten/{message.id}/html/"), {"afbeeldingen": "1"})
    assert ' src="https://ver.example/a.png"' in response.content.decode()
    assert "img-src data: https:" in response["Content-Security-Policy"]
    assert "message.images_shown" in verbs(world)


def test_a_message_without_html_has_no_such_page(sanne, world, asked):
    assert sanne.get(url(asked, f"berichten/{messages(world)[0].id}/html/")).status_code == 404


def test_warnings_stand_above_the_message(sanne, world):
    asked = world.ask(world.duinrand, "x", problems=("De tekenset is onbekend.",), folded="> eerder gezegd")
    page = sanne.get(url(asked)).content.decode()
    assert "De tekenset is onbekend." in page
    assert "Eerdere tekst en ondertekening" in page


def test_an_open_conversation_takes_few_queries_however_long_it_is(sanne, world, asked):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert sanne.get(url(asked)).status_code == 200
        return len([each for each in queries if "SAVEPOINT" not in each["sql"]])

    few = count()
    for number in range(10):
        world.ask(world.duinrand, f"en dit {number}", conversation_id=asked.id)
        sanne.post(url(asked, "notitie/"), {"body": "let op", "key": str(uuid4())})
    assert count() <= few + 1
    assert few <= 40

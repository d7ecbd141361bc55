"""Whatever is sent to the front door: a stored message, or a clear refusal that keeps the text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mijngemeente.conversations.models import Message
from mijngemeente.intake.models import Payload
from mijngemeente.intake.rules import ADDITIONS, QUESTIONS
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tallies import Tally
from mijngemeente.platform.tenancy import acting_for

from .conftest import FormFields, mark_of

pytestmark = pytest.mark.django_db

DOOR = "/duinrand/contact/"
TEXT = "Waarom brandt de lantaarn in de Zeestraat niet?"


def kept(world):
    with acting_for(world.duinrand.id):
        return Payload.objects.count()


def refused(response, words, text_of, status=422):
    """Told clearly, with the text still in the form."""
    assert response.status_code == status
    assert words in text_of(response)
    assert TEXT in response.content.decode()


def test_a_robot_that_fills_the_hidden_field_is_told_and_nothing_is_kept(world, resident, text_of):
    response = resident.send(DOOR, text=TEXT, homepage="https://spam.example")
    refused(response, "Een vak dat niet zichtbaar is, was ingevuld.", text_of)
    assert "spam.example" not in response.content.decode()
    assert kept(world) == 0


def test_faster_than_a_person_can_type_is_asked_again_and_then_taken(world, resident, text_of):
    response = resident.send(DOOR, text=TEXT, after_seconds=0.5)
    refused(response, "Dat ging wel heel snel.", text_of)
    again = {"text": TEXT, "formulier": mark_of(world.duinrand.id, 5)}
    assert resident.client.post(DOOR, again).status_code == 303


@pytest.mark.parametrize("path", ["", "chat/", "widget/"])
@pytest.mark.parametrize(
    ("text", "number"),
    [("ik wil niet meer leven", "tel:0800-0113"), ("Ik ruik gas in de hal", "tel:0800-9009")],
)
def test_a_refused_form_shows_at_once_whom_to_call(world, resident, path, text, number):
    response = resident.send(f"{DOOR}{path}", text=text, after_seconds=0.5)
    assert response.status_code == 422
    html = response.content.decode()
    assert number in html and "tel:112" in html
    assert html.index('id="help-title"') < html.index('id="error-summary"'), "help comes before what is wrong"


def test_a_refused_addition_shows_whom_to_call_too(world, resident):
    page = resident.ask("duinrand", TEXT)
    refusal = resident.client.post(page, {"text": "ik wil niet meer leven", "formulier": "onzin"})
    assert refusal.status_code == 422
    assert "tel:0800-0113" in refusal.content.decode()


def test_a_refused_ordinary_question_shows_no_alarm(world, resident):
    response = resident.send(DOOR, text=TEXT, after_seconds=0.5)
    assert 'id="help-title"' not in response.content.decode()


@pytest.mark.parametrize("mark", [None, "", "onzin", "A" * 43, "é", "\x00"])
def test_a_form_that_is_not_ours_gets_a_new_mark_and_keeps_the_text(world, resident, text_of, mark):
    data = {"text": TEXT} if mark is None else {"text": TEXT, "formulier": mark}
    response = resident.client.post(DOOR, data)
    refused(response, "Dit formulier stond lang open.", text_of)
    assert len(FormFields.of(response)["formulier"]) == 43
    assert kept(world) == 0


def test_a_form_left_open_for_days_is_renewed_and_then_taken(world, resident, text_of):
    response = resident.send(DOOR, text=TEXT, after_seconds=3 * 86400)
    refused(response, "Dit formulier stond lang open.", text_of)
    assert FormFields.of(response)["formulier"] != resident.last.wsgi_request.POST["formulier"]


def test_a_form_of_veenwijk_is_not_taken_in_duinrand(world, resident, text_of):
    data = {"text": TEXT, "formulier": mark_of(world.veenwijk.id, 30)}
    refused(resident.client.post(DOOR, data), "Dit formulier stond lang open.", text_of)


def test_too_many_questions_from_one_address_are_refused_with_the_telephone_number(world, resident, text_of):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(organisation=world.duinrand, telephone="14 0999")
    for number in range(QUESTIONS):
        resident.ask("duinrand", f"{TEXT} {number}")
    response = resident.send(DOOR, text=TEXT)
    refused(response, "Er kwamen kort na elkaar heel veel berichten.", text_of, status=429)
    assert "14 0999" in text_of(response)
    assert kept(world) == QUESTIONS
    elsewhere = {"text": TEXT, "formulier": mark_of(world.duinrand.id, 30)}
    assert resident.client.post(DOOR, elsewhere, REMOTE_ADDR="192.0.2.9").status_code == 303
    assert resident.send("/veenwijk/contact/", text=TEXT).status_code == 303


def test_a_forwarded_address_counts_only_from_our_own_proxy(world, resident):
    for number in range(QUESTIONS + 5):
        data = {"text": f"{TEXT} {number}", "formulier": mark_of(world.duinrand.id, 30)}
        response = resident.client.post(DOOR, data, headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert response.status_code == 429


def test_the_tally_holds_no_address_and_forgets(world, resident):
    resident.ask("duinrand", TEXT)
    tally = Tally.objects.get()
    assert b"127.0.0.1" not in bytes(tally.sender)
    tally.since = tally.since.replace(year=2020)
    tally.save()
    resident.ask("duinrand", TEXT)
    assert Tally.objects.get().id != tally.id


def test_a_flood_on_a_personal_page_is_refused(world, resident, text_of):
    page = resident.ask("duinrand", "Begin")
    for number in range(ADDITIONS):
        assert resident.send(page, text=f"Nog iets {number}").status_code == 303
    refused(resident.send(page, text=TEXT), "heel veel berichten", text_of, status=429)


def test_an_addition_without_our_mark_is_asked_again(world, resident, text_of):
    page = resident.ask("duinrand", "Begin")
    refused(resident.client.post(page, {"text": TEXT}), "Dit formulier stond lang open.", text_of)


@pytest.mark.parametrize("headers", [{"origin": "https://elders.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_send_the_form(world, resident, headers):
    data = {"text": TEXT, "formulier": mark_of(world.duinrand.id, 30)}
    assert resident.client.post(DOOR, data, headers=headers).status_code == 403
    assert kept(world) == 0


def test_a_browser_that_hides_its_origin_can(world, resident):
    data = {"text": TEXT, "formulier": mark_of(world.duinrand.id, 30)}
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert resident.client.post(DOOR, data, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "geen adres"}, "Dit e-mailadres klopt niet."),
        ({"email": "a" * 300 + "@voorbeeld.nl"}, "Dit e-mailadres is te lang."),
        ({"email": "a@b.nl\r\nBcc: x@y.nl"}, "Dit e-mailadres klopt niet."),
        ({"phone": "bel mij"}, "Dit telefoonnummer klopt niet."),
        ({"phone": "1" * 41}, "Dit telefoonnummer is te lang."),
        ({"name": "n" * 201}, "Deze naam is te lang."),
    ],
)
def test_what_cannot_be_right_is_told_at_the_field(world, resident, text_of, typed, words):
    refused(resident.send(DOOR, text=TEXT, **typed), words, text_of)
    assert kept(world) == 0


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x00"])
def test_an_empty_question_is_asked_again(world, resident, text_of, text):
    response = resident.send(DOOR, text=text, name="Fatma")
    assert response.status_code == 422
    assert "Er staat nog niets in het bericht." in text_of(response)
    assert 'value="Fatma"' in response.content.decode()


def test_a_megabyte_of_text_is_refused_and_kept_in_the_form(world, resident, text_of):
    long = "Waarom? " * 131_072
    response = resident.send(DOOR, text=long)
    assert response.status_code == 422
    assert "Er passen er 20.000 in." in text_of(response)
    assert long.strip() in response.content.decode()


def test_more_text_than_we_read_is_a_clear_refusal(world, resident):
    response = resident.client.post(DOOR, {"text": "x" * 3_000_000})
    assert response.status_code == 400
    assert "Dit bericht konden wij niet lezen" in response.content.decode()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("leeg.txt", b"")], "Het bestand “leeg.txt” is leeg."),
        ([(f"{n}.txt", b"x") for n in range(11)], "Dit zijn 11 bestanden. Er kunnen er 10 mee."),
        (
            [(f"{n}.bin", b"x" * 13 * 1024 * 1024) for n in range(2)],
            "De bestanden zijn samen groter dan 25 MB.",
        ),
    ],
)
def test_files_beyond_the_limits_are_refused_and_the_text_stays(world, resident, text_of, files, words):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    refused(resident.send(DOOR, text=TEXT, attachments=uploads), words, text_of)
    assert kept(world) == 0


def test_who_mends_a_form_is_told_to_choose_the_files_again(world, resident, text_of):
    upload = SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff")
    response = resident.send(DOOR, text=TEXT, email="fout", attachments=[upload])
    refused(response, "Kies de bestanden nog een keer.", text_of)
    assert "Alles wat al is ingevuld, staat er nog." not in text_of(response)


def test_exactly_what_fits_is_taken(world, resident, run_jobs):
    uploads = [SimpleUploadedFile(f"{n}.bin", b"x" * 1024 * 100) for n in range(10)]
    resident.ask("duinrand", "x" * 20_000, attachments=uploads)
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Message.objects.get(direction="in").attachments.count() == 10


def test_unreadable_signs_are_left_out_and_the_agent_is_told(world, resident, run_jobs):
    resident.ask("duinrand", "Mijn\x00 straat\x07", name="Fat\x00ma")
    run_jobs()
    with acting_for(world.duinrand.id):
        message = Message.objects.select_related("contact").get(direction="in")
        assert (message.text, message.contact.name) == ("Mijn straat", "Fatma")
        assert message.problems == ["Er zijn onleesbare tekens uit het bericht weggelaten."]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"onzin", "multipart/form-data; boundary=abc"),
        (b"--abc\r\nContent-Disposition: form-data; name=text", "multipart/form-data; boundary=abc"),
        (b"", "multipart/form-data"),
        (b"--\r\n", "multipart/form-data; boundary="),
        (b"a=1", "multipart/form-data; boundary=\xff"),
        (b"text=hallo", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"text=hallo", "application/x-www-form-urlencoded; charset=base64"),
        (b"text=%ff%fe%00", "application/x-www-form-urlencoded"),
        (b"text=" + b"&a=1" * 1001, "application/x-www-form-urlencoded"),
        (b'{"text": "hallo"}', "application/json"),
        (b"<x/>", "text/xml"),
        (b"text=hallo", ""),
    ],
)
def test_garbage_gets_a_refusal(world, client, body, content_type):
    response = client.generic("POST", DOOR, body, content_type=content_type)
    assert response.status_code in (400, 422)
    assert "<h1" in response.content.decode()
    assert kept(world) == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_not_exist(world, client, method):
    assert getattr(client, method)(DOOR).status_code == 405


texts = st.text(st.characters(codec=None), max_size=80)
fields = st.sampled_from(["text", "name", "email", "phone", "homepage", "taal", "iets"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.dictionaries(fields, texts, max_size=6),
    names=st.lists(texts, max_size=3),
    content=st.binary(max_size=60),
    query=texts,
)
def test_whatever_is_typed_is_stored_or_refused(world, run_jobs, typed, names, content, query):
    client = Client()
    data = {name: value.encode("utf-8", "surrogatepass") for name, value in typed.items()}
    data["formulier"] = mark_of(world.duinrand.id, 30)
    data["attachments"] = [_upload(name, content) for name in names]
    Tally.objects.all().delete()
    response = client.post(f"{DOOR}?taal={query.encode('utf-8', 'surrogatepass').hex()}", data)
    assert response.status_code in (303, 400, 422)
    if response.status_code == 303:
        assert client.get(response["Location"]).status_code == 200
        run_jobs()
        assert client.get(response["Location"]).status_code == 200
        with acting_for(world.duinrand.id):
            assert not Payload.objects.exclude(state="taken_in").exists()


def _upload(name, content):
    upload = SimpleUploadedFile("x", content)
    upload._name = name.encode("utf-8", "replace").decode()
    return upload

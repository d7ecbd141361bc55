"""@MijnGemeente: a resident writes to the whole country, and the right municipality has it."""

from time import perf_counter

import pytest
from django.utils import timezone

from mijngemeente.conversations.actions import close, reopen
from mijngemeente.conversations.jobs import complete_addition
from mijngemeente.conversations.models import Conversation, Link, Message, Reading
from mijngemeente.desk.actions import Contact, record_contact
from mijngemeente.intake.actions import take_in
from mijngemeente.intake.models import Payload
from mijngemeente.intake.views.marks import FIELD
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

from .conftest import FormFields
from .country import TILES, none_at, only, said_to_resident

pytestmark = pytest.mark.django_db


def test_a_place_brings_the_message_to_the_desk_of_its_municipality(country, client, resident, run_jobs):
    page = resident.ask("landelijk", TILES, name="Fatma", email="fatma@voorbeeld.example")
    run_jobs()
    there = only(country.duinrand)
    assert there.place == "Berkel-Enschot"
    assert there.reading.because[0] == "Het gaat over Tilburg, door “Berkel-Enschot”."
    assert there.topic.slug == "onderhoud-straat-fietspad-en-stoep"
    assert there.status == "open"
    with acting_for(country.duinrand.id):
        assert Link.objects.get(conversation=there).kind == Link.Kind.HANDED_OVER_FROM
        assert Message.objects.get(direction="in").text == TILES
    # The resident is told in one sentence (Awb 2:3), instead of getting a receipt as well.
    (told,) = said_to_resident(country.national)
    assert "gaat over gemeente Duinrand" in told
    client.force_login(country.sanne)
    shown = client.get(f"/duinrand/werkplek/gesprekken/{there.id}/").content.decode()
    assert "Het gaat over Tilburg, door “Berkel-Enschot”." in shown
    assert page.startswith("/landelijk/")


def test_the_resident_is_led_to_the_municipalitys_own_page(country, resident, run_jobs, text_of):
    page = resident.ask("landelijk", TILES)
    run_jobs()
    response = resident.open(page)
    assert response.status_code == 303
    assert response["Location"].startswith("/duinrand/contact/")
    shown = resident.open(response["Location"])
    assert "Duinrand" in text_of(shown) and TILES in text_of(shown)
    assert resident.open(f"{page}?weergave=chat")["Location"].endswith("?weergave=chat")


LAMP = "En de lamp is ook stuk"


def test_what_a_resident_adds_here_goes_after_what_was_passed_on(country, resident, run_jobs, text_of):
    page = resident.ask("landelijk", TILES)
    mark = FormFields.of(resident.open(page))[FIELD]
    run_jobs()
    resident.client.post(page, {FIELD: mark, "text": LAMP})
    # Until it is read it stands here, and nobody is led past it.
    shown = resident.open(page)
    assert shown.status_code == 200
    assert LAMP in text_of(shown) and "gemeente Duinrand" in text_of(shown)
    run_jobs()
    assert LAMP in text_of(resident.open(resident.open(page)["Location"]))
    assert only(country.national).status == "closed"
    there = only(country.duinrand)
    assert (there.status, there.excerpt) == ("open", LAMP)
    with acting_for(country.duinrand.id):
        said = Message.objects.filter(conversation=there, direction="in").order_by("id")
        assert [each.text for each in said] == [TILES, LAMP]


def test_an_addition_opens_what_was_closed_there_and_comes_once(country, resident, run_jobs):
    page = resident.ask("landelijk", TILES)
    mark = FormFields.of(resident.open(page))[FIELD]
    run_jobs()
    with acting_for(country.duinrand.id):
        close(conversation=Conversation.objects.get(), by=country.members["sanne"], reason="answered")
    resident.client.post(page, {FIELD: mark, "text": LAMP})
    run_jobs()
    assert only(country.duinrand).status == "open"
    with acting_for(country.national.id):
        added = Message.objects.get(text=LAMP)
        link = Link.objects.get()
    again = {"from_organisation": str(country.national.id), "id": str(added.id)}
    complete_addition(organisation_id=country.duinrand.id, to=str(link.other_conversation_id), **again)
    with acting_for(country.duinrand.id):
        assert Message.objects.filter(text=LAMP).count() == 1


def test_danger_in_an_addition_is_seen_on_both_sides(country, resident, run_jobs):
    page = resident.ask("landelijk", TILES)
    mark = FormFields.of(resident.open(page))[FIELD]
    run_jobs()
    resident.client.post(page, {FIELD: mark, "text": "Ik ruik nu ook gas in de hal"})
    run_jobs()
    assert (only(country.national).status, only(country.national).alarm) == ("open", "danger")
    assert only(country.duinrand).alarm == "danger"


def test_what_somebody_here_took_up_again_stays_with_them(country, resident, run_jobs):
    page = resident.ask("landelijk", TILES)
    mark = FormFields.of(resident.open(page))[FIELD]
    run_jobs()
    with acting_for(country.national.id):
        reopen(conversation=Conversation.objects.get(), by=country.members["land"])
    resident.client.post(page, {FIELD: mark, "text": LAMP})
    run_jobs()
    assert only(country.national).status == "open"
    assert only(country.duinrand).excerpt == TILES


def test_until_it_stands_there_the_page_says_where_it_went(country, resident, run_jobs, text_of):
    page = resident.ask("landelijk", TILES)
    # A worker that reads it in, and dies: what is left to do stands in the queue.
    with acting_for(country.national.id):
        take_in(payload=Payload.objects.select_related("inbox__organisation").get())
    shown = resident.open(page)
    assert shown.status_code == 200
    assert "doorgegeven aan gemeente Duinrand" in text_of(shown)
    assert none_at(country.duinrand)
    run_jobs()
    assert resident.open(page).status_code == 303


def test_a_municipality_that_does_not_take_part_is_named_in_the_national_queue(country, resident, run_jobs):
    resident.ask("landelijk", "De lantaarnpaal in Dokkum is stuk")
    run_jobs()
    here = only(country.national)
    assert here.status == "open"
    assert here.reading.because[0].endswith("Deze gemeente doet nog niet mee.")
    assert said_to_resident(country.national)[0].startswith("Het bericht is ontvangen.")


def test_a_message_without_a_place_waits_in_the_national_queue(country, resident, run_jobs):
    resident.ask("landelijk", "Wanneer wordt het papier opgehaald?")
    run_jobs()
    here = only(country.national)
    assert (here.status, here.place, here.reading.decision) == ("open", "", "unknown")


def test_a_stopped_municipality_gets_nothing(country, resident, run_jobs):
    country.duinrand.is_active = False
    country.duinrand.save()
    resident.ask("landelijk", TILES)
    run_jobs()
    assert only(country.national).status == "open"


def test_a_municipality_keeps_what_was_written_to_it(country, resident, run_jobs):
    resident.ask("duinrand", "Er ligt glas in Bergen op Zoom")
    run_jobs()
    here = only(country.duinrand)
    assert here.status == "open"
    assert here.reading.offered[0].name == "Bergen op Zoom"


@pytest.mark.parametrize("slug", ["landelijk", "duinrand"])
def test_whoever_is_in_distress_sees_at_once_whom_to_call(country, resident, run_jobs, text_of, slug):
    page = resident.ask(slug, "ik zie het niet meer zitten, ik wil niet meer leven")
    assert "0800-0113" in text_of(resident.open(page))
    run_jobs()
    shown = resident.open(page).content.decode()
    assert 'href="tel:112"' in shown and "113.nl" in shown
    assert only(getattr(country, "national" if slug == "landelijk" else slug)).alarm == "distress"


def test_whoever_is_in_distress_waits_for_no_answer_to_a_question(country, resident, run_jobs):
    resident.ask("landelijk", "ik zie het niet meer zitten, ik woon in Bergen")
    run_jobs()
    here = only(country.national)
    assert (here.status, here.alarm, here.reading.decision) == ("open", "distress", "ask")


def test_danger_shows_112_and_an_ordinary_question_does_not(country, resident, run_jobs, text_of):
    assert "Bel 112" in text_of(resident.open(resident.ask("duinrand", "Ik ruik gas in de hal")))
    calm = resident.open(resident.ask("veenwijk", "Wanneer is de markt?"))
    assert 'id="help-title"' not in calm.content.decode()


@pytest.mark.parametrize(
    ("text", "alarm", "numbers"),
    [
        ("ik zie het niet meer zitten", "distress", ("tel:112", "tel:0800-0113", "113.nl")),
        ("er hangt een gaslucht in het trappenhuis", "danger", ("tel:112", "tel:0800-9009")),
        ("er staat water op straat en er zit een kind in", "danger", ("tel:112",)),
    ],
)
def test_the_numbers_stand_there_at_once_and_the_desk_has_it_on_top(
    country, client, resident, run_jobs, text, alarm, numbers
):
    """Before any job ran, with the municipality's own words; then first in the row, with one key to answer."""
    with acting_for(country.duinrand.id):
        EngagementRules.objects.update_or_create(
            organisation=country.duinrand,
            defaults={"emergency": "Bel ook 14 0999.", "answer_promise": "Binnen een werkdag."},
        )
    country.ask(country.duinrand, "Wanneer is de markt?")
    before = timezone.now()
    page = resident.ask("duinrand", text)
    began = perf_counter()
    shown = resident.open(page).content.decode()
    assert perf_counter() - began < 2, "the numbers stand there at once"
    assert all(each in shown for each in (*numbers, "Bel ook 14 0999."))
    run_jobs()
    client.force_login(country.sanne)
    desk = client.get("/werkplek/?rij=unassigned")
    assert desk.context["list"].rows[0].conversation.excerpt == text
    announced = client.get("/werkplek/nieuws/", {"rij": "mine", "sinds": before.isoformat()}).content.decode()
    assert "lijkt in nood of gevaar" in announced
    with acting_for(country.duinrand.id):
        conversation = Conversation.objects.get(excerpt=text)
        assert (conversation.alarm, conversation.priority) == (alarm, 2)
    url = f"/duinrand/werkplek/gesprekken/{conversation.id}/"
    opened = client.get(url).content.decode()
    assert "Bel ook 14 0999." in opened
    assert 'data-key="h"' in opened
    assert ("Er is geen gevaar" in opened) == (alarm == "danger")
    with acting_for(country.duinrand.id):
        receipts = list(Message.objects.filter(conversation=conversation, is_automatic=True))
    assert all("werkdag" not in each.text for each in receipts), "nobody in danger is told to wait"
    client.post(f"{url}eerste-antwoord/")
    run_jobs()
    assert "112" in next(each.text for each in answers_of(conversation))


def answers_of(conversation):
    with acting_for(conversation.organisation_id):
        return list(Message.objects.filter(conversation=conversation, direction="out", is_automatic=False))


def test_what_a_colleague_wrote_down_is_not_read(country):
    with acting_for(country.duinrand.id):
        contact = Contact(key=uuid7(), subject="Telefoongesprek", text=TILES)
        recorded = record_contact(organisation=country.duinrand, by=country.members["sanne"], contact=contact)
        assert not Reading.objects.filter(conversation=recorded).exists()

"""What an administrator sees of the post: stuck letters, unreadable payloads, work that does not succeed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mijngemeente.channels.contract import WireError
from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.actions import claim, record_failure, send_reply
from mijngemeente.conversations.models import Delivery, Message
from mijngemeente.intake.actions import keep
from mijngemeente.intake.models import Payload
from mijngemeente.platform import jobs
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

from .administrator import BASE, lines

LETTERS = f"{BASE}post/"


PAYLOADS = f"{BASE}post/in/"


@pytest.fixture
def stuck(world):
    """Make the answer to a new question end as the error says; returns its delivery."""

    def make(error: WireError, *, is_idempotent: bool = True) -> Delivery:
        conversation = world.ask(world.duinrand, "Waar blijft mijn paspoort?", email="")
        with acting_for(world.duinrand.id):
            message = send_reply(
                conversation=conversation, by=world.members["sanne"], text="Een geheim antwoord.", key=uuid4()
            )
            delivery = Delivery.objects.select_related("message__conversation").get(message=message)
            claim(delivery)
            record_failure(delivery=delivery, error=error, is_idempotent=is_idempotent)
            delivery.refresh_from_db()
        return delivery

    return make


def state_of(delivery: Delivery) -> str:
    with acting_for(delivery.organisation_id):
        return Delivery.objects.get(id=delivery.id).state


def test_what_failed_is_seen_and_sent_again_without_reading_it(beheer, stuck, run_jobs):
    delivery = stuck(WireError("Dit adres bestaat niet.", permanent=True))
    page = beheer.get(LETTERS).content.decode()
    assert "Dit adres bestaat niet." in page
    assert "Bericht in gesprek 1" in page
    assert "geheim antwoord" not in page and "paspoort" not in page
    beheer.post(f"{LETTERS}uit/{delivery.id}/opnieuw/")
    run_jobs()
    assert state_of(delivery) == "delivered"
    again = beheer.post(f"{LETTERS}uit/{delivery.id}/opnieuw/", follow=True)
    assert "kan niet nog een keer worden verzonden" in again.content.decode()


def test_what_is_uncertain_can_be_called_arrived(beheer, stuck):
    delivery = stuck(WireError("De lijn viel weg.", spoken=True), is_idempotent=False)
    assert "Is aangekomen" in beheer.get(LETTERS).content.decode()
    beheer.post(f"{LETTERS}uit/{delivery.id}/aangekomen/")
    assert state_of(delivery) == "sent"
    again = beheer.post(f"{LETTERS}uit/{delivery.id}/aangekomen/", follow=True)
    assert "kan niet" in again.content.decode()


def test_only_what_waits_too_long_is_shown(beheer, world, stuck):
    delivery = stuck(WireError("Even geen verbinding."))
    assert "Even geen verbinding." not in beheer.get(LETTERS).content.decode()
    with acting_for(world.duinrand.id):
        Message.objects.filter(id=delivery.message_id).update(
            created_at=timezone.now() - timedelta(minutes=6)
        )
    page = beheer.get(LETTERS).content.decode()
    assert "Even geen verbinding." in page and "wordt vanzelf opnieuw geprobeerd" in page


def test_a_letter_of_another_organisation_does_not_exist(client, world, stuck):
    delivery = stuck(WireError("Weg.", permanent=True))
    client.force_login(world.veenbeheer)
    for verb in ("opnieuw", "aangekomen"):
        assert client.post(f"/veenwijk/beheer/post/uit/{delivery.id}/{verb}/").status_code == 404
    assert "Weg." not in client.get("/veenwijk/beheer/post/").content.decode()
    assert state_of(delivery) == "failed"


@pytest.fixture
def unreadable(world, run_jobs):
    """Bytes that came in and could not be read; returns their payload."""

    def make(body: bytes = b"geen bericht") -> Payload:
        with acting_for(world.duinrand.id):
            payload = keep(inbox=world.inbox(world.duinrand, "web"), body=body).payload
        run_jobs()
        return payload

    return make


def test_what_could_not_be_read_is_kept_and_seen_as_it_came(beheer, world, unreadable):
    payload = unreadable(b"<script>alert(1)</script>\x00\xff\xe2\x80\xae draai")
    assert "Dit is geen bericht van het webformulier." in beheer.get(PAYLOADS).content.decode()
    page = beheer.get(f"{PAYLOADS}{payload.id}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd\ufffd\ufffd draai" in page
    assert "<script>alert(1)" not in page
    assert lines(world.duinrand) == ["payload.viewed"]


def test_the_links_below_the_list_open_the_next_page(beheer, world):
    inbox = world.inbox(world.duinrand, "web")
    with acting_for(world.duinrand.id):
        for number in range(51):
            Payload.objects.create(
                organisation=world.duinrand,
                inbox=inbox,
                digest=number.to_bytes(32, "big"),
                body=b"?",
                size_bytes=1,
                state=Payload.State.UNREADABLE,
            )
    assert "?pagina=2" in beheer.get(PAYLOADS).content.decode()
    assert "51 tot 51 van 51" in beheer.get(f"{PAYLOADS}?pagina=2").content.decode()


def test_the_bytes_are_downloaded_as_a_file_that_no_browser_opens(beheer, world, unreadable):
    body = b"<script>alert(1)</script>" * 10
    response = beheer.get(f"{PAYLOADS}{unreadable(body).id}/bestand/")
    assert response.content == body
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert lines(world.duinrand) == ["payload.viewed"]


def test_only_the_beginning_of_much_is_shown(beheer, unreadable):
    payload = unreadable(b"begin" + b"x" * 200_000 + b"einde")
    page = beheer.get(f"{PAYLOADS}{payload.id}/").content.decode()
    assert "begin" in page and "einde" not in page
    assert "De rest zit in de download." in page


def test_reading_again_takes_in_what_can_now_be_read(beheer, world, unreadable, run_jobs):
    payload = unreadable()
    beheer.post(f"{PAYLOADS}{payload.id}/opnieuw/")
    run_jobs()
    page = beheer.get(f"{PAYLOADS}{payload.id}/")
    assert page.context["payload"].attempts == 2
    # As an upgrade with a better parser would find it.
    with acting_for(world.duinrand.id):
        Payload.objects.update(body=body_of(Submission(key=uuid4(), text="Nu wel te lezen.")))
    beheer.post(f"{PAYLOADS}{payload.id}/opnieuw/")
    run_jobs()
    assert beheer.get(f"{PAYLOADS}{payload.id}/").status_code == 404
    assert beheer.get(f"{PAYLOADS}{payload.id}/bestand/").status_code == 404
    with acting_for(world.duinrand.id):
        assert Message.objects.filter(text="Nu wel te lezen.").exists()


def test_what_became_a_message_is_not_for_the_administrator(beheer, world, unreadable):
    payload = unreadable(body_of(Submission(key=uuid4(), text="Iets voor de medewerker.")))
    for verb in ("", "bestand/"):
        assert beheer.get(f"{PAYLOADS}{payload.id}/{verb}").status_code == 404
    assert beheer.post(f"{PAYLOADS}{payload.id}/opnieuw/").status_code == 404
    assert "Iets voor de medewerker." not in beheer.get(PAYLOADS).content.decode()


def test_a_payload_of_another_organisation_does_not_exist(client, world, unreadable):
    payload = unreadable()
    client.force_login(world.veenbeheer)
    for organisation in ("duinrand", "veenwijk"):
        for verb in ("", "bestand/"):
            assert client.get(f"/{organisation}/beheer/post/in/{payload.id}/{verb}").status_code == 404
        assert client.post(f"/{organisation}/beheer/post/in/{payload.id}/opnieuw/").status_code == 404


def test_the_overview_shows_work_that_does_not_succeed_and_whose_it_is(beheer, client, world):
    with acting_for(world.duinrand.id):
        for number in range(3):
            jobs.later("intake.take_in", organisation_id=world.duinrand.id, id=f"zomaar-{number}")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = 720, status = 'failed' WHERE args ->> 'id' = 'zomaar-0'"
        )
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 5 WHERE args ->> 'id' = 'zomaar-1'")
    page = beheer.get(BASE).content.decode()
    assert page.count("Een bericht van een inwoner lezen<") == 2
    assert "720 keer" in page and "opgegeven" in page and "zomaar" not in page
    client.force_login(world.veenbeheer)
    assert "Werk dat niet lukt" not in client.get("/veenwijk/beheer/").content.decode()


@pytest.fixture
def failing(world):
    """Work of Duinrand that was given up, and work that is tried again in an hour."""
    with acting_for(world.duinrand.id):
        for name in ("given-up", "waiting"):
            jobs.later("intake.take_in", organisation_id=world.duinrand.id, once=name, id=name)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = 720, scheduled_at = now() + interval '1 hour',"
            " status = (CASE WHEN queueing_lock = 'waiting' THEN 'todo' ELSE 'failed' END)"
            "::procrastinate_job_status WHERE queueing_lock IN ('given-up', 'waiting')"
        )
    rows = ProcrastinateJob.objects.filter(queueing_lock__in=("given-up", "waiting"))
    return {each.queueing_lock: each.id for each in rows}


@pytest.mark.parametrize("name", ["given-up", "waiting"])
def test_work_that_does_not_succeed_is_tried_again_at_once(beheer, world, failing, name):
    address = f"{BASE}werk/{failing[name]}/opnieuw/"
    assert address in beheer.get(BASE).content.decode()
    answer = beheer.post(address, follow=True)
    assert "wordt nu opnieuw geprobeerd" in answer.content.decode()
    job = ProcrastinateJob.objects.get(id=failing[name])
    assert (job.status, job.scheduled_at) == ("todo", None)
    with acting_for(world.duinrand.id):
        line = AuditLine.objects.latest("id")
        assert (line.verb, line.detail) == ("job.retried", {"job": failing[name]})


def test_work_that_was_begun_or_queued_anew_in_the_meantime_is_left_alone(beheer, world, failing):
    with acting_for(world.duinrand.id):
        jobs.later("intake.take_in", organisation_id=world.duinrand.id, once="given-up", id="given-up")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE queueing_lock = 'waiting'")
    for number in failing.values():
        answer = beheer.post(f"{BASE}werk/{number}/opnieuw/", follow=True)
        assert "Dit hoeft niet meer" in answer.content.decode()
    with acting_for(world.duinrand.id):
        assert not AuditLine.objects.filter(verb="job.retried").exists()


def test_work_of_another_organisation_does_not_exist(client, world, failing):
    client.force_login(world.veenbeheer)
    for organisation in ("duinrand", "veenwijk"):
        address = f"/{organisation}/beheer/werk/{failing['given-up']}/opnieuw/"
        assert client.post(address).status_code == 404
    assert ProcrastinateJob.objects.get(id=failing["given-up"]).status == "failed"


def test_the_overview_counts_what_needs_attention(beheer, stuck, unreadable):
    stuck(WireError("Weg.", permanent=True))
    unreadable()
    figures = {each.name: each.number for each in beheer.get(BASE).context["figures"]}
    assert (figures["Verzending"], figures["Onleesbare post"]) == (1, 1)
    assert figures["Mensen"] == 8

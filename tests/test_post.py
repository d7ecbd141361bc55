"""E-mail with real counterparts: Dovecot for what comes in, SMTP for what goes out."""

import asyncio
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.channels.contract import Watch, Way, WireError
from mijngemeente.channels.email.oauth import AccessTokens
from mijngemeente.channels.email.wire import EmailWire
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import Delivery, Message
from mijngemeente.intake import jobs
from mijngemeente.intake.models import Payload
from mijngemeente.intake.watch import watch
from mijngemeente.organisations.models import InboxAddress, InboxHealth
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.post import (
    connect_mail,
    require_dovecot,
    running_dovecot,
    running_token_server,
    wait_until,
)
from tests.post_office import loop_in_thread
from tests.test_mail import mail

pytestmark = pytest.mark.dovecot


@pytest.fixture
def inbox(world):
    return world.inbox(world.duinrand, "email")


@pytest.fixture
def connected(inbox, dovecot, post_office):
    """Duinrand's inbox with a mailbox and a way out."""
    connect_mail(inbox, **dovecot.settings(), **post_office.settings())
    return inbox


def poll(inbox):
    jobs.poll(organisation_id=inbox.organisation_id, id=str(inbox.id))


def health(inbox, direction):
    with acting_for(inbox.organisation_id):
        return InboxHealth.objects.get(inbox=inbox, direction=direction)


def messages(inbox, **wanted):
    with acting_for(inbox.organisation_id):
        return list(Message.objects.filter(**wanted).select_related("conversation").order_by("id"))


def test_the_mailbox_of_an_organisation_that_left_is_not_opened(connected, world, dovecot):
    dovecot.bring(mail(message_id="vraag@voorbeeld.example"))
    world.duinrand.is_active = False
    world.duinrand.save()
    poll(connected)
    assert messages(connected) == []
    with acting_for(connected.organisation_id):
        assert not Payload.objects.exists()


def test_a_resident_mails_and_gets_an_answer_and_mails_back(connected, world, dovecot, post_office, run_jobs):
    dovecot.bring(mail(message_id="vraag@voorbeeld.example", text="Wanneer komt de gft?"))
    poll(connected)
    run_jobs()
    (question,) = messages(connected, direction="in")
    with acting_for(world.duinrand.id):
        send_reply(
            conversation=question.conversation, by=world.members["sanne"], text="Dinsdag.", key=uuid4()
        )
    run_jobs()
    receipt, answer = [message_from_bytes(letter.content) for letter in post_office.letters]
    assert (receipt["Auto-Submitted"], answer["Auto-Submitted"]) == ("auto-replied", None)
    assert answer["In-Reply-To"] == receipt["Message-ID"]
    assert answer["References"].split()[0] == "<vraag@voorbeeld.example>"

    dovecot.bring(
        mail(
            message_id="dank@voorbeeld.example",
            subject="Re: Gft",
            text="Dank u!",
            to=answer["Reply-To"],
            In_Reply_To=answer["Message-ID"],
        )
    )
    poll(connected)
    run_jobs()
    assert [
        each.text for each in messages(connected, conversation=question.conversation, is_automatic=False)
    ] == [
        "Wanneer komt de gft?",
        "Dinsdag.",
        "Dank u!",
    ]
    assert len(post_office.letters) == 2


def test_a_mail_is_fetched_once_and_stays_in_the_mailbox_unread(connected, dovecot):
    dovecot.bring(mail(message_id="1@x"))
    poll(connected)
    dovecot.bring(mail(message_id="2@x"))
    poll(connected)
    poll(connected)
    with acting_for(connected.organisation_id):
        assert Payload.objects.count() == 2
    assert health(connected, "in").position.endswith(":2")
    wire = EmailWire(lambda: b"", {"127.0.0.1"})
    assert len(list(wire.fetch(dovecot.settings(), ""))) == 2


def test_a_mailbox_made_anew_is_read_again_and_doubles_nothing(connected, dovecot):
    for number in range(3):
        dovecot.bring(mail(message_id=f"{number}@x"))
    poll(connected)
    before = health(connected, "in").position
    dovecot.begin_anew()
    dovecot.bring(mail(message_id="nieuw@x"))
    poll(connected)
    after = health(connected, "in").position
    assert before.partition(":")[0] != after.partition(":")[0]
    with acting_for(connected.organisation_id):
        assert Payload.objects.count() == 4


def test_a_changed_password_shows_and_reading_resumes_by_itself(connected, dovecot):
    dovecot.bring(mail(message_id="voor@x"))
    poll(connected)
    dovecot.set_password("nieuw")
    dovecot.bring(mail(message_id="na@x"))
    poll(connected)
    failing = health(connected, "in")
    assert failing.failing_since
    assert "weigert" in failing.problem
    dovecot.set_password("geheim")
    poll(connected)
    assert health(connected, "in").failing_since is None
    with acting_for(connected.organisation_id):
        assert Payload.objects.count() == 2
        lines = AuditLine.objects.filter(subject_id=connected.id).order_by("id")
        assert list(lines.values_list("verb", flat=True)) == ["inbox.failed", "inbox.recovered"]


def test_a_mail_server_that_is_down_shows_and_comes_back(connected, dovecot):
    dovecot.stop()
    poll(connected)
    assert "neemt op deze poort geen verbindingen aan" in health(connected, "in").problem
    dovecot.start()
    dovecot.bring(mail(message_id="1@x"))
    poll(connected)
    assert health(connected, "in").failing_since is None


def test_sending_and_receiving_fail_and_recover_separately(connected, world, dovecot, post_office, run_jobs):
    post_office.says["CONNECT"] = "421 nu niet"
    dovecot.bring(mail(message_id="1@x"))
    poll(connected)
    run_jobs()
    assert health(connected, "in").failing_since is None
    assert "421" in health(connected, "out").problem
    with acting_for(world.duinrand.id):
        assert Delivery.objects.get().state == "queued"
    assert not messages(connected, direction="in")[0].conversation.is_closed


def test_what_waited_goes_out_as_soon_as_the_server_is_back(connected, world, dovecot, post_office, run_jobs):
    post_office.says["CONNECT"] = "421 nu niet"
    for number in range(3):
        dovecot.bring(mail(message_id=f"{number}@x", sender=f"r{number}@voorbeeld.example"))
    poll(connected)
    run_jobs()
    with acting_for(world.duinrand.id):
        waiting = Delivery.objects.filter(state="queued", next_attempt_at__gt=timezone.now())
        assert waiting.count() == 3
        first = str(waiting.order_by("id")[0].id)
    post_office.says.clear()
    from mijngemeente.conversations.jobs import deliver

    deliver(organisation_id=world.duinrand.id, id=first)
    run_jobs()
    assert len(post_office.letters) == 3
    assert health(connected, "out").failing_since is None


def forget_jobs():
    from django.db import connection
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert ProcrastinateJob.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_reading_may_stop_halfway_and_goes_on_where_it_stopped(dovecot):
    for number in range(5):
        dovecot.bring(mail(message_id=f"{number}@x"))
    wire = EmailWire(lambda: b"", {"127.0.0.1"})
    some = wire.fetch(dovecot.settings(), "")
    first = next(some)
    some.close()
    rest = list(wire.fetch(dovecot.settings(), first.position))
    assert len(rest) == 4


def test_an_account_is_tried_out_without_reading(dovecot):
    wire = EmailWire(lambda: b"", {"127.0.0.1"})
    wire.try_out(dovecot.settings(), Way.IN)
    with pytest.raises(WireError, match="weigert") as caught:
        wire.try_out(dovecot.settings(password="fout"), Way.IN)
    assert caught.value.account
    with pytest.raises(WireError, match="eigen netwerk"):
        EmailWire(lambda: b"").try_out(dovecot.settings(), Way.IN)


def test_a_token_opens_the_mailbox_and_a_new_one_is_asked_after_a_refusal():
    require_dovecot()
    with running_token_server() as tokens, running_dovecot(token_info=f"{tokens.url}/info") as dovecot:
        tokens.tokens = {"ververs": "een"}
        wire = EmailWire(lambda: b"", {"127.0.0.1"}, tokens=AccessTokens(google=tokens.url))
        settings = dovecot.settings(password="") | {
            "oauth_provider": "google",
            "oauth_client_id": "c",
            "oauth_refresh_token": "ververs",
        }
        dovecot.bring(mail(message_id="1@x"))
        assert len(list(wire.fetch(settings, ""))) == 1
        tokens.tokens = {"ververs": "twee"}
        with pytest.raises(WireError):
            list(wire.fetch(settings, ""))
        assert len(list(wire.fetch(settings, ""))) == 1
        assert [form["grant_type"] for form in tokens.asked] == ["refresh_token", "refresh_token"]


def test_news_is_heard_within_seconds(dovecot):
    wire, looks, is_over = EmailWire(lambda: b"", {"127.0.0.1"}), [], threading.Event()
    stay = threading.Thread(
        target=wire.stay_with,
        args=[dovecot.settings(), Watch(60, lambda: looks.append(time.monotonic()), is_over.is_set)],
        daemon=True,
    )
    stay.start()
    wait_until(lambda: len(looks) == 1)
    time.sleep(0.5)
    brought = time.monotonic()
    dovecot.bring(mail(message_id="1@x"))
    wait_until(lambda: len(looks) > 1)
    assert looks[1] - brought < 3
    is_over.set()
    stay.join(10)
    assert not stay.is_alive()


# ---- watching, with real commits and several watchers


@contextmanager
def watching():
    """One worker's watch, in a thread with a loop of its own."""
    with loop_in_thread() as loop:
        yield asyncio.run_coroutine_threadsafe(watch(), loop)


def queued_polls():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(task_name="intake.poll").count()


def test_two_watchers_hold_one_lock_and_a_stopped_inbox_is_left(committed_world, dovecot):
    inbox = committed_world.inbox(committed_world.duinrand, "email")
    connect_mail(inbox, **dovecot.settings())
    with watching() as first, watching() as second:
        wait_until(lambda: idlers(dovecot) == 1)
        wait_until(lambda: queued_polls() == 1)
        time.sleep(1)
        assert idlers(dovecot) == 1
        forget_jobs()
        dovecot.bring(mail(message_id="1@x"))
        wait_until(lambda: queued_polls() == 1, 5)
        InboxAddress.objects.filter(id=inbox.id).update(is_active=False)
        wait_until(lambda: idlers(dovecot) == 0, 25)
        assert not first.done()
        assert not second.done()


def idlers(dovecot):
    """How many clients are signed in, as Dovecot sees it."""
    master = dovecot.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return sum(1 for each in children if _name_of(each) == "imap")


def _name_of(process):
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return ""


def test_an_administrator_connects_a_mailbox_and_reads_whether_it_works(
    world, client, dovecot, post_office, run_jobs
):
    client.force_login(world.beheer)
    filled = {
        "name": "Vragen",
        "email": "vragen@duinrand.example",
        **dovecot.settings(password="fout"),
        **post_office.settings(),
    }
    answer = client.post("/duinrand/beheer/postvakken/nieuw/?kanaal=email", filled)
    assert answer.status_code == 302, answer.context["form"].errors
    run_jobs()
    inbox = InboxAddress.objects.get(address="vragen@duinrand.example")
    page = client.get("/duinrand/beheer/postvakken/").content.decode()
    assert "werkt niet: ontvangen" in page
    assert "Het postvak weigert" in page

    dovecot.bring(mail(message_id="wacht@x"))
    client.post(f"/duinrand/beheer/postvakken/{inbox.id}/", filled | {"imap_password": "geheim"})
    run_jobs()
    assert "werkt niet" not in client.get("/duinrand/beheer/postvakken/").content.decode()
    assert len(messages(inbox, direction="in")) == 1
    assert post_office.letters


def test_an_administrator_has_an_inbox_tried_again(connected, world, client, dovecot, run_jobs):
    dovecot.stop()
    poll(connected)
    dovecot.start()
    client.force_login(world.beheer)
    assert client.post(f"/duinrand/beheer/postvakken/{connected.id}/controle/").status_code == 302
    run_jobs()
    assert health(connected, "in").failing_since is None

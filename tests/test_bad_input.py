"""Anything may arrive: each gives a stored message or a clear refusal, never a crash or a stuck queue."""

import json
import threading
from email.utils import format_datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import Contact, Conversation, Delivery, Message
from mijngemeente.intake import jobs
from mijngemeente.intake.actions import keep, retry_payload
from mijngemeente.intake.models import Payload
from mijngemeente.platform.tenancy import acting_for
from tests.strange_mail import STRANGE, with_file, zip_bomb
from tests.test_mail import mail


@pytest.fixture
def arrive(world):
    """Keep bytes and take them in, each in a transaction of its own; returns the payload."""
    return lambda body, kind="email": bring(world, body, kind)


def bring(world, body, kind="email"):
    with acting_for(world.duinrand.id):
        payload = keep(inbox=world.inbox(world.duinrand, kind), body=body).payload
    jobs.take_in(organisation_id=world.duinrand.id, id=str(payload.id))
    with acting_for(world.duinrand.id):
        payload.refresh_from_db()
    return payload


def message_of(world, payload):
    assert payload.state == "taken_in", payload.problem
    with acting_for(world.duinrand.id):
        rows = Message.objects.select_related("conversation", "contact").prefetch_related("attachments")
        return rows.get(id=payload.message_id)


@pytest.mark.parametrize("name", STRANGE)
def test_strange_mail_becomes_a_message(name, arrive, world):
    message = message_of(world, arrive(STRANGE[name]))
    assert message.conversation.number == 1
    assert "\x00" not in message.text + message.html + message.conversation.subject + message.contact.name


def test_strange_mail_with_an_id_that_is_brought_twice_is_one_message(arrive, world):
    with_id = {name: body for name, body in STRANGE.items() if b"Message-ID: <" in body}
    # Too long to be anybody's id: then the bytes make one.
    del with_id["an id of 100,000 signs"]
    assert len(with_id) >= 5
    for name, body in with_id.items():
        first, second = arrive(body), arrive(b"X-Again: 1\r\n" + body)
        assert (name, first.message_id) == (name, second.message_id)


def test_an_answer_to_a_mail_with_an_endless_id_finds_it(arrive, world):
    endless = "i" * 800 + "@x"
    first = message_of(world, arrive(mail(message_id=endless)))
    second = message_of(world, arrive(mail(message_id="2@x", subject="Re: Gft", In_Reply_To=f"<{endless}>")))
    assert second.conversation_id == first.conversation_id


def test_ids_that_begin_alike_are_different_messages(arrive, world):
    first = arrive(mail(message_id="i" * 800 + "een@x"))
    second = arrive(mail(message_id="i" * 800 + "twee@x"))
    assert first.message_id != second.message_id


def test_an_answer_to_a_mail_with_an_endless_subject_finds_it(arrive, world):
    subject = "Over de stoep " * 60
    first = message_of(world, arrive(mail(message_id="1@x", subject=subject)))
    for number, answer in enumerate(["Re: " + subject, "RE: " + subject[:250]]):
        second = message_of(
            world, arrive(mail(message_id=f"{number}@y", subject=answer, In_Reply_To="<1@x>"))
        )
        assert second.conversation_id == first.conversation_id


def test_a_file_that_would_unpack_to_much_is_kept_as_it_came(arrive, world):
    bomb = zip_bomb()
    message = message_of(world, arrive(with_file(bomb)))
    with acting_for(world.duinrand.id):
        assert bytes(message.attachments.get().file.content) == bomb


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "a\x00\ud83d"])
def test_signs_that_no_database_holds_are_left_out_on_every_channel(sign, arrive, world):
    submission = Submission(
        key=uuid4(),
        text=f"Wan{sign}neer?",
        name=f"Fat{sign}ma",
        email=f"fatma{sign}@voorbeeld.example",
        subject=f"G{sign}ft",
        phone=f"06{sign}12345678",
    )
    body = json.loads(body_of(submission))
    body["files"] = [{"name": f"fo{sign}to.png", "content_type": f"image/{sign}png", "content": "eA=="}]
    message = message_of(world, arrive(json.dumps(body).encode(), "web"))
    assert message.text.replace("a", "") == "Wnneer?"


def test_the_same_mail_twice_at_once_is_one_message(committed_world):
    bodies = [mail(message_id="tegelijk@x", X_Way=str(number)) for number in range(6)]
    together(lambda body: bring(committed_world, body), bodies)
    with acting_for(committed_world.duinrand.id):
        assert Message.objects.filter(direction="in").count() == 1
        assert Payload.objects.filter(state="taken_in").count() == 6
        assert Delivery.objects.count() == 1


def test_first_mails_of_one_resident_at_once_are_of_one_contact(committed_world):
    together(
        lambda number: bring(committed_world, mail(message_id=f"{number}@x", subject=f"Vraag {number}")),
        range(6),
    )
    with acting_for(committed_world.duinrand.id):
        assert (Contact.objects.count(), Conversation.objects.count()) == (1, 6)
        assert sorted(Conversation.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_mails_of_one_thread_at_once_find_each_other(committed_world):
    ids = [f"{number}@x" for number in range(6)]
    bodies = [
        mail(
            message_id=each,
            subject="Re: Gft",
            References=" ".join(f"<{one}>" for one in ids[:number]) or "<0@x>",
        )
        for number, each in enumerate(ids)
    ]
    together(lambda body: bring(committed_world, body), bodies)
    with acting_for(committed_world.duinrand.id):
        assert Conversation.objects.count() == 1
        assert Message.objects.filter(direction="in").count() == 6


def together(function, values):
    """Each in a thread of its own, begun at the same moment; raises what one of them raised."""
    from django.db import connection

    values, failures = list(values), []
    gate = threading.Barrier(len(values))

    def run(value):
        gate.wait(10)
        try:
            function(value)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[value]) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []


def receipts(world):
    with acting_for(world.duinrand.id):
        return Message.objects.filter(direction="out", is_automatic=True).count()


def test_a_robot_that_does_not_say_so_gets_a_few_receipts_and_no_more(arrive, world):
    for number in range(12):
        arrive(mail(message_id=f"{number}@robot", subject=f"Ticket {number}", text="Wij hebben uw bericht."))
    assert receipts(world) == 5
    with acting_for(world.duinrand.id):
        assert Conversation.objects.open().count() == 12
    arrive(mail(message_id="mens@x", sender="mens@voorbeeld.example"))
    assert receipts(world) == 6


@pytest.mark.parametrize(
    "sender", ["info@duinrand.example", "INFO@veenwijk.example", "info+mgabc@duinrand.example"]
)
def test_mail_from_an_inbox_of_ours_gets_no_receipt(sender, arrive, world):
    message = message_of(world, arrive(mail(message_id="zelf@x", sender=sender)))
    assert message.text == "Wanneer komt de gft?"
    assert receipts(world) == 0


def test_our_own_answer_come_back_is_not_a_message(arrive, world, run_jobs):
    first = message_of(world, arrive(mail(message_id="1@x", sender="info@duinrand.example")))
    with acting_for(world.duinrand.id):
        send_reply(conversation=first.conversation, by=world.members["sanne"], text="Dag.", key=uuid4())
    from mijngemeente.channels.registry import CHANNELS
    from mijngemeente.conversations.jobs import deliver
    from mijngemeente.conversations.queries import outgoing_of

    with acting_for(world.duinrand.id):
        delivery = Delivery.objects.get(message__is_automatic=False)
        outgoing, _ = outgoing_of(delivery)
        message_id = CHANNELS["email"].wire.id_of(outgoing, key=delivery.id)
    deliver(organisation_id=world.duinrand.id, id=str(delivery.id))
    back = arrive(
        mail(
            message_id=message_id.strip("<>"), sender="info@duinrand.example", subject="Re: Gft", text="Dag."
        )
    )
    with acting_for(world.duinrand.id):
        assert back.message_id == delivery.message_id
        assert Message.objects.filter(direction="in").count() == 1


def test_a_mail_of_last_month_gets_no_receipt(arrive, world):
    """As when a mailbox with years of mail is connected, or an archive is taken in."""
    old = format_datetime(timezone.now() - timezone.timedelta(days=30))
    fresh = format_datetime(timezone.now() - timezone.timedelta(days=2))
    arrive(mail(message_id="oud@x", Date=old))
    assert receipts(world) == 0
    arrive(mail(message_id="vers@x", Date=fresh, sender="ander@voorbeeld.example"))
    assert receipts(world) == 1


@pytest.fixture
def stumbling(monkeypatch):
    """A channel of which reading fails, as with a bug of ours; gives a switch that mends it."""
    from mijngemeente.channels import registry
    from mijngemeente.channels.contract import Channel
    from mijngemeente.channels.email.wire import EmailWire

    class Stumbling(EmailWire):
        is_broken = True

        def parse(self, body):
            if self.is_broken:
                raise RecursionError("met een naam en een adres erin")
            return super().parse(body)

    wire = Stumbling(lambda: b"k" * 32)
    monkeypatch.setitem(registry.CHANNELS, "email", Channel("email", "e-mail", wire))
    return wire


def test_a_bug_of_ours_is_seen_by_the_administrator_and_mended_by_a_retry(stumbling, world, client):
    with acting_for(world.duinrand.id):
        payload = keep(inbox=world.inbox(world.duinrand, "email"), body=mail(message_id="1@x")).payload
    for _ in range(4):
        with pytest.raises(RecursionError):
            jobs.take_in(organisation_id=world.duinrand.id, id=str(payload.id))
    jobs.take_in(organisation_id=world.duinrand.id, id=str(payload.id))
    with acting_for(world.duinrand.id):
        payload.refresh_from_db()
        assert (payload.state, payload.attempts) == ("unreadable", 5)
    assert payload.problem == "Dit bericht kan niet worden verwerkt (RecursionError)."
    stumbling.is_broken = False
    with acting_for(world.duinrand.id):
        retry_payload(payload=payload, by=world.members["beheer"])
    jobs.take_in(organisation_id=world.duinrand.id, id=str(payload.id))
    with acting_for(world.duinrand.id):
        payload.refresh_from_db()
        assert (payload.state, payload.problem) == ("taken_in", "")


@pytest.mark.parametrize("kind", ["email", "web", "note"])
def test_any_bytes_become_a_message_or_are_kept_as_unreadable(kind, world):
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(body=bodies(kind))
    def check(body):
        payload = bring(world, body, kind)
        assert payload.state in ("taken_in", "unreadable")
        assert payload.message_id or payload.problem

    check()


def bodies(kind):
    if kind == "email":
        lines = st.sampled_from(
            [b"From: ", b"To: ", b"Subject: ", b"Message-ID: <", b"Date: ", b"\r\n\r\n", b"\r\n"]
        )
        return st.lists(st.one_of(lines, st.binary(max_size=60)), max_size=20).map(b"".join)
    text = st.text(st.characters(categories=None), max_size=30)
    names = (
        "key",
        "text",
        "name",
        "email",
        "phone",
        "subject",
        "language",
        "conversation_id",
        "new_conversation_id",
    )
    wrong = st.one_of(st.none(), st.integers(), text, st.lists(text, max_size=2))
    fields = {name: st.one_of(text, wrong) for name in names}
    fields |= {"key": st.uuids().map(str), "files": st.just([]), "recorded_by": st.uuids().map(str)}
    return st.one_of(
        st.binary(max_size=100),
        st.fixed_dictionaries(fields).map(lambda content: json.dumps(content).encode()),
        st.fixed_dictionaries(
            fields
            | {name: text for name in ("text", "name", "email", "phone", "subject")}
            | {"language": st.just("nl"), "conversation_id": st.just(""), "new_conversation_id": st.just("")}
        ).map(lambda content: json.dumps(content).encode()),
    )

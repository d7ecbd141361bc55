"""A resident writes a mail; the municipality answers by mail."""

from uuid import uuid4

import pytest

from mijngemeente.channels.email.compose import compose
from mijngemeente.channels.email.wire import EmailWire
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import ContactAddress, Conversation, Delivery, Link, Message
from mijngemeente.conversations.queries import outgoing_of
from mijngemeente.intake.actions import keep
from mijngemeente.platform.tenancy import acting_for


def mail(
    *,
    message_id,
    subject="Gft",
    text="Wanneer komt de gft?",
    sender="fatma@voorbeeld.example",
    to="info@duinrand.example",
    **headers,
):
    fields = {"From": f"Fatma <{sender}>", "To": to, "Subject": subject, "Message-ID": f"<{message_id}>"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    top = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{top}\r\n{text}\r\n".encode()


@pytest.fixture
def arrive(world, run_jobs):
    """Let a mail arrive at Duinrand; returns the message it became."""

    def at(body, organisation=None):
        organisation = organisation or world.duinrand
        with acting_for(organisation.id):
            payload = keep(inbox=world.inbox(organisation, "email"), body=body).payload
        from mijngemeente.intake.jobs import take_in

        take_in(organisation_id=organisation.id, id=str(payload.id))
        with acting_for(organisation.id):
            payload.refresh_from_db()
            return Message.objects.select_related("conversation").filter(id=payload.message_id).first()

    return at


@pytest.fixture
def answered(world, arrive):
    """A conversation in which Duinrand answered by mail; returns it with the id and address of the answer."""
    first = arrive(mail(message_id="1@x"))
    with acting_for(world.duinrand.id):
        message = send_reply(
            conversation=first.conversation, by=world.members["sanne"], text="Dinsdag.", key=uuid4()
        )
        outgoing, _ = outgoing_of(message.delivery)
        key = message.delivery.id
    wire = CHANNELS["email"].wire
    from mijngemeente.channels.email.threads import make_message_id, make_reply_address

    return (
        first.conversation,
        make_message_id(outgoing.conversation_id, key, wire._key(), "duinrand.example"),
        make_reply_address(outgoing.conversation_id, wire._key(), "info@duinrand.example"),
    )


def test_an_answer_to_our_mail_joins_its_conversation(answered, arrive):
    conversation, message_id, address = answered
    by_id = arrive(mail(message_id="2@x", subject="Re: Gft", In_Reply_To=message_id))
    by_address = arrive(mail(message_id="3@x", subject="Antw: Gft", to=address))
    assert by_id.conversation_id == by_address.conversation_id == conversation.id


def test_a_receipt_repeats_no_word_of_the_sender_and_an_answer_to_it_joins(world, arrive):
    asked = arrive(
        mail(
            message_id="1@x",
            subject="Hypotheekaanbieding",
            text="Leen nu",
            sender="slachtoffer@voorbeeld.example",
        )
    )
    with acting_for(world.duinrand.id):
        receipt = Message.objects.get(direction="out")
        outgoing, _ = outgoing_of(receipt.delivery)
    wire = CHANNELS["email"].wire
    written = compose(wire._mail_of(outgoing, receipt.delivery.id)).decode().lower()
    assert "subject: vraag aan gemeente duinrand" in written
    for word in ("hypotheek", "leen nu", "fatma"):
        assert word not in written
    answer = arrive(
        mail(
            message_id="2@x",
            subject="Re: Vraag aan gemeente Duinrand",
            sender="slachtoffer@voorbeeld.example",
            In_Reply_To=wire.id_of(outgoing, key=receipt.delivery.id),
        )
    )
    assert answer.conversation_id == asked.conversation_id


def test_a_forged_mark_begins_a_new_conversation_and_is_written_down(answered, arrive, world):
    conversation, message_id, _ = answered
    forged = arrive(
        mail(message_id="4@x", In_Reply_To=message_id.replace(".mg", ".mga")[:-22] + "a@duinrand.example>")
    )
    other = EmailWire(lambda: b"another key")
    from mijngemeente.channels.email.threads import make_message_id

    made_elsewhere = make_message_id(conversation.id, uuid4(), other._key(), "duinrand.example")
    forged = arrive(mail(message_id="5@x", In_Reply_To=made_elsewhere))
    assert forged.conversation_id != conversation.id
    with acting_for(world.duinrand.id):
        from mijngemeente.platform.audit import AuditLine

        assert AuditLine.objects.filter(verb="message.forged", subject_id=forged.id).exists()


def test_a_stranger_on_a_marked_thread_is_shown_as_one(answered, arrive):
    _, message_id, _ = answered
    message = arrive(
        mail(message_id="6@x", sender="iemand@anders.example", subject="Re: Gft", In_Reply_To=message_id)
    )
    assert message.is_from_stranger


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_mails_of_one_thread_find_each_other_in_any_order(order, arrive):
    thread = [
        mail(message_id="a@x"),
        mail(message_id="b@x", subject="Re: Gft", In_Reply_To="<a@x>", References="<a@x>"),
        mail(message_id="c@x", subject="RE: Gft", In_Reply_To="<b@x>", References="<a@x> <b@x>"),
    ]
    messages = [arrive(thread[number]) for number in order]
    assert len({each.conversation_id for each in messages}) == 1


def test_answers_of_strangers_to_one_newsletter_stay_apart(arrive):
    one = arrive(
        mail(message_id="n1@x", sender="een@voorbeeld.example", References="<nieuwsbrief@duinrand.example>")
    )
    two = arrive(
        mail(message_id="n2@x", sender="twee@voorbeeld.example", References="<nieuwsbrief@duinrand.example>")
    )
    assert one.conversation_id != two.conversation_id


def test_another_subject_in_a_known_thread_is_a_new_linked_conversation(arrive, world):
    first = arrive(mail(message_id="s1@x"))
    second = arrive(mail(message_id="s2@x", subject="Heel iets anders", In_Reply_To="<s1@x>"))
    assert second.conversation_id != first.conversation_id
    with acting_for(world.duinrand.id):
        assert (
            Link.objects.get(conversation=second.conversation).other_conversation_id == first.conversation_id
        )


def test_the_same_mail_in_two_inboxes_is_a_conversation_in_each(arrive, world):
    body = mail(message_id="twee@x", to="info@duinrand.example, info@veenwijk.example")
    here, there = arrive(body), arrive(body, world.veenwijk)
    assert here.conversation_id != there.conversation_id


def test_the_same_mail_twice_is_one_message(arrive, world):
    arrive(mail(message_id="dubbel@x"))
    arrive(mail(message_id="dubbel@x", X_Second_Way="1"))
    with acting_for(world.duinrand.id):
        assert Message.objects.filter(external_id="<dubbel@x>").count() == 1


def test_an_out_of_office_reply_gets_no_receipt_and_wakes_nobody(answered, arrive, world):
    conversation, message_id, _ = answered
    arrive(mail(message_id="oof@x", subject="Re: Gft", In_Reply_To=message_id, Auto_Submitted="auto-replied"))
    with acting_for(world.duinrand.id):
        conversation.refresh_from_db()
        assert conversation.status == Conversation.Status.WAITING_RESIDENT
        assert Message.objects.filter(direction="out", is_automatic=True).count() == 1


def test_ten_automatic_mails_in_an_hour_silence_their_sender(arrive, world):
    for number in range(11):
        last = arrive(
            mail(message_id=f"auto{number}@x", subject=f"Melding {number}", Auto_Submitted="auto-generated")
        )
    with acting_for(world.duinrand.id):
        last.conversation.refresh_from_db()
        assert last.conversation.is_closed
        assert ContactAddress.objects.get().silenced_until is not None
        assert Conversation.objects.open().count() == 9


def test_a_question_of_a_silenced_sender_stays_on_the_desk(answered, arrive, world):
    conversation, message_id, _ = answered
    arrive(mail(message_id="2@x", subject="Re: Gft", text="En het oud papier?", In_Reply_To=message_id))
    for number in range(11):
        arrive(
            mail(
                message_id=f"weg{number}@x",
                subject="Re: Gft",
                In_Reply_To=message_id,
                Auto_Submitted="auto-replied",
            )
        )
    with acting_for(world.duinrand.id):
        assert ContactAddress.objects.get().silenced_until is not None
        assert not Conversation.objects.get(id=conversation.id).is_closed


def test_a_bounce_marks_the_message_that_did_not_arrive(answered, arrive, world, run_jobs):
    _, message_id, _ = answered
    with acting_for(world.duinrand.id):
        reply = Message.objects.get(direction="out", is_automatic=False)
        Delivery.objects.filter(message=reply).update(state="sent")
        Message.objects.filter(id=reply.id).update(external_id=message_id)
    report = (
        "From: MAILER-DAEMON@mx.example\r\nTo: info@duinrand.example\r\nSubject: Undelivered\r\n"
        "Message-ID: <bounce@mx>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNiet bezorgd.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; fatma@voorbeeld.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: Re: Gft\r\n\r\n--b--\r\n"
    )
    arrive(report.encode())
    with acting_for(world.duinrand.id):
        delivery = Delivery.objects.get(message=reply)
        assert (delivery.state, "5.1.1" in delivery.problem) == ("failed", True)

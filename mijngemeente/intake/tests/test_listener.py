"""Mail that other servers bring, over real connections."""

import asyncio
import smtplib
import socket
import time
from contextlib import closing, contextmanager
from email.message import EmailMessage

import pytest

from mijngemeente.conversations.models import Message
from mijngemeente.intake import listener
from mijngemeente.intake.jobs import take_in
from mijngemeente.intake.models import Payload
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for
from tests.post_office import loop_in_thread
from tests.served import free_port
from tests.test_mail import mail


@contextmanager
def listening(settings, scheme="smtp"):
    """The listener in a thread of its own; gives its port."""
    port = free_port()
    settings.MAIL_LISTEN = f"{scheme}://127.0.0.1:{port}"
    with loop_in_thread() as loop:
        asyncio.run_coroutine_threadsafe(listener.listen(), loop)
        _wait_for(port)
        yield port


def _wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


@pytest.fixture
def port(committed_world, settings):
    with listening(settings) as port:
        yield port


@pytest.fixture
def lmtp_port(committed_world, settings):
    with listening(settings, "lmtp") as port:
        yield port


def payloads(world):
    with acting_for(world.duinrand.id):
        return list(Payload.objects.order_by("id"))


def message_of(world, payload):
    take_in(organisation_id=world.duinrand.id, id=str(payload.id))
    with acting_for(world.duinrand.id):
        payload.refresh_from_db()
        return Message.objects.select_related("contact").get(id=payload.message_id)


class Line:
    """SMTP by hand."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.file = self.socket.makefile("rb")
        self.greeting = self.hear()

    def say(self, *lines):
        self.socket.sendall(
            b"".join(line if isinstance(line, bytes) else line.encode() + b"\r\n" for line in lines)
        )

    def hear(self):
        while True:
            line = self.file.readline().decode()
            if line[3:4] != "-":
                return line.strip()

    def ask(self, *lines):
        self.say(*lines)
        return self.hear()

    def close(self):
        self.file.close()
        self.socket.close()


def begun(
    port, *, sender="<fatma@voorbeeld.example>", to=("info@duinrand.example",), hello="EHLO mx.example"
):
    line = Line(port)
    assert line.ask(hello).startswith("250")
    assert line.ask(f"MAIL FROM:{sender}").startswith("250")
    for each in to:
        assert line.ask(f"RCPT TO:<{each}>").startswith("250")
    return line


def test_a_mail_is_stored_before_it_is_acknowledged(port, committed_world):
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail("fatma@voorbeeld.example", ["info@duinrand.example"], mail(message_id="1@x"))
        assert len(payloads(committed_world)) == 1
    message = message_of(committed_world, payloads(committed_world)[0])
    assert (message.text, message.contact.name) == ("Wanneer komt de gft?", "Fatma")


ADDRESSES = [
    ("info@duinrand.example", "250"),
    ("INFO@Duinrand.Example", "250"),
    ("info+mgabc@duinrand.example", "250"),
    ("info+@duinrand.example", "250"),
    ("iemand@duinrand.example", "550"),
    ("info@elders.example", "550"),
    ("infо@duinrand.example", "550"),
    ("+@duinrand.example", "550"),
    ("info@duinrand.example.", "553"),
    ("@", "553"),
    ("info@", "553"),
]


def test_only_our_own_addresses_are_known(port):
    with closing(begun(port, to=())) as line:
        answers = {address: line.ask(f"RCPT TO:<{address}>")[:3] for address, _ in ADDRESSES}
    assert answers == dict(ADDRESSES)


def test_a_stopped_inbox_is_unknown(port, committed_world):
    inbox = committed_world.inbox(committed_world.duinrand, "email")
    inbox.is_active = False
    inbox.save()
    with closing(begun(port, to=())) as line:
        assert line.ask("RCPT TO:<info@duinrand.example>").startswith("550")


def test_an_organisation_that_left_takes_no_mail(port, committed_world):
    Organisation.objects.filter(id=committed_world.duinrand.id).update(is_active=False)
    with closing(begun(port, to=())) as line:
        assert line.ask("RCPT TO:<info@duinrand.example>").startswith("550")
        assert line.ask("RCPT TO:<info@veenwijk.example>").startswith("250")


def test_the_envelope_stands_above_the_mail(port, committed_world):
    to = ("info+een@duinrand.example", "INFO@duinrand.example", "info@veenwijk.example")
    with closing(begun(port, sender="<>", to=to)) as line:
        assert line.ask("DATA").startswith("354")
        assert line.ask("Subject: weg", "", "onbestelbaar", ".").startswith("250")
    (payload,) = payloads(committed_world)
    assert bytes(payload.body) == (
        b"Return-Path: <>\r\nDelivered-To: info+een@duinrand.example\r\nDelivered-To: INFO@duinrand.example\r\n"
        b"Subject: weg\r\n\r\nonbestelbaar\r\n"
    )
    with acting_for(committed_world.veenwijk.id):
        assert Payload.objects.count() == 1


def test_more_than_a_hundred_recipients_wait_for_the_next_round(port):
    with closing(begun(port, to=[f"info+{number}@duinrand.example" for number in range(100)])) as line:
        assert line.ask("RCPT TO:<info@duinrand.example>").startswith("452")
        assert line.ask("DATA").startswith("354")
        assert line.ask("Subject: x", "", "y", ".").startswith("250")


CONTENTS = [
    (b".\r\n", b""),
    (b"\r\n.\r\n", b"\r\n"),
    (b"a\r\n.\r\n", b"a\r\n"),
    (b"..\r\n.\r\n", b".\r\n"),
    (b"...x\r\n..\r\nb\r\n.\r\n", b"..x\r\n.\r\nb\r\n"),
    (b".x\r\n.\r\n", b"x\r\n"),
    (b"los\n.\n..\n.\r\nx\r\n.\r\n", b"los\n.\n..\n.\r\nx\r\n"),
    (b"a\n.\r\nMAIL FROM:<boef@x>\r\nRCPT TO:<info@duinrand.example>\r\nDATA\r\nb\r\n.\r\n", None),
    (b"a\r\n.\nMAIL FROM:<boef@x>\r\nb\r\n.\r\n", None),
    (b"a\r.\rb\r\n.\r\n", b"a\r.\rb\r\n"),
    (b"\x00\xff\xfe\x80\r\n.\r\n", b"\x00\xff\xfe\x80\r\n"),
    (b"x" * 200_000 + b"\r\n..y\r\n.\r\n", b"x" * 200_000 + b"\r\n.y\r\n"),
    ((b"." + b"x" * 76 + b"\r\n") * 5_000 + b".\r\n", (b"x" * 76 + b"\r\n") * 5_000),
]


def test_only_a_dot_between_line_ends_ends_a_mail(port, committed_world):
    with closing(Line(port)) as line:
        line.ask("EHLO mx.example")
        for number, (sent, _) in enumerate(CONTENTS):
            line.ask(f"MAIL FROM:<{number}@x.example>")
            line.ask("RCPT TO:<info@duinrand.example>")
            assert line.ask("DATA").startswith("354")
            assert line.ask(sent).startswith("250")
            assert line.ask("NOOP").startswith("250")
    found = [
        bytes(each.body).partition(b"Delivered-To: info@duinrand.example\r\n")[2]
        for each in payloads(committed_world)
    ]
    assert found == [
        sent[:-3].replace(b"\r\n.", b"\r\n") if kept is None else kept for sent, kept in CONTENTS
    ]


def test_a_mail_in_small_pieces_is_the_same_mail(port, committed_world):
    sent = b"Subject: x\r\n\r\n..een\r\n...twee\r\n.\r\n"
    for cut in (1, 2, 3, 5, 7):
        with closing(begun(port, sender=f"<{cut}@x.example>")) as line:
            line.ask("DATA")
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for start in range(0, len(sent), cut):
                line.socket.sendall(sent[start : start + cut])
                time.sleep(0.002)
            assert line.hear().startswith("250")
    for each in payloads(committed_world):
        assert bytes(each.body).endswith(b"\r\n\r\n.een\r\n..twee\r\n")


def test_commands_may_follow_each_other_unasked(port, committed_world):
    with closing(Line(port)) as line:
        line.say(
            "EHLO mx.example",
            "MAIL FROM:<a@b.example> SIZE=100 BODY=8BITMIME SMTPUTF8",
            "RCPT TO:<info@duinrand.example>",
            "RCPT TO:<niemand@duinrand.example>",
            "DATA",
        )
        assert [line.hear()[:3] for _ in range(5)] == ["250", "250", "250", "550", "354"]
        line.say("Subject: één", "", "ü", ".", "NOOP", "QUIT")
        assert [line.hear()[:3] for _ in range(3)] == ["250", "250", "221"]
    assert "Subject: één\r\n\r\nü\r\n".encode() in bytes(payloads(committed_world)[0].body)


def test_what_is_too_big_is_refused_at_once_or_after_it_came(port, committed_world):
    with closing(Line(port)) as line:
        line.ask("EHLO mx.example")
        assert line.ask(f"MAIL FROM:<a@b.example> SIZE={listener.SIZE_BYTES + 1}").startswith("552")
    with closing(begun(port)) as line:
        line.ask("DATA")
        for _ in range(62):
            line.say(b"x" * (1024 * 1024 - 2) + b"\r\n")
        assert line.ask(".").startswith("552")
        assert line.ask("NOOP").startswith("250")
    assert payloads(committed_world) == []


def test_a_server_that_hangs_up_halfway_left_nothing(port, committed_world):
    line = begun(port)
    line.ask("DATA")
    line.say("Subject: half")
    line.close()
    time.sleep(0.3)
    assert payloads(committed_world) == []


def test_the_same_mail_brought_again_is_one_mail(port, committed_world):
    for _ in range(2):
        with closing(begun(port)) as line:
            line.ask("DATA")
            assert line.ask(mail(message_id="1@x") + b".\r\n").startswith("250")
    assert len(payloads(committed_world)) == 1


def test_a_database_that_is_away_means_later(port, committed_world, own_database):
    from tests.database import refused

    with closing(begun(port)) as line:
        line.ask("DATA")
        with refused(own_database):
            assert line.ask("Subject: x", "", "y", ".").startswith("451")
    with closing(begun(port)) as line:
        line.ask("DATA")
        assert line.ask("Subject: x", "", "y", ".").startswith("250")


def test_lmtp_answers_for_each_recipient(lmtp_port, committed_world):
    to = ("info@duinrand.example", "info@veenwijk.example", "info+x@duinrand.example")
    with closing(begun(lmtp_port, to=to, hello="LHLO mx.example")) as line:
        assert line.ask("RCPT TO:<niemand@duinrand.example>").startswith("550")
        assert line.ask("DATA").startswith("354")
        line.say("Subject: x", "", "y", ".")
        assert [line.hear()[:3] for _ in range(3)] == ["250"] * 3
        assert line.ask("EHLO mx.example").startswith("500")
    assert len(payloads(committed_world)) == 1


def test_lmtp_says_for_each_recipient_that_it_is_too_big(lmtp_port):
    to = ("info@duinrand.example", "info@veenwijk.example")
    with closing(begun(lmtp_port, to=to, hello="LHLO mx.example")) as line:
        line.ask("DATA")
        for _ in range(61):
            line.say(b"x" * (1024 * 1024 - 2) + b"\r\n")
        line.say(".")
        assert [line.hear()[:3] for _ in range(2)] == ["552"] * 2


def test_more_connections_than_we_can_serve_are_sent_away(port):
    lines = [Line(port) for _ in range(listener.CONNECTIONS)]
    assert {line.greeting[:3] for line in lines} == {"220"}
    late = Line(port)
    assert late.greeting.startswith("421")
    for line in [*lines, late]:
        line.close()
    time.sleep(0.2)
    with closing(Line(port)) as line:
        assert line.greeting.startswith("220")


NONSENSE = (
    b"\x00\x01\x02\r\n",
    b"MAIL FROM:<" + b"a" * 5000 + b">\r\n",
    b"RCPT TO:<x>\r\n",
    b"DATA\r\n",
    b"\xff\xff\r\n",
    b"MAIL FROM:<" + b"(" * 400 + b"\r\n",
)


def test_nonsense_is_refused_and_the_line_goes_on(port):
    with closing(Line(port)) as line:
        assert [line.ask(nonsense)[0] for nonsense in NONSENSE] == ["5"] * len(NONSENSE)
        assert line.ask("EHLO mx.example").startswith("250")


def test_a_mail_with_a_file_arrives_whole(port, committed_world):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "fatma@voorbeeld.example",
        "info@duinrand.example",
        "Foto",
    )
    message["Message-ID"] = "<foto@x>"
    message.set_content("Zie de bijlage.\n.\n..\n")
    content = bytes(range(256)) * 20_000
    message.add_attachment(content, maintype="image", subtype="png", filename="foto.png")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)
    stored = message_of(committed_world, payloads(committed_world)[0])
    with acting_for(committed_world.duinrand.id):
        assert bytes(stored.attachments.get().file.content) == content

"""What becomes of a mail that we hand to a server: each way in which that can go, on real sockets."""

import socket
import threading
import time
from datetime import UTC, datetime
from email import message_from_bytes
from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Outgoing, Party, Way, WireError
from mijngemeente.channels.email.oauth import AccessTokens
from mijngemeente.channels.email.smtp import Patience
from mijngemeente.channels.email.wire import EmailWire
from tests.post import running_token_server
from tests.post_office import running_post_office
from tests.served import free_port

INSIDE = {"127.0.0.1", "localhost"}


def outgoing(address="fatma@voorbeeld.example", **more):
    fields = {
        "conversation_id": uuid4(),
        "delivery_id": uuid4(),
        "text": "Dat kan elke dinsdag.\n.\n..einde",
        "subject": "Gft",
        "sender_name": "gemeente Duinrand",
        "sender_address": "info@duinrand.example",
        "written_at": datetime(2026, 3, 12, 14, 5, tzinfo=UTC),
        "recipient": Party("Fatma", address, "email"),
    }
    return Outgoing(**fields | more)


def wire(**options):
    return EmailWire(lambda: b"k" * 32, INSIDE, **options)


def test_a_server_gets_the_mail_with_our_id_and_reply_address():
    mail, key = outgoing(), uuid4()
    with running_post_office() as office:
        receipt = wire().send(mail, office.settings(), key=key)
    (letter,) = office.letters
    read = message_from_bytes(letter.content)
    assert (letter.sender, letter.recipients) == ("info@duinrand.example", ["fatma@voorbeeld.example"])
    assert read["Message-ID"] == receipt.external_id == wire().id_of(mail, key=key)
    assert read["Reply-To"].startswith("gemeente Duinrand <info+mg")
    text = read.get_payload()[0].get_payload(decode=True).decode()
    assert text.replace("\r\n", "\n") == "Dat kan elke dinsdag.\n.\n..einde\n"


#: what the server says → (permanent, spoken, account)
OUTCOMES = [
    ({"CONNECT": "554 wij kennen u niet"}, (False, False, True)),
    ({"CONNECT": "421 nu niet"}, (False, False, True)),
    ({"CONNECT": "break"}, (False, False, True)),
    ({"CONNECT": "Hallo, wie daar?"}, (False, False, True)),
    ({"EHLO": "break"}, (False, False, True)),
    ({"MAIL": "550 5.7.60 u mag niet als dit adres sturen"}, (False, False, True)),
    ({"MAIL": "451 later"}, (False, False, True)),
    ({"RCPT": "550 5.1.1 onbekend"}, (True, False, False)),
    ({"RCPT": "553 5.1.3 dat is geen adres"}, (True, False, False)),
    ({"RCPT": "450 4.2.0 grijze lijst"}, (False, False, False)),
    ({"RCPT": "530 5.7.0 eerst aanmelden"}, (False, False, True)),
    ({"RCPT": "break"}, (False, False, True)),
    ({"DATA": "554 geen geldige ontvanger"}, (True, False, False)),
    ({"DATA": "421 tot ziens"}, (False, False, True)),
    ({"DATA": "break"}, (False, False, True)),
    ({"END": "554 5.7.1 dit is spam"}, (True, False, False)),
    ({"END": "552 5.3.4 te groot"}, (True, False, False)),
    ({"END": "451 4.3.0 schijf vol"}, (False, False, False)),
    ({"END": "break"}, (False, True, False)),
    ({"END": "take and break"}, (False, True, False)),
    ({"END": "bedankt hoor"}, (False, True, False)),
]


@pytest.mark.parametrize(("says", "outcome"), OUTCOMES, ids=str)
def test_each_refusal_is_permanent_temporary_uncertain_or_the_account(says, outcome):
    with running_post_office(says=says) as office, pytest.raises(WireError) as caught:
        wire().send(outgoing(), office.settings(), key=uuid4())
    assert (caught.value.permanent, caught.value.spoken, caught.value.account) == outcome


@pytest.mark.parametrize(("verb", "spoken"), [("CONNECT", False), ("RCPT", False), ("END", True)])
def test_a_server_that_hangs_is_left_in_time(verb, spoken):
    with running_post_office(says={verb: "hang"}) as office, pytest.raises(WireError) as caught:
        wire(patience=Patience(0.5, 0.5)).send(outgoing(), office.settings(), key=uuid4())
    assert (caught.value.permanent, caught.value.spoken) == (False, spoken)


def test_a_server_that_says_a_letter_at_a_time_is_left_in_time():
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=[server], daemon=True).start()
        settings = {"smtp_host": "127.0.0.1", "smtp_port": server.getsockname()[1], "smtp_security": "none"}
        began = time.monotonic()
        with pytest.raises(WireError):
            wire(patience=Patience(0.5, 0.5)).send(outgoing(), settings, key=uuid4())
        assert time.monotonic() - began < 3


def _drip(server):
    connection, _ = server.accept()
    with connection:
        for _ in range(100):
            try:
                connection.send(b"2")
            except OSError:
                return
            time.sleep(0.1)


def test_nobody_listening_is_trouble_with_the_account():
    settings = {"smtp_host": "127.0.0.1", "smtp_port": free_port(), "smtp_security": "none"}
    with pytest.raises(WireError, match="neemt op deze poort geen verbindingen aan") as caught:
        wire().send(outgoing(), settings, key=uuid4())
    assert caught.value.account


def test_a_server_without_starttls_never_hears_the_password():
    with running_post_office(accounts={"info": "geheim"}) as office:
        settings = office.settings(smtp_security="starttls", smtp_user="info", smtp_password="geheim")
        with pytest.raises(WireError) as caught:
            wire().send(outgoing(), settings, key=uuid4())
    assert caught.value.account


def test_the_inside_of_our_network_is_refused():
    with running_post_office() as office, pytest.raises(WireError, match="eigen netwerk"):
        EmailWire(lambda: b"k" * 32).send(outgoing(), office.settings(), key=uuid4())
    assert office.sessions == 0


@pytest.mark.parametrize(
    ("password", "works"), [("geheim", True), ("verkeerd", False), ("", False), ("gehéim", False)]
)
def test_a_wrong_password_is_trouble_with_the_account(password, works):
    with running_post_office(accounts={"info": "geheim"}) as office:
        settings = office.settings(smtp_user="info", smtp_password=password)
        if works:
            wire().send(outgoing(), settings, key=uuid4())
            return
        with pytest.raises(WireError) as caught:
            wire().send(outgoing(), settings, key=uuid4())
    assert (caught.value.account, caught.value.permanent) == (True, False)


def test_a_token_is_asked_once_and_anew_after_a_refusal():
    with running_token_server() as server, running_post_office(accounts={"info": "tok1"}) as office:
        server.tokens = {"ververs": "tok1"}
        ours = wire(tokens=AccessTokens(microsoft=server.url + "/{tenant}", google=server.url))
        settings = office.settings(
            smtp_user="info", oauth_provider="google", oauth_client_id="c", oauth_refresh_token="ververs"
        )
        ours.send(outgoing(), settings, key=uuid4())
        ours.send(outgoing(), settings, key=uuid4())
        assert len(server.asked) == 1
        office.accounts = {"info": "tok2"}
        server.tokens = {"ververs": "tok2"}
        with pytest.raises(WireError) as caught:
            ours.send(outgoing(), settings, key=uuid4())
        ours.send(outgoing(), settings, key=uuid4())
    assert caught.value.account
    assert len(office.letters) == 3


def test_a_refused_refresh_token_is_trouble_with_the_account():
    with running_token_server() as server, running_post_office(accounts={"info": "tok"}) as office:
        ours = wire(tokens=AccessTokens(google=server.url))
        settings = office.settings(
            smtp_user="info", oauth_provider="google", oauth_client_id="c", oauth_refresh_token="oud"
        )
        with pytest.raises(WireError, match="Koppel het postvak opnieuw") as caught:
            ours.send(outgoing(), settings, key=uuid4())
    assert caught.value.account


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("fatma@bücher.example", "fatma@xn--bcher-kva.example"),
        ("o'brien@voorbeeld.example", "o'brien@voorbeeld.example"),
    ],
)
def test_the_envelope_carries_the_address_as_servers_write_it(address, reached):
    with running_post_office() as office:
        wire().send(outgoing(address), office.settings(), key=uuid4())
    assert office.letters[0].recipients == [reached]


@pytest.mark.parametrize(
    "address",
    ["", "geen adres", "a@b@c", "jürgen@voorbeeld.example", "x@y\r\nRCPT TO:<z@z>", "a@-.", "a@é" * 80],
)
def test_an_address_that_cannot_be_written_to_fails_for_good(address):
    with running_post_office() as office, pytest.raises(WireError) as caught:
        wire().send(outgoing(address), office.settings(), key=uuid4())
    assert (caught.value.permanent, caught.value.account, office.sessions) == (True, False, 0)


def test_what_a_server_says_can_be_stored():
    with (
        running_post_office(says={"RCPT": "550 \x00\x00 " + "x" * 3000}) as office,
        pytest.raises(WireError) as caught,
    ):
        wire().send(outgoing(), office.settings(), key=uuid4())
    assert "\x00" not in str(caught.value)
    assert len(str(caught.value)) <= 500


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_must_be_right(security, certificate, monkeypatch):
    with running_post_office(certificate=certificate, starts_secure=security == "tls") as office:
        settings = office.settings(smtp_security=security, smtp_host="localhost")
        with pytest.raises(WireError, match="certificaat") as caught:
            wire().send(outgoing(), settings, key=uuid4())
        assert caught.value.account
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        wire().send(outgoing(), settings, key=uuid4())
    assert len(office.letters) == 1


def test_an_account_is_tried_out_without_sending_anything():
    with running_post_office(accounts={"info": "geheim"}) as office:
        wire().try_out(office.settings(smtp_user="info", smtp_password="geheim"), Way.OUT)
        with pytest.raises(WireError):
            wire().try_out(office.settings(smtp_user="info", smtp_password="fout"), Way.OUT)
    assert office.letters == []

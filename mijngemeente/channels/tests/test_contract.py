"""What is asked of every channel alike; a new one needs only a folder with payloads to be held to it."""

import socket
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from mijngemeente.channels.contract import (
    Incoming,
    Outgoing,
    Party,
    StatusUpdate,
    Unreadable,
    WireError,
)
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.channels.setup import can_be_connected, setup_form
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.errors import TooLong
from mijngemeente.conversations.models import Delivery
from mijngemeente.platform.tenancy import acting_for

FOLDER = Path(__file__).parents[1]
ICONS = (FOLDER.parent / "web" / "static" / "web" / "icons.svg").read_text()
PAYLOADS = sorted(FOLDER.glob("*/tests/payloads/*"))
KEY = UUID("0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d")

every_channel = pytest.mark.parametrize("kind", CHANNELS)
every_payload = pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: f"{path.parts[-4]}-{path.stem}")


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a wire spoke to somebody")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def letter(recipient):
    return Outgoing(
        conversation_id=uuid4(),
        delivery_id=KEY,
        text="Elke dinsdag.",
        subject="Markt",
        sender_name="gemeente Duinrand",
        sender_address="info@duinrand.example",
        recipient=Party("Resi", recipient, "email"),
        written_at=datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    )


@every_channel
def test_each_channel_brings_payloads_a_setup_form_and_an_icon(kind):
    assert any(path.parts[-4] == kind for path in PAYLOADS)
    assert can_be_connected(kind)
    assert setup_form(kind)().fields
    assert (FOLDER / kind / "setup.html").exists()
    assert f'id="{CHANNELS[kind].icon}"' in ICONS


@every_payload
def test_reading_is_repeatable_and_asks_nobody(path, offline):
    wire = CHANNELS[path.parts[-4]].wire
    body = path.read_bytes()
    read = wire.parse(body)
    assert isinstance(read, Incoming | StatusUpdate)
    assert wire.parse(body) == read


@every_payload
def test_every_message_has_an_id_of_its_own(path):
    read = CHANNELS[path.parts[-4]].wire.parse(path.read_bytes())
    assert 0 < len(read.external_id) <= 500


@every_channel
@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"[]", b"null", b'{"key": 1}', b'{"key": "x", "files": 3}']
)
def test_strange_bytes_are_read_or_refused_and_never_a_crash(kind, body, offline):
    wire = CHANNELS[kind].wire
    try:
        read = wire.parse(body)
    except Unreadable:
        return
    assert read.external_id


@every_payload
def test_nobody_is_believed_without_proof(path):
    assert not CHANNELS[path.parts[-4]].wire.authenticate({}, path.read_bytes(), {})


@every_channel
def test_the_same_key_is_the_same_message_at_the_other_side(kind):
    wire, outgoing = CHANNELS[kind].wire, letter("resi@voorbeeld.example")
    assert wire.id_of(outgoing, key=KEY) == wire.id_of(outgoing, key=KEY)
    if wire.is_idempotent and kind != "note":
        assert wire.send(outgoing, {}, key=KEY) == wire.send(outgoing, {}, key=KEY)


@pytest.mark.parametrize(("kind", "recipient"), [("email", "geen adres"), ("note", "")])
def test_what_can_never_be_sent_is_refused_for_good_without_speaking(kind, recipient, offline):
    with pytest.raises(WireError) as refused:
        CHANNELS[kind].wire.send(letter(recipient), {}, key=KEY)
    assert refused.value.permanent
    assert not refused.value.spoken


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["email", "web"])
def test_what_is_too_long_is_refused_before_anything_is_stored(world, kind):
    asked = world.ask(
        world.duinrand, "Vraag", kind=kind, email="" if kind == "web" else "resi@voorbeeld.example"
    )
    text = "a" * (CHANNELS[kind].wire.limits.text_characters + 1)
    with acting_for(world.duinrand.id):
        with pytest.raises(TooLong):
            send_reply(conversation=asked, by=world.members["sanne"], text=text, key=uuid4())
        assert not Delivery.objects.exists()

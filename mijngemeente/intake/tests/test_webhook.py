"""Other systems bring messages at one address."""

from collections.abc import Mapping

import pytest

from mijngemeente.channels.contract import Channel, Incoming, Limits, Party
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.channels.web.wire import WebWire
from mijngemeente.conversations.models import Message
from mijngemeente.intake.models import Payload
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db


class PostcardWire(WebWire):
    """A channel of which other systems bring the messages, with a stamp as proof."""

    limits = Limits(text_characters=100)

    def authenticate(self, headers: Mapping[str, str], body: bytes, credentials: object) -> bool:
        return headers.get("X-Stamp") == "echt"

    def parse(self, body: bytes) -> Incoming:
        return Incoming(external_id=body.decode(), sender=Party("Kaart", "", "postcard"), text=body.decode())


@pytest.fixture
def postcards(world, monkeypatch):
    """One line more in the registry, as a new channel is made."""
    monkeypatch.setitem(CHANNELS, "postcard", Channel("postcard", "ansichtkaart", PostcardWire()))
    return InboxAddress.objects.create(
        kind="postcard", address="duinrand", organisation=world.duinrand, name="Kaarten", token="kaart-1"
    )


def bring(client, body=b"Groeten uit Duinrand", stamp="echt", address="/in/postcard/kaart-1/"):
    return client.post(address, body, content_type="text/plain", headers={"x-stamp": stamp})


def payloads(world):
    with acting_for(world.duinrand.id):
        return Payload.objects.count()


def test_what_is_brought_is_kept_and_becomes_a_message(client, world, postcards, run_jobs):
    assert bring(client).status_code == 200
    assert bring(client).status_code == 200
    run_jobs()
    with acting_for(world.duinrand.id):
        assert [message.text for message in Message.objects.filter(direction="in")] == [
            "Groeten uit Duinrand"
        ]


def test_a_forged_call_is_refused(client, world, postcards):
    assert bring(client, stamp="vals").status_code == 403
    assert payloads(world) == 0


@pytest.mark.parametrize(
    "address", ["/in/postcard/kaart-2/", "/in/fax/kaart-1/", "/in/web/kaart-1/", "/in/postcard/%00/"]
)
def test_an_unknown_address_does_not_exist(client, postcards, address):
    assert bring(client, address=address).status_code == 404


def test_a_stopped_inbox_or_organisation_has_no_address(client, world, postcards):
    InboxAddress.objects.filter(id=postcards.id).update(is_active=False)
    assert bring(client).status_code == 404
    InboxAddress.objects.filter(id=postcards.id).update(is_active=True)
    world.duinrand.is_active = False
    world.duinrand.save()
    assert bring(client).status_code == 404


def test_only_post_brings_something(client, postcards):
    assert client.get("/in/postcard/kaart-1/").status_code == 405


def test_too_much_is_refused(client, world, postcards):
    assert bring(client, body=b"x" * 3_000_000).status_code == 400
    assert payloads(world) == 0


def test_our_own_form_cannot_be_called_from_outside(client, world):
    assert bring(client, address="/in/web/web-duinrand/").status_code == 403

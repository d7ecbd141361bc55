"""One resident writes to two inboxes of one municipality at once."""

from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Link, Message
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db

RESI = Party("Resi", "resi@voorbeeld.example", "email")


@pytest.fixture
def inboxes(world):
    first = world.inbox(world.duinrand, "email")
    second = InboxAddress.objects.create(
        kind="email",
        address="belasting@duinrand.example",
        organisation=world.duinrand,
        name="Belasting",
        token=str(uuid4()),
    )
    return first, second


def arrives(inboxes, incoming):
    for inbox in inboxes:
        with acting_for(inbox.organisation_id):
            actions.receive_message(
                inbox=inbox,
                incoming=incoming,
                organisation_id=inbox.organisation_id,
                covered_by_id=inbox.organisation_id,
            )


def test_each_next_mail_to_both_joins_the_two_conversations(world, inboxes):
    arrives(inboxes, Incoming("<een@voorbeeld.example>", RESI, "Aan allebei.", subject="Aanslag"))
    arrives(
        inboxes,
        Incoming(
            "<twee@voorbeeld.example>",
            RESI,
            "Nog iets.",
            subject="Re: Aanslag",
            replies_to=("<een@voorbeeld.example>",),
        ),
    )
    with acting_for(world.duinrand.id):
        assert [each.messages.count() for each in Conversation.objects.all()] == [2, 2]
        assert Link.objects.count() == 1


def test_an_answer_with_our_own_mark_to_both_stands_once_in_its_conversation(world, inboxes):
    arrives(inboxes[:1], Incoming("<een@voorbeeld.example>", RESI, "Vraag", subject="Aanslag"))
    with acting_for(world.duinrand.id):
        asked = Conversation.objects.get()
    arrives(
        inboxes,
        Incoming("<twee@voorbeeld.example>", RESI, "Antwoord", subject="Aanslag", conversation_id=asked.id),
    )
    with acting_for(world.duinrand.id):
        assert [each.text for each in Message.objects.order_by("id")] == ["Vraag", "Antwoord"]
        assert not Link.objects.exists()


def test_an_address_longer_in_lower_case_than_we_keep_is_kept_as_far_as_it_goes(world):
    asked = world.ask(world.duinrand, "Vraag", kind="email", email="İ" * 320)
    with acting_for(world.duinrand.id):
        assert asked.contact.addresses.get().value == ("i̇" * 160)

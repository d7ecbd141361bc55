"""Promise P11: the same events in any order end in the same state."""

from collections.abc import Callable
from itertools import permutations
from uuid import uuid4

import pytest

from mijngemeente.channels.contract import Bounce, Incoming, Party, Receipt, StatusUpdate
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Delivery, Link, Message
from mijngemeente.platform.tenancy import acting_for

AN = Party("An", "an@voorbeeld.example", "email")
SUBJECT = "Brug"


#: Four events, of which the last comes twice, in each order that differs.
ORDERS = sorted(set(permutations((0, 1, 2, 3, 3))))


class Mailbox:
    """One mailbox; every order begins with addresses of its own."""

    def __init__(self, world) -> None:
        self.world = world
        self.mark = uuid4().hex[:8]
        self.inbox = world.inbox(world.duinrand, "email")

    def mail(self, name: str, text: str, *replies_to: str) -> Callable[[], None]:
        incoming = Incoming(
            f"<{name}-{self.mark}@voorbeeld.example>",
            Party("An", f"an-{self.mark}@voorbeeld.example", "email"),
            text,
            subject=SUBJECT,
            replies_to=tuple(f"<{each}-{self.mark}@voorbeeld.example>" for each in replies_to),
        )

        def arrives() -> None:
            with acting_for(self.world.duinrand.id):
                actions.receive_message(
                    inbox=self.inbox,
                    incoming=incoming,
                    organisation_id=self.world.duinrand.id,
                    covered_by_id=self.world.duinrand.id,
                )

        return arrives

    def state(self) -> tuple[list[list[str]], set[str]]:
        """What was said in each conversation, without the order it came in; and how they stand."""
        with acting_for(self.world.duinrand.id):
            rows = Conversation.objects.filter(contact__addresses__value__contains=self.mark)
            said = [sorted(each.messages.values_list("text", flat=True)) for each in rows]
            return sorted(said), set(rows.values_list("status", flat=True))


def test_a_thread_is_one_conversation_whatever_mail_comes_first_or_twice(world):
    ends = []
    for order in ORDERS:
        box = Mailbox(world)
        events = [
            box.mail("een", "Waarom is de brug dicht?"),
            box.mail("twee", "Ik bedoel de hoge brug", "een"),
            box.mail("vier", "Laat maar", "drie", "een"),
            box.mail("drie", "En tot wanneer?", "twee", "een"),
        ]
        for number in order:
            events[number]()
        ends.append(box.state())
    said = [["En tot wanneer?", "Ik bedoel de hoge brug", "Laat maar", "Waarom is de brug dicht?"]]
    assert ends == [(said, {"open"})] * len(ends)


@pytest.fixture
def sent(world):
    """An answer on its way, a new one each time."""

    def send() -> Delivery:
        asked = world.ask(world.duinrand, "een vraag", email=f"{uuid4().hex}@voorbeeld.example")
        with acting_for(world.duinrand.id):
            row = Conversation.objects.select_related("contact", "inbox").get(id=asked.id)
            by = world.members["sanne"]
            message = actions.send_reply(conversation=row, by=by, text="antwoord", key=uuid4())
            delivery = Delivery.objects.select_related("message__conversation", "inbox").get(message=message)
            assert actions.claim(delivery)
        return delivery

    return send


DELIVERED = StatusUpdate("<x@voorbeeld.example>", "delivered")
BOUNCED = Bounce("<x@voorbeeld.example>", (), "Het adres bestaat niet.", is_permanent=True)


def test_a_bounce_has_the_last_word_whatever_is_told_before_it_or_after(world, sent):
    ends = set()
    tellings = {
        "receipt": lambda delivery: actions.record_receipt(
            delivery=delivery, receipt=Receipt(f"<{delivery.id}@duinrand.example>")
        ),
        "bounce": lambda delivery: actions.record_bounce(delivery=delivery, bounce=BOUNCED),
        "again": lambda delivery: actions.record_bounce(delivery=delivery, bounce=BOUNCED),
        "delivered": lambda delivery: actions.record_status(delivery=delivery, update=DELIVERED),
    }
    for order in permutations(tellings):
        delivery = sent()
        with acting_for(world.duinrand.id):
            for name in order:
                tellings[name](delivery)
            ends.add(Delivery.objects.get(id=delivery.id).state)
    assert ends == {"failed"}


def test_merging_and_what_arrives_meanwhile_end_alike(world):
    """Merged before or after each of three mails, of which one names a message of the merged one."""
    ends = []
    for order in ORDERS:
        box = Mailbox(world)
        box.mail("een", "Waarom is de brug dicht?")()
        box.mail("andere", "En wanneer gaat hij open?")()
        with acting_for(world.duinrand.id):
            rows = Conversation.objects.filter(contact__addresses__value__contains=box.mark)
            first, second = rows.order_by("number")

        def merge(first=first, second=second) -> None:
            with acting_for(world.duinrand.id):
                source = Conversation.objects.get(id=first.id)
                into = Conversation.objects.get(id=second.id)
                actions.merge(conversation=source, into=into, by=world.members["sanne"])

        events = [
            merge,
            box.mail("twee", "Ik bedoel de hoge brug", "een"),
            box.mail("drie", "Die bij de sluis", "andere"),
            box.mail("vier", "Nog iets", "twee", "een"),
        ]
        for number in order:
            events[number]()
        with acting_for(world.duinrand.id):
            merged = Conversation.objects.get(id=first.id)
            into = Conversation.objects.get(id=second.id)
            said = Message.objects.filter(conversation__in=(first, second)).count()
        ends.append((*box.state(), merged.status, into.status, into.waiting_since is not None, said))
    assert ends == [ends[0]] * len(ends)
    assert ends[0][2:] == ("closed", "open", True, 5)


def test_an_answer_that_came_before_the_mail_it_answers_is_joined_to_it(world):
    box = Mailbox(world)
    box.mail("een", "Waarom is de brug dicht?")()
    box.mail("drie", "Nog iets", "twee")()
    box.mail("twee", "Ik bedoel de hoge brug", "een")()
    with acting_for(world.duinrand.id):
        begun = Message.objects.get(text="Nog iets").conversation_id
        link = Link.objects.get()
        assert link.other_conversation_id == begun
        assert link.conversation_id == Message.objects.get(text="Ik bedoel de hoge brug").conversation_id

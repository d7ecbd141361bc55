"""Residents are made one, or one is erased, at the very moment that one of them writes."""

import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection, connections

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations.actions import merge, merge_contacts, receive_message, split, undo_merge
from mijngemeente.conversations.errors import Crossed, MergedElsewhere
from mijngemeente.conversations.models import Contact, ContactMerge, Conversation, Message
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.tests.processes import until
from tests.world import build_world

SECONDS = 20
MAIL = Incoming("<1@x>", Party("Fatma", "fatma@voorbeeld.example", "email"), "Wanneer?", subject="Gft")
NEXT_MAIL = replace(MAIL, external_id="<2@x>", subject="Re: Gft", replies_to=("<1@x>",))


@pytest.fixture
def world(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield build_world()
        connection.close()


@pytest.fixture
def asked(world):
    """The conversation of the resident whose contact goes up in another one."""
    return receive(world, MAIL).conversation


@pytest.fixture
def kept(world):
    return world.ask(world.duinrand, "?", email="f.yilmaz@voorbeeld.example").contact


def receive(world, incoming):
    with acting_for(world.duinrand.id):
        return _receive(world, incoming)


def _receive(world, incoming):
    return receive_message(
        inbox=world.inbox(world.duinrand, "email"),
        incoming=incoming,
        organisation_id=world.duinrand.id,
        covered_by_id=world.duinrand.id,
    )


@contextmanager
def meanwhile(act):
    """What is in the block happens while `act` has done its work and did not commit yet."""
    done, leave, errors = threading.Event(), threading.Event(), []

    def run():
        try:
            act(done, leave)
        except Exception as error:
            errors.append(error)
        finally:
            done.set()
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(SECONDS)
    try:
        yield leave
    finally:
        leave.set()
        thread.join(SECONDS)
    assert errors == []


def in_unit(world, act):
    def run(done, leave):
        with acting_for(world.duinrand.id):
            act()
            done.set()
            leave.wait(SECONDS)

    return run


def is_somebody_waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def both_at_once(first, second):
    """`second` begins once `first` did its work, and `first` commits once `second` waits for it."""
    with meanwhile(first) as leave:
        waiting = threading.Thread(target=lambda: _release(leave))
        waiting.start()
        second()
        waiting.join(SECONDS)


def _release(leave):
    try:
        until(is_somebody_waiting, seconds=SECONDS)
    finally:
        leave.set()
        connections.close_all()


def test_what_a_resident_writes_during_a_merge_is_the_ones_who_stays(world, asked, kept):
    def join():
        merge_contacts(kept=kept, gone=asked.contact, by=world.members["sanne"])

    another = replace(MAIL, external_id="<3@x>", subject="Iets anders")
    both_at_once(in_unit(world, join), lambda: receive(world, another))
    assert nobody_writes_as(world, asked.contact_id)


def test_a_merge_waits_for_a_resident_who_is_just_writing(world, asked, kept):
    def join():
        with acting_for(world.duinrand.id):
            merge_contacts(kept=kept, gone=asked.contact, by=world.members["sanne"])

    both_at_once(in_unit(world, lambda: _receive(world, NEXT_MAIL)), join)
    assert nobody_writes_as(world, asked.contact_id)


def test_undoing_a_merge_waits_for_a_resident_who_is_just_writing(world, asked, kept):
    with acting_for(world.duinrand.id):
        made = merge_contacts(kept=kept, gone=asked.contact, by=world.members["sanne"])

    def apart():
        with acting_for(world.duinrand.id):
            rows = ContactMerge.objects.select_related("kept", "gone")
            undo_merge(merge=rows.get(id=made.id), by=world.members["sanne"])

    with pytest.raises(Crossed):
        both_at_once(in_unit(world, lambda: _receive(world, NEXT_MAIL)), apart)


def test_a_conversation_that_is_just_taken_apart_moves_along(world, asked, kept):
    received = receive(world, NEXT_MAIL)

    def part():
        split(
            conversation=asked,
            message_ids=[received.message.id],
            subject="Papier",
            by=world.members["sanne"],
        )

    def join():
        with acting_for(world.duinrand.id):
            merge_contacts(kept=kept, gone=asked.contact, by=world.members["sanne"])

    both_at_once(in_unit(world, part), join)
    assert nobody_writes_as(world, asked.contact_id)


def nobody_writes_as(world, contact_id):
    with acting_for(world.duinrand.id):
        assert Contact.objects.filter(id=contact_id).exists()
        conversations = Conversation.objects.filter(contact=contact_id)
        return not conversations.exists() and not Message.objects.filter(contact=contact_id).exists()


def test_two_colleagues_who_merge_two_conversations_crosswise_make_one(world, asked):
    other = receive(world, replace(MAIL, external_id="<9@x>", subject="Papier")).conversation
    with acting_for(world.duinrand.id):
        first, second = (fresh(each.id) for each in (asked, other))

    def cross():
        with acting_for(world.duinrand.id):
            merge(conversation=second, into=first, by=world.members["bram"])

    def one_way():
        merge(conversation=first, into=second, by=world.members["sanne"])

    with pytest.raises(MergedElsewhere, match=str(first.number)):
        both_at_once(in_unit(world, one_way), cross)
    with acting_for(world.duinrand.id):
        assert fresh(first.id).merged_into_id == second.id
        assert fresh(second.id).merged_into is None


def fresh(conversation_id):
    return Conversation.objects.select_related("merged_into", "contact").get(id=conversation_id)

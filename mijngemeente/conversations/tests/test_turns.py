"""Two workers read two mails of one thread at the same moment."""

import threading

import pytest
from django.db import connection

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations.actions import receive_message
from mijngemeente.conversations.models import Conversation
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.tests.processes import until
from tests.world import build_world

QUESTION = Incoming("<1@x>", Party("Fatma", "fatma@voorbeeld.example", "email"), "Wanneer?", subject="Gft")
ANSWER = Incoming(
    "<2@x>",
    Party("Fatma", "fatma@voorbeeld.example", "email"),
    "En het papier?",
    subject="Re: Gft",
    replies_to=("<1@x>",),
)


@pytest.fixture
def world(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield build_world()
        connection.close()


@pytest.mark.parametrize(("first", "second"), [(QUESTION, ANSWER), (ANSWER, QUESTION)])
def test_the_second_waits_for_the_first_and_joins_it(world, first, second):
    inbox = world.inbox(world.duinrand, "email")

    def read(incoming, leave):
        with acting_for(world.duinrand.id):
            receive_message(
                inbox=inbox,
                incoming=incoming,
                organisation_id=world.duinrand.id,
                covered_by_id=world.duinrand.id,
            )
            arrived.set()
            leave.wait(20)
        connection.close()

    arrived, go, at_once = threading.Event(), threading.Event(), threading.Event()
    at_once.set()
    one = threading.Thread(target=read, args=[first, go])
    one.start()
    assert arrived.wait(20)
    arrived.clear()
    other = threading.Thread(target=read, args=[second, at_once])
    other.start()
    until(is_somebody_waiting, seconds=20)
    assert not arrived.is_set()
    go.set()
    one.join(20)
    other.join(20)
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get().messages.filter(direction="in").count() == 2


def is_somebody_waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0] > 0

"""A low mark becomes a call to make."""

import pytest

from mijngemeente.conversations.models import Conversation, Delivery, Link, Message
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.desk.rules import call_back_words
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tenancy import acting_for


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Wanneer komt het gft?", subject="Gft")


def rate(asked, *scores):
    with acting_for(asked.organisation_id):
        for score in scores:
            record_satisfaction(conversation=asked, score=score, reason="Veel te laat")


def calls(asked):
    with acting_for(asked.organisation_id):
        return list(Conversation.objects.exclude(id=asked.id))


def test_a_low_mark_is_work_for_somebody(world, asked, client):
    rate(asked, 4)
    (call,) = calls(asked)
    assert (call.status, call.assignee, call.contact_id, call.priority) == ("open", None, asked.contact_id, 1)
    with acting_for(world.duinrand.id):
        assert Link.objects.filter(conversation=asked, other_conversation_id=call.id).exists()
        assert Message.objects.get(conversation=call).direction == "note"
        assert not Delivery.objects.exists()
    client.force_login(world.sanne)
    page = client.get(f"/duinrand/werkplek/gesprekken/{call.id}/").content.decode()
    assert "Terugbellen: cijfer 4" in page and "Veel te laat" in page
    assert "Een afdeling" not in page


def test_changing_the_mark_asks_for_no_second_call(asked):
    rate(asked, 4, 3, 9, 2)
    assert len(calls(asked)) == 1


@pytest.mark.parametrize(("limit", "score", "count"), [(5, 5, 1), (5, 6, 0), (0, 1, 0), (10, 10, 1)])
def test_a_municipality_says_from_which_mark(world, asked, limit, score, count):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(organisation=world.duinrand, call_back_to=limit)
    rate(asked, score)
    assert len(calls(asked)) == count


def test_the_words_say_why_or_that_nobody_knows():
    assert "De inwoner schreef: Te laat" in call_back_words(12, 4, " Te laat ")
    assert "schreef niet waarom" in call_back_words(12, 4, "")

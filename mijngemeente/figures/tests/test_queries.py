"""Figures over a small month that can be counted by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mijngemeente.conversations.actions import close, reopen, send_reply
from mijngemeente.conversations.models import Closure, Conversation, Message
from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.figures.queries.facts import Selection
from mijngemeente.figures.queries.tables import conversations_of, per_day, table_of, total_of
from mijngemeente.figures.rules import Dimension, Period, Reaction, Share
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
#: A Monday, ten in the morning in the Netherlands.
TEN = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def asked(world):
    """Ask at ten, answer after so long, close after so long."""

    def make(*, replied=None, closed=None, began=TEN, kind="web", reason="answered", score=None, **details):
        conversation = world.ask(world.duinrand, "Vraag", kind=kind, **details)
        by = world.members["sanne"]
        with acting_for(world.duinrand.id):
            rows = Conversation.objects.filter(id=conversation.id)
            if replied is not None:
                send_reply(conversation=conversation, by=by, text="Antwoord", key=uuid7())
            if closed is not None:
                close(conversation=conversation, by=by, reason=reason, explanation="Omdat")
            if score is not None:
                record_satisfaction(conversation=conversation, score=score, reason="")
            rows.update(
                created_at=began,
                first_replied_at=began + replied if replied is not None else None,
                closed_at=began + closed if closed is not None else None,
            )
        return conversation

    return make


def selected(world, condition=None):
    return Selection((world.duinrand.id,), NOVEMBER, condition)


def total(world, condition=None):
    with acting_for(world.duinrand.id):
        return total_of(selected(world, condition))


@pytest.mark.parametrize(
    ("waited", "wanted"),
    [
        (timedelta(minutes=59), Reaction.HOUR),
        (timedelta(hours=1), Reaction.TWO_HOURS),
        (timedelta(hours=2), Reaction.FOUR_HOURS),
        (timedelta(hours=7, minutes=59), Reaction.EIGHT_HOURS),
        (timedelta(hours=13, minutes=59), Reaction.SAME_DAY),
        (timedelta(hours=14), Reaction.NEXT_DAY),
        (timedelta(hours=37, minutes=59), Reaction.NEXT_DAY),
        (timedelta(hours=38), Reaction.LATER),
        (None, Reaction.NONE),
    ],
)
def test_a_first_reaction_falls_in_its_class_by_the_dutch_clock(world, asked, waited, wanted):
    asked(replied=waited)
    assert [each for each, count in total(world).reactions.items() if count] == [wanted]


def test_the_middle_and_the_slow_are_told_beside_the_classes(world, asked):
    for minutes in (10, 20, 600):
        asked(replied=timedelta(minutes=minutes))
    found = total(world)
    assert (found.total, found.median_reaction, found.shares[Share.ANSWERED]) == (3, "20 min", 3)


def test_what_is_left_out_is_left_out(world, asked):
    asked()
    asked(began=TEN - timedelta(days=2))
    asked(began=datetime(2026, 11, 30, 23, tzinfo=UTC))
    asked(closed=timedelta(hours=1), reason=Closure.Reason.SPAM)
    asked(closed=timedelta(hours=1), reason=Closure.Reason.HANDED_OVER)
    spam = asked()
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=spam.id).update(kind="spam")
    assert total(world).total == 1


def test_a_call_we_make_ourselves_is_no_question(world, asked):
    asked(score=2)
    with acting_for(world.duinrand.id):
        Conversation.objects.update(created_at=TEN)
    assert total(world).total == 1


def test_solved_at_once_means_one_answer_and_no_return_in_seven_days(world, asked):
    hour, mail = timedelta(hours=1), {"email": "een@voorbeeld.example"}
    asked(replied=hour, closed=hour, **mail)
    asked(replied=hour, closed=hour, began=TEN + timedelta(days=8, hours=1), **mail)
    assert total(world).shares[Share.SOLVED_AT_ONCE] == 2
    asked(began=TEN + timedelta(days=3), **mail)
    assert total(world).shares[Share.SOLVED_AT_ONCE] == 1


def test_reopened_is_counted_and_not_solved_at_once(world, asked):
    hour = timedelta(hours=1)
    conversation = asked(replied=hour, closed=hour)
    with acting_for(world.duinrand.id):
        reopen(conversation=conversation, by=world.members["sanne"])
        close(conversation=conversation, by=world.members["sanne"], reason="answered")
    found = total(world)
    assert (found.shares[Share.REOPENED], found.shares[Share.SOLVED_AT_ONCE]) == (1, 0)


def test_satisfaction_is_net_and_with_its_count(world, asked):
    for score in (10, 8, 7, 5):
        asked(score=score)
    asked()
    found = total(world)
    assert (found.rated, found.net, found.mean) == (4, 25, "7,5")


def test_a_table_has_a_line_for_each_part(world, asked):
    asked()
    asked()
    asked(kind="email")
    asked(began=TEN + timedelta(hours=12))
    with acting_for(world.duinrand.id):
        channels = table_of(selected(world), Dimension.CHANNEL)
        assert [(each.key, each.total) for each in channels.lines] == [("web", 3), ("email", 1)]
        hours = table_of(selected(world), Dimension.HOURS)
        assert [(each.key, each.total) for each in hours.lines] == [("binnen", 3), ("buiten", 1)]
        for dimension in Dimension:
            assert sum(each.total for each in table_of(selected(world), dimension).lines) == 4


def test_every_number_opens_its_conversations(world, asked):
    hour = timedelta(hours=1)
    asked(replied=hour, closed=hour, score=9)
    asked(kind="email")
    with acting_for(world.duinrand.id):
        for dimension in Dimension:
            for line in table_of(selected(world), dimension).lines:
                for measures in (line.reactions, line.shares):
                    for measure, count in measures.items():
                        opened = conversations_of(
                            selected(world), dimension=dimension, part=line.key, measure=measure.value
                        )
                        assert opened.count() == count, (dimension, line.key, measure)
        assert conversations_of(selected(world), dimension=None, part="", measure="cijfer").count() == 1


def test_a_condition_narrows_it_down(world, asked):
    asked()
    asked(kind="email")
    mail = condition_of({"all": [{"field": "channel", "operator": "is", "values": ["email"]}]})
    assert total(world, mail).total == 1


def test_days_are_dutch_days(world, asked):
    asked(began=datetime(2026, 11, 2, 23, 30, tzinfo=UTC))
    with acting_for(world.duinrand.id):
        assert per_day(selected(world)) == [(date(2026, 11, 3), 1)]


def test_a_neighbour_counts_for_nothing(world, asked):
    world.ask(world.veenwijk, "Vraag")
    with acting_for(world.duinrand.id):
        everywhere = Selection(
            (world.duinrand.id, world.veenwijk.id), Period(date(2020, 1, 1), date(2099, 1, 1))
        )
        assert total_of(everywhere).total == 0
        assert not Message.objects.exclude(organisation=world.duinrand).exists()

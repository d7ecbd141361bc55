"""Conditions asked of a real database."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.conversations.queries.conditions import Asker, ask, capped_count
from mijngemeente.conversations.rules.conditions import All, Either, Leaf, Not, condition_of
from mijngemeente.conversations.rules.fields import FIELDS, Operator
from mijngemeente.desk.models import Satisfaction
from mijngemeente.organisations.models import ClosingDay, Member
from mijngemeente.organisations.queries import hours_of
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.reference.models import Topic

NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def asked(world):
    """Three conversations at Duinrand: a new one, one of Sanne with a label, and one that was closed and rated."""
    made = {
        "new": world.ask(
            world.duinrand, "De brug over de gracht is dicht", subject="Brug", name="Fatma Yilmaz"
        ),
        "hers": world.ask(
            world.duinrand, "Mijn container", name="Jan 100%_zeker", email="jan@voorbeeld.example"
        ),
        "done": world.ask(
            world.duinrand, "Dank u wel", kind="email", email="els@voorbeeld.example", name="Els"
        ),
    }
    sanne = world.members["sanne"]
    with acting_for(world.duinrand.id):
        actions.assign(conversation=made["hers"], to=sanne, by=sanne)
        actions.label(conversation=made["hers"], name="Spoed", by=sanne)
        actions.close(conversation=made["done"], by=sanne, reason="answered")
        Satisfaction.objects.create(organisation=world.duinrand, conversation=made["done"], score=4)
        topic = Topic.objects.filter(group="afval").first() or Topic.objects.first()
        for name, values in {
            "new": {
                "created_at": NOW - timedelta(hours=1),
                "waiting_since": NOW - timedelta(hours=3),
                "due_at": NOW + timedelta(hours=1),
                "amber_at": NOW - timedelta(minutes=5),
                "kind": "report",
            },
            "hers": {
                "created_at": NOW - timedelta(days=5),
                "waiting_since": NOW,
                "due_at": NOW - timedelta(hours=1),
                "topic": topic,
                "priority": 2,
                "language": "fy",
                "alarm": "distress",
                "place": "Berkel-Enschot",
            },
            "done": {"created_at": NOW - timedelta(days=30), "closed_at": NOW - timedelta(days=20)},
        }.items():
            Conversation.objects.filter(id=made[name].id).update(**values)
    return made, topic


def found(world, asked, condition, *, at=None, member="sanne"):
    asker = Asker(NOW, (at or world.duinrand.id,), frozenset({world.members[member].id}))
    with covering(asker.organisation_ids):
        ids = {each.id for each in ask(condition, asker).rows}
    return {name for name, each in asked[0].items() if each.id in ids}


def test_each_field_finds_what_it_says(world, asked):
    topic = asked[1]
    sanne, inbox = str(world.members["sanne"].id), str(world.inbox(world.duinrand, "email").id)
    expected = [
        (("status", "is", "open"), {"new", "hers"}),
        (("status", "is_not", "open"), {"done"}),
        (("status", "one_of", "closed", "snoozed"), {"done"}),
        (("kind", "is", "report"), {"new"}),
        (("kind", "empty"), {"hers", "done"}),
        (("topic", "is", topic.slug), {"hers"}),
        (("topic", "is_not", topic.slug), {"new", "done"}),
        (("topic", "not_empty"), {"hers"}),
        (("topic_group", "is", topic.group), {"hers"}),
        (("label", "is", "spoed"), {"hers"}),
        (("label", "none_of", "SPOED"), {"new", "done"}),
        (("label", "empty"), {"new", "done"}),
        (("label", "not_empty"), {"hers"}),
        (("channel", "is", "email"), {"done"}),
        (("inbox", "is", inbox), {"done"}),
        (("priority", "is", "2"), {"hers"}),
        (("assignee", "is", "me"), {"hers"}),
        (("assignee", "is", sanne), {"hers"}),
        (("assignee", "is", "nobody"), {"new", "done"}),
        (("assignee", "one_of", "nobody", "me"), {"new", "hers", "done"}),
        (("assignee", "is_not", "me"), {"new", "done"}),
        (("covered_by", "is", str(world.duinrand.id)), {"new", "hers", "done"}),
        (("organisation", "is_not", str(world.duinrand.id)), set()),
        (("language", "is", "fy"), {"hers"}),
        (("alarm", "not_empty"), {"hers"}),
        (("place", "contains", "berkel"), {"hers"}),
        (("place", "empty"), {"new", "done"}),
        (("contact_name", "contains", "fatma"), {"new"}),
        (("contact_name", "contains", "100%_"), {"hers"}),
        (("contact_name", "contains_not", "fatma"), {"hers", "done"}),
        (("contact_address", "contains", "JAN@"), {"hers"}),
        (("contact_address", "empty"), set()),
        (("subject", "contains", "brug"), {"new"}),
        (("subject", "empty"), {"hers", "done"}),
        (("text", "contains", "container"), {"hers"}),
        (("text", "contains_not", "brug"), {"hers", "done"}),
        (("number", "at_most", "1"), {"new"}),
        (("number", "is", "999999999"), set()),
        (("score", "at_most", "5"), {"done"}),
        (("score", "is", "999999999"), set()),
        (("score", "empty"), {"new", "hers"}),
        (("created_at", "within_last", "2h"), {"new"}),
        (("created_at", "longer_ago", "3d"), {"hers", "done"}),
        (("created_at", "before", "2026-11-16"), {"done"}),
        (("created_at", "after", "2026-11-16"), {"new"}),
        (("waiting_since", "longer_ago", "2h"), {"new"}),
        (("waiting_since", "empty"), {"done"}),
        (("closed_at", "not_empty"), {"done"}),
        (("closed_at", "within_last", "9999d"), {"done"}),
        (("first_replied_at", "empty"), {"new", "hers", "done"}),
        (("last_message_at", "before", "2000-01-02"), set()),
        (("due_at", "overdue"), {"hers"}),
        (("due_at", "near"), {"new"}),
        (("due_at", "empty"), {"done"}),
    ]  # fmt: skip
    assert {field for (field, *_), _ in expected} == set(FIELDS)
    for (field, operator, *values), names in expected:
        condition = condition_of({"field": field, "operator": operator, "values": values})
        assert found(world, asked, condition) == names, (field, operator, values)
        assert found(world, asked, Not(condition)) == set(asked[0]) - names, (field, operator, "not")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T08:59:59", False),
        ("2026-11-20T09:00", True),
        ("2026-11-20T16:59:59", True),
        ("2026-11-20T17:00", False),
        ("2026-11-21T12:00", False),
        ("2026-12-25T12:00", False),
        # A day with a closing of its own until noon.
        ("2026-11-19T11:59", False),
        ("2026-11-19T12:00", True),
    ],
)
def test_opening_hours_are_those_of_the_organisation(moment, is_open, world, asked):
    """The same answer as the clock in organisations/rules/hours.py gives."""
    day = date(2026, 11, 19)
    with acting_for(world.duinrand.id):
        ClosingDay.objects.create(
            organisation=world.duinrand, starts_on=day, ends_on=day, closed_until=12 * 60, reason="studiedag"
        )
        Conversation.objects.filter(id=asked[0]["new"].id).update(created_at=at(moment))
        assert hours_of(world.duinrand.id).is_open(at(moment)) is is_open
    assert ("new" in found(world, asked, Leaf("created_at", Operator.IN_HOURS))) is is_open
    assert ("new" in found(world, asked, Leaf("created_at", Operator.OUTSIDE_HOURS))) is not is_open


def test_what_never_happened_is_neither_in_nor_outside_opening_hours(world, asked):
    for operator in (Operator.IN_HOURS, Operator.OUTSIDE_HOURS):
        assert found(world, asked, Leaf("first_replied_at", operator)) == set()


def test_groups_nest(world, asked):
    is_open = Leaf("status", Operator.IS, ("open",))
    mine = Leaf("assignee", Operator.IS, ("me",))
    low = Leaf("score", Operator.AT_MOST, ("5",))
    assert found(world, asked, All((is_open, Not(mine)))) == {"new"}
    assert found(world, asked, Either((low, All((is_open, mine))))) == {"hers", "done"}
    assert found(world, asked, Not(Either((low, mine)))) == {"new"}


def test_what_is_gone_matches_nothing_also_when_denied(world, asked):
    with acting_for(world.duinrand.id):
        Label.objects.all().delete()
    Member.objects.filter(id=world.members["bram"].id).update(left_at=timezone.now())
    for field, value in {
        "label": "Spoed",
        "assignee": str(world.members["bram"].id),
        "topic": "bestaat-niet",
        "topic_group": "bestaat niet",
        "inbox": str(uuid4()),
        "channel": "fax",
        "priority": "9",
        "organisation": "99999999999999999999",
    }.items():
        gone = Leaf(field, Operator.IS, (value,))
        denied = Leaf(field, Operator.IS_NOT, (value,))
        for condition in (gone, denied, Not(gone), Not(denied), Not(All((gone,)))):
            assert found(world, asked, condition) == set(), condition
        assert found(world, asked, Either((gone, Leaf("number", Operator.IS, ("1",))))) == {"new"}
        with covering([world.duinrand.id]):
            assert ask(gone, Asker(NOW, (world.duinrand.id,))).problems


def test_a_condition_never_reaches_past_the_wall(world, asked):
    everything = Not(Leaf("number", Operator.IS, ("999",)))
    assert found(world, asked, everything) == {"new", "hers", "done"}
    assert found(world, asked, everything, at=world.veenwijk.id) == set()
    theirs = Leaf("inbox", Operator.IS, (str(world.inbox(world.duinrand, "email").id),))
    with covering([world.veenwijk.id]):
        answer = ask(theirs, Asker(NOW, (world.veenwijk.id,)))
    assert "Duinrand" not in answer.sentence


def test_counting_stops_at_its_bound(world, asked):
    everything = Not(Leaf("number", Operator.IS, ("999",)))
    with covering([world.duinrand.id]):
        rows = ask(everything, Asker(NOW, (world.duinrand.id,))).rows
        assert [capped_count(rows, most) for most in (2, 3, 1000)] == [2, 3, 3]

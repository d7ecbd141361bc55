"""The clock is kept by whoever changes a conversation."""

from copy import copy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations import actions, jobs
from mijngemeente.conversations.models import Conversation, Message, Notification
from mijngemeente.conversations.queries import RECOMPUTED_AT_ONCE
from mijngemeente.organisations.models import Absence, OpeningWeek, ServiceLevel
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

HOUR = timedelta(hours=1)


@pytest.fixture
def duinrand(world):
    """Open day and night, so that an hour is an hour."""
    with acting_for(world.duinrand.id):
        OpeningWeek.objects.create(
            organisation=world.duinrand, week=[[[0, 1440]]] * 7, is_closed_on_holidays=False
        )
        ServiceLevel.objects.create(
            organisation=world.duinrand, first_reply=60, next_reply=120, solution=600, warns_at=50
        )
    return world.duinrand


def look(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def act(conversation, action, **given):
    with acting_for(conversation.organisation_id):
        return getattr(actions, action)(conversation=conversation, **given)


def shift(conversation, **back):
    """Let time pass: move these moments back."""
    with acting_for(conversation.organisation_id):
        row = Conversation.objects.get(id=conversation.id)
        moved = {name: getattr(row, name) - by for name, by in back.items()}
        Conversation.objects.filter(id=row.id).update(**moved)


def reply(conversation, by):
    return act(conversation, "send_reply", by=by, text="Dat regelen wij.", key=uuid4())


def test_a_question_has_a_first_reply_due_from_the_moment_it_came(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    assert asked.due_norm == "first_reply"
    assert asked.due_at == asked.created_at + HOUR
    assert asked.amber_at == asked.tell_at == asked.created_at + HOUR / 2
    assert look(asked).due_at == asked.due_at


def test_an_answer_stops_the_clock_and_a_next_question_starts_it(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    reply(asked, world.members["sanne"])
    answered = look(asked)
    assert (answered.due_norm, answered.due_at, answered.amber_at, answered.tell_at) == ("", None, None, None)
    assert answered.paused_since is not None
    act(asked, "change_status", status="open", by=world.members["sanne"])
    again = look(asked)
    assert (again.due_norm, again.due_at) == ("next_reply", again.waiting_since + 2 * HOUR)


def test_a_receipt_is_no_answer(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    act(asked, "send_automatic", text="Uw vraag is binnen.")
    assert look(asked).due_norm == "first_reply"


def test_waiting_for_the_resident_does_not_count(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    act(asked, "change_status", status="waiting_resident", by=world.members["sanne"])
    assert look(asked).due_at is None
    shift(asked, paused_since=3 * HOUR)
    act(asked, "change_status", status="open", by=world.members["sanne"])
    again = look(asked)
    assert again.paused_minutes == 180
    assert (again.due_norm, again.due_at) == ("first_reply", again.created_at + 4 * HOUR)


def test_waiting_for_a_department_counts_unless_the_norm_says_not(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    act(asked, "change_status", status="waiting_department", by=world.members["sanne"])
    assert look(asked).due_at == asked.due_at
    with acting_for(duinrand.id):
        ServiceLevel.objects.update(pauses_for_department=True)
    other = world.ask(duinrand, "Waar is de markt?", email="ander@voorbeeld.example")
    act(other, "change_status", status="waiting_department", by=world.members["sanne"])
    assert look(other).due_at is None
    shift(other, paused_since=HOUR)
    act(other, "change_status", status="open", by=world.members["sanne"])
    assert look(other).due_at == other.due_at + HOUR


def test_closing_ends_the_clock_and_opening_again_starts_the_solution_anew(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    reply(asked, world.members["sanne"])
    act(asked, "close", by=world.members["sanne"], reason="answered")
    closed = look(asked)
    assert (closed.due_at, closed.tell_at) == (None, None)
    shift(asked, created_at=100 * HOUR)
    act(asked, "reopen", by=world.members["sanne"])
    again = look(asked)
    assert (again.due_norm, again.due_at) == ("next_reply", again.waiting_since + 2 * HOUR)
    assert again.paused_minutes == 0


def test_what_was_too_late_is_so_after_closing_without_an_answer_and_opening_again(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    shift(asked, created_at=30 * HOUR)
    act(asked, "close", by=world.members["sanne"], reason="unanswered")
    act(asked, "reopen", by=world.members["sanne"])
    again = look(asked)
    assert (again.due_norm, again.due_at) == ("first_reply", again.created_at + HOUR)
    assert again.reopened_at is None


@pytest.mark.parametrize("is_followed_up", [False, True])
def test_the_time_that_an_unanswered_question_was_closed_does_not_count(world, duinrand, is_followed_up):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    if is_followed_up:
        reply(asked, world.members["sanne"])
        world.ask(duinrand, "En waar?", conversation_id=asked.id)
    before = look(asked)
    act(asked, "close", by=world.members["sanne"], reason="unanswered")
    shift(asked, closed_at=5 * HOUR)
    act(asked, "reopen", by=world.members["sanne"])
    again = look(asked)
    assert again.due_norm == before.due_norm != ""
    assert abs(again.due_at - before.due_at - 5 * HOUR) < HOUR / 60


def test_what_it_is_about_changes_what_is_due(world, duinrand):
    topic = Topic.objects.first()
    with acting_for(duinrand.id):
        ServiceLevel.objects.create(organisation=duinrand, topic=topic, first_reply=30)
        ServiceLevel.objects.create(organisation=duinrand, kind="complaint", first_reply=None, solution=240)
    asked = world.ask(duinrand, "Wanneer is de markt?")
    act(asked, "change_topic", topic=topic, by=world.members["sanne"])
    assert look(asked).due_at == asked.created_at + HOUR / 2
    act(asked, "change_topic", topic=None, by=world.members["sanne"])
    act(asked, "change_kind", kind="complaint", by=world.members["sanne"])
    assert (look(asked).due_norm, look(asked).due_at) == ("solution", asked.created_at + 4 * HOUR)


def test_a_handed_over_question_gets_the_norm_of_who_took_it(world, duinrand, run_jobs):
    asked = world.ask(duinrand, "Wanneer is de markt in Veenwijk?")
    new_id = act(
        asked, "hand_over", to=world.veenwijk, by=world.members["sanne"], told="Wij sturen het door."
    )
    run_jobs()
    with acting_for(world.veenwijk.id):
        taken = Conversation.objects.get(id=new_id)
    assert taken.due_norm == "first_reply"
    assert taken.due_at > asked.due_at
    assert look(asked).due_at is None


def test_who_answers_answers_in_its_own_hours(world, duinrand):
    """Veenwijk keeps office hours; the region that answers for it never closes."""
    with acting_for(world.region.id):
        OpeningWeek.objects.create(
            organisation=world.region, week=[[[0, 1440]]] * 7, is_closed_on_holidays=False
        )
    asked = world.ask(world.veenwijk, "Waar is de markt?")
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=asked.id).update(covered_by=world.region)
        actions.keep_clock(asked)
    assert look(asked).due_at == asked.created_at + 16 * HOUR


def test_amber_and_red_are_said_once_each(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    calm = world.ask(duinrand, "Waar is de markt?", email="ander@voorbeeld.example")
    told = []

    def watch_after(**back):
        shift(asked, **back)
        jobs.watch(0)
        jobs.watch(0)
        with acting_for(duinrand.id):
            lines = AuditLine.objects.filter(verb__in=["conversation.nearly_due", "conversation.overdue"])
            told[:] = list(lines.order_by("id").values_list("verb", "conversation_id", "detail"))

    watch_after(tell_at=HOUR / 4)
    assert told == []
    watch_after(tell_at=HOUR / 4)
    assert told == [("conversation.nearly_due", asked.id, {"norm": "first_reply"})]
    assert look(asked).tell_at == asked.due_at
    watch_after(tell_at=HOUR, due_at=HOUR)
    assert [verb for verb, _, _ in told] == ["conversation.nearly_due", "conversation.overdue"]
    assert look(asked).tell_at is None
    assert look(calm).tell_at == calm.amber_at


def test_what_nobody_has_is_told_once_to_the_team_that_is_there(world, duinrand):
    today = timezone.localdate()
    Absence.objects.create(person=world.bram, starts_on=today, ends_on=today)

    def turns_amber(asked):
        with acting_for(duinrand.id):
            Conversation.objects.filter(id=asked.id).update(tell_at=timezone.now())
        jobs.watch(0)

    def told():
        with acting_for(duinrand.id):
            rows = Notification.objects.filter(kind="unclaimed").order_by("id")
            return [(each.member.person.name, each.conversation_id) for each in rows]

    asked = [world.ask(duinrand, f"Vraag {number}") for number in range(4)]
    turns_amber(asked[0])
    turns_amber(asked[1])
    assert told() == [("Sanne", asked[0].id)]
    with acting_for(duinrand.id):
        actions.read_notifications(organisation_id=duinrand.id, by=world.members["sanne"])
    act(asked[2], "assign", to=world.members["bram"], by=world.members["sanne"])
    turns_amber(asked[2])
    assert told() == [("Sanne", asked[0].id)]
    turns_amber(asked[3])
    assert told() == [("Sanne", asked[0].id), ("Sanne", asked[3].id)]
    shift(asked[3], due_at=100 * HOUR)
    turns_amber(asked[3])
    assert len(told()) == 2


def test_looking_for_what_turns_is_one_query_for_the_whole_country(
    world, duinrand, django_assert_num_queries
):
    world.ask(duinrand, "Wanneer is de markt?")
    # Begin, scope, read only, the question itself, end; and which organisations there are.
    with django_assert_num_queries(7):
        jobs.watch(0)


def test_a_changed_norm_moves_what_is_open_and_says_how_many(world, duinrand, run_jobs):
    asked = [world.ask(duinrand, "Wanneer?", email=f"{n}@voorbeeld.example") for n in range(3)]
    act(asked[0], "close", by=world.members["sanne"], reason="answered")
    act(asked[1], "change_status", status="waiting_resident", by=world.members["sanne"])
    more_than_one_round = copies(asked[2], RECOMPUTED_AT_ONCE)
    with acting_for(duinrand.id):
        ServiceLevel.objects.update(first_reply=30)
    jobs.recompute(organisation_id=duinrand.id, because="change")
    run_jobs()
    assert look(asked[0]).due_at is look(asked[1]).due_at is None
    for each in (asked[2], more_than_one_round[-1]):
        assert look(each).due_at == each.created_at + HOUR / 2
    with acting_for(duinrand.id):
        line = AuditLine.objects.get(verb="levels.recomputed")
    assert line.detail == {"moved": RECOMPUTED_AT_ONCE + 1, "because": "change"}


def copies(conversation, number):
    with acting_for(conversation.organisation_id):
        row = Conversation.objects.get(id=conversation.id)
        rows = [copy(row) for _ in range(number)]
        for count, each in enumerate(rows):
            each.id, each.number = uuid7(), 1000 + count
        return Conversation.objects.bulk_create(rows)


def test_a_night_that_moves_nothing_says_nothing(world, duinrand, run_jobs):
    world.ask(duinrand, "Wanneer is de markt?")
    jobs.recompute_everywhere(0)
    run_jobs()
    with acting_for(duinrand.id):
        assert not AuditLine.objects.filter(verb="levels.recomputed").exists()


@pytest.mark.parametrize("skew", [timedelta(minutes=-10), timedelta(), timedelta(minutes=10)])
def test_a_senders_clock_changes_neither_order_nor_what_is_due(world, duinrand, skew):
    """Promise P12: ten minutes early or late."""
    first = world.ask(duinrand, "Eerst", sent_at=timezone.now())
    later = world.ask(duinrand, "Later", sent_at=timezone.now() + skew, email="ander@voorbeeld.example")
    with acting_for(duinrand.id):
        said = list(Message.objects.order_by("id").values_list("text", flat=True))
    assert said == ["Eerst", "Later"]
    assert first.waiting_since < later.waiting_since
    assert first.due_at < later.due_at
    assert later.due_at == later.created_at + HOUR


def test_nothing_is_told_of_a_clock_that_somebody_stopped_since_it_was_found(world, duinrand):
    asked = world.ask(duinrand, "Wanneer is de markt?")
    act(asked, "assign", to=world.members["bram"], by=world.members["sanne"])
    reply(asked, world.members["sanne"])
    assert not act(look(asked), "tell_of_clock", at=timezone.now())

"""A new question goes to who should have it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mijngemeente.assignment import actions, jobs, queries
from mijngemeente.assignment.actions import Outline, placing
from mijngemeente.assignment.errors import NobodyNamed, NotWorking, RuleGone
from mijngemeente.assignment.models import AssignmentRule
from mijngemeente.conversations.actions import change_topic, close, label
from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.organisations.models import Absence, Member, ServiceAgreement
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

WEB = {"all": [{"field": "channel", "operator": "is", "values": ["web"]}]}


@pytest.fixture
def rule(world):
    def make(condition=WEB, members=("sanne", "bram"), *, on=True, where=None, **options):
        organisation = where or world.duinrand
        by = world.members["beheer"]
        with acting_for(organisation.id):
            kept = actions.keep_rule(
                organisation=organisation,
                outline=Outline(
                    name="Alles van het web",
                    condition=condition_of(condition),
                    members=tuple(world.members[each] for each in members),
                    **options,
                ),
                by=by,
            )
            if on:
                actions.switch_on(rule=kept, by=by)
            return kept

    return make


def assigned(conversation) -> str:
    with acting_for(conversation.organisation_id):
        found = Conversation.objects.select_related("assignee__person").get(id=conversation.id)
        return str(found.assignee or "")


def fill(world) -> int:
    with acting_for(world.duinrand.id):
        return actions.fill(organisation_id=world.duinrand.id)


def test_work_is_spread_over_those_who_are_named(world, rule):
    rule()
    asked = [world.ask(world.duinrand, f"Vraag {number}") for number in range(4)]
    assert fill(world) == 4
    assert sorted(map(assigned, asked)) == ["Bram", "Bram", "Sanne", "Sanne"]


def test_a_question_is_given_away_as_it_comes_in(world, rule, run_jobs, client):
    rule(members=("sanne",))
    from mijngemeente.api.actions import make_token
    from mijngemeente.organisations.rules import Role

    with acting_for(world.duinrand.id):
        issued = make_token(
            organisation=world.duinrand,
            name="Vorm",
            role=Role.AGENT,
            ends_on=timezone.localdate(),
            by=world.members["beheer"],
        )
    client.post(
        "/api/v1/gesprekken",
        {"tekst": "Wanneer komt het gft?"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {issued.secret}"},
    )
    run_jobs()
    with acting_for(world.duinrand.id):
        taken = Conversation.objects.get()
        assert str(taken.assignee) == "Sanne"
        line = AuditLine.objects.get(verb="conversation.assigned")
        assert (line.member, line.conversation_id) == (None, taken.id)


def test_whoever_is_full_gets_nothing_until_there_is_room(world, rule):
    rule(members=("sanne",), most_open=1)
    first, second = world.ask(world.duinrand, "Eerst"), world.ask(world.duinrand, "Daarna")
    fill(world)
    assert [assigned(first), assigned(second)] == ["Sanne", ""]
    with acting_for(world.duinrand.id):
        close(conversation=first, by=world.members["sanne"], reason="answered")
    jobs.fill(0)
    assert assigned(second) == "Sanne"


def test_who_waits_longest_goes_first(world, rule):
    rule(members=("sanne",), most_open=1)
    late, early = world.ask(world.duinrand, "Later"), world.ask(world.duinrand, "Eerder")
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=early.id).update(waiting_since=timezone.now() - timedelta(days=2))
    fill(world)
    assert [assigned(early), assigned(late)] == ["Sanne", ""]


def test_only_who_knows_the_topic(world, rule):
    topic = Topic.objects.first()
    rule(needs_skill=True)
    asked = world.ask(world.duinrand, "Vraag")
    fill(world)
    assert assigned(asked) == ""
    with acting_for(world.duinrand.id):
        change_topic(conversation=asked, topic=topic, by=world.members["sanne"])
        actions.know(
            organisation=world.duinrand,
            member=world.members["bram"],
            topic_groups=[topic.group],
            by=world.members["beheer"],
        )
    fill(world)
    assert assigned(asked) == "Bram"


def test_a_stand_in_takes_it_while_somebody_is_away(world, rule):
    rule(members=("sanne",))
    today = timezone.localdate()
    away = Absence.objects.create(person=world.sanne, starts_on=today, ends_on=today)
    first = world.ask(world.duinrand, "Vraag")
    fill(world)
    assert assigned(first) == ""
    away.stand_in = world.woord
    away.save()
    fill(world)
    assert assigned(first) == "Woord"


def test_the_first_rule_that_holds_decides(world, rule):
    rule(members=("bram",))
    rule(members=("sanne",))
    asked = world.ask(world.duinrand, "Vraag")
    fill(world)
    assert assigned(asked) == "Bram"


def test_a_rule_looks_in_its_own_organisation_only(world, rule):
    rule()
    asked = world.ask(world.veenwijk, "Vraag")
    jobs.fill(0)
    assert assigned(asked) == ""


def test_another_team_takes_it_while_it_works_for_us(world, rule):
    kept = rule(where=world.veenwijk, members=(), team=world.region)
    asked = world.ask(world.veenwijk, "Vraag")
    with acting_for(world.veenwijk.id):
        actions.fill(organisation_id=world.veenwijk.id)
        assert Conversation.objects.get(id=asked.id).covered_by_id == world.region.id
    ServiceAgreement.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    with acting_for(world.veenwijk.id):
        actions.fill(organisation_id=world.veenwijk.id)
        kept.refresh_from_db()
    assert (kept.is_on, "werkt niet meer" in kept.problem) == (False, True)


def test_a_rule_whose_person_is_gone_switches_off_and_says_so(world, rule):
    kept = rule(members=("sanne",))
    Member.objects.filter(id=world.members["sanne"].id).update(left_at=timezone.now())
    asked = world.ask(world.duinrand, "Vraag")
    jobs.fill(0)
    with acting_for(world.duinrand.id):
        kept.refresh_from_db()
        assert AuditLine.objects.filter(verb="rule.switched_off", member=None).count() == 1
    assert (kept.is_on, "werkt hier nog" in kept.problem, assigned(asked)) == (False, True, "")


def test_a_rule_whose_word_is_gone_switches_off_and_the_next_decides(world, rule):
    asked = world.ask(world.duinrand, "Vraag")
    with acting_for(world.duinrand.id):
        label(conversation=asked, name="Spoor", by=world.members["sanne"])
    kept = rule({"all": [{"field": "label", "operator": "is", "values": ["Spoor"]}]}, members=("sanne",))
    rule(members=("bram",))
    with acting_for(world.duinrand.id):
        Label.objects.all().delete()
    fill(world)
    with acting_for(world.duinrand.id):
        kept.refresh_from_db()
    assert (kept.is_on, "Spoor" in kept.problem, assigned(asked)) == (False, True, "Bram")


def test_a_rule_with_nothing_to_work_with_does_not_go_on(world, rule):
    kept = rule({"all": [{"field": "label", "operator": "is", "values": ["Bestaat niet"]}]}, on=False)
    with acting_for(world.duinrand.id), pytest.raises(NotWorking, match="Bestaat niet"):
        actions.switch_on(rule=kept, by=world.members["beheer"])


def test_a_rule_for_nobody_is_refused(rule):
    with pytest.raises(NobodyNamed):
        rule(members=())


def test_a_changed_rule_is_off_until_it_was_tried_again(world, rule):
    kept = rule()
    with acting_for(world.duinrand.id):
        actions.keep_rule(
            organisation=world.duinrand,
            outline=Outline("Anders", condition_of(WEB), (world.members["sanne"],)),
            by=world.members["beheer"],
            rule=kept,
        )
        assert not AssignmentRule.objects.get().is_on


def test_a_trial_tells_what_would_have_happened_last_month(world, rule):
    first = rule(members=("bram",))
    topic = Topic.objects.first()
    for number in range(3):
        world.ask(world.duinrand, f"Vraag {number}")
    mail = world.ask(world.duinrand, "Een mail", kind="email")
    old = world.ask(world.duinrand, "Heel oud", kind="email")
    with acting_for(world.duinrand.id):
        change_topic(conversation=mail, topic=topic, by=world.members["sanne"])
        Conversation.objects.filter(id=old.id).update(created_at=timezone.now() - timedelta(days=31))
        everything = condition_of({"all": [{"field": "status", "operator": "is", "values": ["open"]}]})
        trial = queries.trial_of(everything, world.duinrand.id, [first], timezone.now())
    assert (trial.asked, trial.given, trial.taken_before) == (4, 1, 3)
    assert trial.topics == [(topic.label, 1)]


def test_accepting_without_rules_leaves_it_to_people(world):
    asked = world.ask(world.duinrand, "Vraag")
    with acting_for(world.duinrand.id):
        assert actions.place(conversation=asked) is None
    assert assigned(asked) == ""


def test_what_no_rule_is_about_stands_before_nobody(world, rule, monkeypatch):
    monkeypatch.setattr(placing, "ROUND", 1)
    world.ask(world.duinrand, "Een mail", kind="email")
    asked = world.ask(world.duinrand, "Van het web")
    rule(members=("sanne",))
    assert fill(world) == 1
    assert assigned(asked) == "Sanne"


def test_what_waits_for_somebody_who_is_full_stands_before_nobody(world, rule, monkeypatch):
    monkeypatch.setattr(placing, "ROUND", 2)
    for number in range(5):
        world.ask(world.duinrand, f"Van het web {number}")
    rule(members=("sanne",), most_open=0)
    asked = world.ask(world.duinrand, "Een mail", kind="email")
    rule({"all": [{"field": "channel", "operator": "is", "values": ["email"]}]}, members=("bram",))
    assert fill(world) == 1
    assert assigned(asked) == "Bram"


def test_what_nobody_knows_about_stands_before_nobody(world, rule, monkeypatch):
    monkeypatch.setattr(placing, "ROUND", 2)
    known, unknown = Topic.objects.order_by("group").first(), Topic.objects.order_by("group").last()
    asked = [world.ask(world.duinrand, f"Vraag {number}") for number in range(5)]
    rule(needs_skill=True)
    with acting_for(world.duinrand.id):
        bram, beheer = world.members["bram"], world.members["beheer"]
        actions.know(organisation=world.duinrand, member=bram, topic_groups=[known.group], by=beheer)
        for each in asked[1:-1]:
            change_topic(conversation=each, topic=unknown, by=bram)
        change_topic(conversation=asked[-1], topic=known, by=bram)
    assert fill(world) == 1
    assert [assigned(each) for each in asked] == ["", "", "", "", "Bram"]


def test_all_of_a_rule_goes_to_its_team_also_when_its_people_are_full(world, rule, monkeypatch):
    monkeypatch.setattr(placing, "ROUND", 2)
    asked = [world.ask(world.veenwijk, f"Vraag {number}") for number in range(5)]
    rule(where=world.veenwijk, members=("vera",), team=world.region, most_open=1)
    with acting_for(world.veenwijk.id):
        assert actions.fill(organisation_id=world.veenwijk.id) == 1
        covered = Conversation.objects.filter(id__in=[each.id for each in asked])
        assert set(covered.values_list("covered_by", flat=True)) == {world.region.id}


def test_a_rule_that_a_colleague_just_removed_is_neither_moved_nor_changed(world, rule):
    gone, by = rule(), world.members["beheer"]
    outline = Outline(name="Nog eens", condition=condition_of(WEB), members=(world.members["sanne"],))
    with acting_for(world.duinrand.id):
        actions.remove_rule(rule=AssignmentRule.objects.get(id=gone.id), by=by)
        with pytest.raises(RuleGone, match="net weggehaald"):
            actions.move_rule(rule=gone, by=by, steps=1)
        with pytest.raises(RuleGone):
            actions.keep_rule(organisation=world.duinrand, outline=outline, by=by, rule=gone)
        actions.remove_rule(rule=gone, by=by)
        assert AuditLine.objects.filter(verb="rule.removed").count() == 1

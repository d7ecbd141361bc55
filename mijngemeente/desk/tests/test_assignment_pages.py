"""An administrator writes rules in words, tries them and switches them."""

import pytest

from mijngemeente.assignment import actions, jobs
from mijngemeente.assignment.models import AssignmentRule, Skill
from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.desk.forms import RuleForm
from mijngemeente.desk.queries.timelines import timeline_of
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

PLACE = "/duinrand/beheer/toewijzing/"
ROW = {"v.mode": "all", "v.0.field": "channel", "v.0.operator": "is", "v.0.value": "web"}


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


def save(client, world, url=f"{PLACE}nieuw/", **change):
    typed = ROW | {
        "name": "Web",
        "members": [str(world.members["sanne"].id)],
        "moment": "always",
        "deed": "save",
    }
    return client.post(url, typed | change)


def the_rule(world):
    with acting_for(world.duinrand.id):
        return AssignmentRule.objects.get()


def test_a_rule_is_made_tried_and_switched(beheer, world):
    world.ask(world.duinrand, "Vraag")
    answer = save(beheer, world)
    trial = beheer.get(answer["Location"]).content.decode()
    assert "1 van 1 nieuwe gesprekken" in trial and "Aanzetten" in trial
    for _ in range(2):
        beheer.post(answer["Location"], {"to": "on"})
    assert the_rule(world).is_on
    assert "Sanne" in beheer.get(PLACE).content.decode()
    beheer.post(answer["Location"], {"to": "off"})
    assert not the_rule(world).is_on


def told_of(conversation):
    with acting_for(conversation.organisation_id):
        return [each.sentence for each in timeline_of(conversation)]


def test_the_history_says_which_rule_gave_a_conversation_to_whom(beheer, world):
    beheer.post(save(beheer, world)["Location"], {"to": "on"})
    asked = world.ask(world.duinrand, "Vraag")
    jobs.fill(0)
    assert "De regel “Web” gaf het gesprek aan Sanne" in told_of(asked)
    with acting_for(world.duinrand.id):
        actions.remove_rule(rule=AssignmentRule.objects.get(), by=world.members["beheer"])
    assert "Een regel die er niet meer is gaf het gesprek aan Sanne" in told_of(asked)


def test_the_history_says_which_rule_brought_in_another_team(world):
    by = world.members["veenbeheer"]
    with acting_for(world.veenwijk.id):
        outline = actions.Outline(
            name="Naar de regio",
            condition=condition_of({"all": [{"field": "channel", "operator": "is", "values": ["web"]}]}),
            members=(),
            team=world.region,
        )
        kept = actions.keep_rule(organisation=world.veenwijk, outline=outline, by=by)
        actions.switch_on(rule=kept, by=by)
    asked = world.ask(world.veenwijk, "Vraag")
    with acting_for(world.veenwijk.id):
        actions.fill(organisation_id=world.veenwijk.id)
    assert any("(de regel “Naar de regio”)" in each for each in told_of(asked))


def test_whoever_works_elsewhere_is_shown_with_their_organisation(world):
    own, guest = world.members["vera"], world.members["regio"]
    form = RuleForm(at=world.veenwijk, members=[own, guest], teams=[])
    names = [name for _, name in form.fields["members"].choices]
    assert names == [str(own), f"{guest} ({world.region})"]


def test_a_rule_that_switched_itself_off_is_seen_where_an_administrator_looks_first(beheer, world):
    beheer.post(save(beheer, world)["Location"], {"to": "on"})
    assert "ging vanzelf uit" not in beheer.get("/duinrand/beheer/").content.decode()
    beheer.post(f"/duinrand/beheer/mensen/{world.members['sanne'].id}/einde/")
    jobs.fill(0)
    for page in ("/duinrand/beheer/", PLACE):
        shown = beheer.get(page).content.decode()
        assert "ging vanzelf uit" in shown
        assert "Niemand van wie in deze regel staat, werkt hier nog." in shown


def test_conditions_are_put_together_without_a_script(beheer):
    page = beheer.post(f"{PLACE}nieuw/", ROW | {"deed": "row:v"}).content.decode()
    assert "v.1.field" in page
    part = beheer.post(f"{PLACE}nieuw/", ROW | {"deed": "count"}, headers={"HX-Request": "true"})
    assert "hx-swap-oob" in part.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Geef de regel een naam"),
        ({"members": []}, "Kies wie de gesprekken krijgt"),
        ({"most_open": "0"}, "1"),
        ({"v.0.value": ""}, "Vul in wat je zoekt"),
        ({"members": ["00000000-0000-0000-0000-000000000000"]}, "keuze"),
    ],
)
def test_a_rule_with_a_mistake_says_what_to_mend(beheer, world, change, words):
    answer = save(beheer, world, **change)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    with acting_for(world.duinrand.id):
        assert not AssignmentRule.objects.exists()


def test_rules_are_ordered_and_removed(beheer, world):
    for name in ("Eerst", "Daarna"):
        save(beheer, world, name=name)
    with acting_for(world.duinrand.id):
        last = AssignmentRule.objects.get(name="Daarna")
    beheer.post(f"{PLACE}{last.id}/plaats/", {"to": "up"})
    with acting_for(world.duinrand.id):
        assert [each.name for each in AssignmentRule.objects.all()] == ["Daarna", "Eerst"]
    beheer.post(f"{PLACE}{last.id}/weg/")
    assert the_rule(world).name == "Eerst"


def test_who_knows_what_is_kept(beheer, world):
    group = Topic.objects.first().group
    number = str(world.members["bram"].id)
    beheer.post(f"{PLACE}kennis/", {number: [group, "bestaat niet"]})
    with acting_for(world.duinrand.id):
        assert [(str(each.member_id), each.topic_group) for each in Skill.objects.all()] == [(number, group)]
    assert "checked" in beheer.get(f"{PLACE}kennis/").content.decode()


def test_a_team_of_a_hundred_is_kept_in_one_go_and_too_much_is_refused_in_a_sentence(beheer, world):
    group = Topic.objects.first().group
    boxes = [str(number) for number in range(1999)]
    number = str(world.members["bram"].id)
    assert beheer.post(f"{PLACE}kennis/", {number: [group, *boxes]}).status_code == 302
    with acting_for(world.duinrand.id):
        assert Skill.objects.get().topic_group == group
    refused = beheer.post(f"{PLACE}kennis/", {number: [group, *boxes * 3]})
    assert refused.status_code == 400
    assert "Het is niet bewaard" in refused.content.decode()

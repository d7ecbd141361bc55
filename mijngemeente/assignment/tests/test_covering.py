"""A conversation is with the team that is there, and moves when the hour changes."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from mijngemeente.assignment import actions
from mijngemeente.assignment.jobs import check_agreements, move
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.intake.tests.conftest import Resident
from mijngemeente.organisations.actions import change_terms, end_agreement, switch_agreement_on
from mijngemeente.organisations.models import Member, OpeningWeek, ServiceAgreement
from mijngemeente.organisations.rules import Role
from mijngemeente.organisations.rules.hours import LOCAL
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.world import build_world

OFFICE = [[[540, 1020]]] * 5 + [[], []]
ROUND_THE_CLOCK = [[[0, 1440]]] * 7
SHUT = [[]] * 7
DAY = datetime(2026, 11, 24, 11, 0, tzinfo=LOCAL).astimezone(UTC)
EVENING = datetime(2026, 11, 24, 17, 0, tzinfo=LOCAL).astimezone(UTC)
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL).astimezone(UTC)


def opens(organisation, week):
    with acting_for(organisation.id):
        OpeningWeek.objects.update_or_create(
            organisation=organisation, defaults={"week": week, "is_closed_on_holidays": False}
        )


def helps(world, provider, **terms):
    """The provider takes over from Veenwijk when that is closed."""
    made, _ = ServiceAgreement.objects.update_or_create(
        provider=provider,
        client=world.veenwijk,
        starts_on="2020-01-01",
        defaults={"moment": "closed", "is_on": True, "position": provider.id} | terms,
    )
    return ServiceAgreement.objects.get(id=made.id)


@pytest.fixture
def agreed(world):
    opens(world.veenwijk, OFFICE)
    opens(world.region, ROUND_THE_CLOCK)
    return helps(world, world.region)


def settled(world, conversation, at):
    with acting_for(world.veenwijk.id):
        actions.settle(conversation=conversation, at=at)
    return now(world, conversation)


def moved(world, conversation, at):
    with acting_for(world.veenwijk.id):
        actions.move(organisation_id=world.veenwijk.id, at=at)
    return now(world, conversation)


def now(world, conversation):
    with acting_for(world.veenwijk.id):
        return Conversation.objects.get(id=conversation.id)


def told(world, conversation):
    with acting_for(world.veenwijk.id):
        lines = AuditLine.objects.filter(conversation_id=conversation.id, verb="conversation.covered")
        return [line.detail for line in lines.order_by("id")]


def test_what_comes_in_while_we_are_closed_is_with_who_is_open(client, world, run_jobs):
    opens(world.veenwijk, SHUT)
    opens(world.region, ROUND_THE_CLOCK)
    helps(world, world.region)
    Resident(client).ask("veenwijk", "Waar kan ik parkeren?", name="Fatma")
    run_jobs()
    with acting_for(world.veenwijk.id):
        asked = Conversation.objects.get()
    assert (asked.covered_by_id, asked.covered_because) == (world.region.id, "closed")
    client.force_login(world.vera)
    page = client.get(f"/veenwijk/werkplek/gesprekken/{asked.id}/").content.decode()
    assert "Buiten openingstijd: Regio Noorderkust" in page
    assert "Het gesprek ging naar het team van Regio Noorderkust (buiten openingstijd)" in page
    # Her own team sees it too, and the region finds it among its own.
    assert "Waar kan ik parkeren" in client.get("/werkplek/?rij=alle").content.decode()
    client.force_login(world.regio)
    assert "Waar kan ik parkeren" in client.get("/werkplek/?rij=team").content.decode()


def test_it_moves_at_the_minute_in_which_the_hour_changes(world, agreed):
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), DAY)
    assert (asked.covered_by_id, asked.covers_until) == (world.veenwijk.id, EVENING)
    assert moved(world, asked, EVENING - timedelta(seconds=1)).covered_by_id == world.veenwijk.id
    evening = moved(world, asked, EVENING)
    assert (evening.covered_by_id, evening.covers_until) == (world.region.id, MORNING)
    morning = moved(world, asked, MORNING)
    assert (morning.covered_by_id, morning.covered_because) == (world.veenwijk.id, "")
    assert [each["to"] for each in told(world, asked)] == [world.region.id, world.veenwijk.id]


def test_the_clock_counts_in_the_hours_of_the_team_that_has_it(world, agreed):
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), DAY)
    assert moved(world, asked, EVENING).due_at < asked.due_at


def test_the_job_finds_what_is_to_move_without_an_organisation_set(world, agreed):
    opens(world.veenwijk, SHUT)
    asked = world.ask(world.veenwijk, "Vraag")
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=asked.id).update(covers_until=timezone.now())
    move(0)
    assert now(world, asked).covered_by_id == world.region.id


def test_who_works_on_one_keeps_it_and_gives_it_back_to_the_team_that_is_there(world, agreed):
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), DAY)
    with acting_for(world.veenwijk.id):
        conversations.assign(conversation=asked, to=world.members["vera"], by=world.members["vera"])
    assert moved(world, asked, EVENING).covered_by_id == world.veenwijk.id
    with acting_for(world.veenwijk.id):
        conversations.release(conversation=asked, by=world.members["vera"])
    assert moved(world, asked, EVENING).covered_by_id == world.region.id


def test_the_hour_does_not_change_under_the_hands_of_who_writes(client, world, agreed):
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), DAY)
    soon = timezone.now() + timedelta(minutes=1)
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=asked.id).update(covers_until=soon)
    client.force_login(world.vera)
    writing = {"kind": "reply", "body": "Dag", "key": "00000000-0000-4000-8000-000000000002"}
    sent = client.post(f"/veenwijk/werkplek/gesprekken/{asked.id}/concept/", writing)
    assert sent.status_code < 300
    assert now(world, asked).covers_until > soon + timedelta(minutes=10)


def test_two_workers_move_it_once(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        world = build_world()
        opens(world.veenwijk, OFFICE)
        opens(world.region, ROUND_THE_CLOCK)
        helps(world, world.region)
        asked = [settled(world, world.ask(world.veenwijk, f"Vraag {n}"), DAY) for n in range(20)]
        both = Barrier(2)

        def work():
            both.wait(20)
            with acting_for(world.veenwijk.id):
                actions.move(organisation_id=world.veenwijk.id, at=EVENING)
            connection.close()

        workers = [Thread(target=work) for _ in range(2)]
        for each in workers:
            each.start()
        for each in workers:
            each.join(20)
        # What one had locked the other left for the next minute.
        moved(world, asked[0], EVENING)
        assert {now(world, each).covered_by_id for each in asked} == {world.region.id}
        assert [len(told(world, each)) for each in asked] == [1] * 20
        connection.close()


@pytest.mark.parametrize(
    ("terms", "change", "goes"),
    [
        ({"reaches": 1}, {"kind": "complaint"}, False),
        ({"reaches": 2}, {"kind": "complaint"}, True),
        ({"reaches": 2}, {"kind": "formal"}, False),
        ({"reaches": 2}, {"formal_kind": "objection"}, False),
        ({"reaches": 1}, {"kind": "formal", "alarm": "danger"}, True),
        ({"channels": ["email"]}, {}, False),
        ({"channels": ["web"]}, {}, True),
        ({"topic_groups": ["bestaat niet"]}, {}, False),
    ],
)
def test_what_goes_further_stays_with_the_own_team(world, agreed, terms, change, goes):
    helps(world, world.region, **terms)
    asked = world.ask(world.veenwijk, "Vraag")
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=asked.id).update(**change)
    found = settled(world, now(world, asked), EVENING)
    assert (found.covered_by_id == world.region.id) == goes


def test_marking_it_formal_brings_it_home(world, agreed):
    helps(world, world.region, reaches=2)
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), EVENING)
    assert asked.covered_by_id == world.region.id
    with acting_for(world.veenwijk.id):
        conversations.mark_formal(conversation=asked, kind="objection", by=world.members["vera"])
    assert moved(world, asked, timezone.now()).covered_by_id == world.veenwijk.id


def test_what_is_too_much_for_one_team_goes_to_the_next(world, agreed):
    helps(world, world.region, most_open=2)
    opens(world.national, ROUND_THE_CLOCK)
    helps(world, world.national, position=99)
    asked = [settled(world, world.ask(world.veenwijk, f"Vraag {n}"), DAY) for n in range(3)]
    moved(world, asked[0], EVENING)
    teams = sorted(now(world, each).covered_by_id for each in asked)
    assert teams == sorted([world.national.id, world.region.id, world.region.id])


def test_who_helps_with_a_crowd_takes_what_is_above_it(world, agreed):
    helps(world, world.region, moment="always", helps_above=2)
    asked = [settled(world, world.ask(world.veenwijk, f"Vraag {n}"), DAY) for n in range(2)]
    assert {each.covered_by_id for each in asked} == {world.veenwijk.id}
    third = settled(world, world.ask(world.veenwijk, "Vraag 3"), DAY)
    assert (third.covered_by_id, third.covered_because) == (world.region.id, "busy")


def test_an_agreement_that_ends_brings_everything_home(world, agreed, run_jobs):
    opens(world.veenwijk, SHUT)
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), timezone.now())
    assert asked.covered_by_id == world.region.id
    with acting_for(world.veenwijk.id):
        end_agreement(agreement=agreed, by=world.members["vera"])
    run_jobs()
    assert now(world, asked).covered_by_id == world.veenwijk.id


def test_switching_on_takes_along_what_is_open_and_new_terms_switch_off(world, agreed, run_jobs):
    opens(world.veenwijk, SHUT)
    helps(world, world.region, is_on=False)
    asked = world.ask(world.veenwijk, "Vraag")
    with acting_for(world.veenwijk.id):
        switch_agreement_on(agreement=agreed, by=world.members["vera"])
    run_jobs()
    assert now(world, asked).covered_by_id == world.region.id
    with acting_for(world.veenwijk.id):
        change_terms(agreement=agreed, by=world.members["vera"])
    run_jobs()
    assert now(world, asked).covered_by_id == world.veenwijk.id


def gone_region(world):
    world.region.is_active = False
    world.region.save()


def gone_people(world):
    Member.objects.filter(organisation=world.region).update(roles=[Role.READER.value])


def gone_topics(world):
    helps(world, world.region, topic_groups=["bestaat niet meer"])


def gone_channels(world):
    helps(world, world.region, channels=["telegraaf"])


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (gone_region, "doet niet meer mee"),
        (gone_people, "werkt niemand meer"),
        (gone_topics, "onderwerpen"),
        (gone_channels, "kanalen"),
    ],
)
def test_an_agreement_whose_team_or_place_is_gone_switches_itself_off(client, world, agreed, happens, words):
    happens(world)
    check_agreements(0)
    found = ServiceAgreement.objects.get(id=agreed.id)
    assert not found.is_on
    assert words in found.problem
    client.force_login(world.veenbeheer)
    assert words in client.get("/veenwijk/beheer/afspraken/").content.decode()
    assert words in client.get("/veenwijk/beheer/").content.decode()


def test_an_agreement_that_works_stays_on(world, agreed):
    check_agreements(0)
    assert ServiceAgreement.objects.get(id=agreed.id).is_on


def test_who_cover_each_other_keep_what_neither_can_take(world, agreed):
    opens(world.region, OFFICE)
    ServiceAgreement.objects.create(
        provider=world.veenwijk, client=world.region, starts_on="2020-01-01", moment="closed", is_on=True
    )
    asked = settled(world, world.ask(world.veenwijk, "Vraag"), EVENING)
    assert asked.covered_by_id == world.veenwijk.id
    assert moved(world, asked, MORNING).covered_by_id == world.veenwijk.id

"""Which norm and whose hours hold for a conversation."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from mijngemeente.organisations.models import ClosingDay, OpeningWeek, ServiceLevel
from mijngemeente.organisations.queries import hours_of, levels_of
from mijngemeente.organisations.rules.hours import LOCAL
from mijngemeente.organisations.rules.levels import USUAL, Amber, Case, Level, Scope, level_for
from mijngemeente.platform.tenancy import acting_for, covering

CASE = Case(kind="complaint", channel="email", priority=2, topic="parkeren")


@pytest.mark.parametrize(
    ("scopes", "wins"),
    [
        ([Scope()], Scope()),
        ([Scope(), Scope(channel="email")], Scope(channel="email")),
        ([Scope(), Scope(channel="web")], Scope()),
        ([Scope(kind="complaint"), Scope(topic="parkeren")], Scope(topic="parkeren")),
        ([Scope(priority=2), Scope(kind="complaint")], Scope(kind="complaint")),
        ([Scope(channel="email"), Scope(priority=2)], Scope(priority=2)),
        ([Scope(priority=0), Scope(channel="email")], Scope(channel="email")),
        (
            [Scope(topic="parkeren"), Scope(channel="email", priority=2)],
            Scope(channel="email", priority=2),
        ),
    ],
)
def test_the_most_specific_level_holds(scopes, wins):
    levels = [Level(scope=each) for each in scopes]
    assert level_for(levels, CASE).scope == wins
    assert level_for(reversed(levels), CASE).scope == wins


def test_without_a_level_that_fits_the_usual_one_holds():
    assert level_for([Level(scope=Scope(kind="report"))], CASE) == USUAL.level


@pytest.mark.parametrize(
    ("amber", "minutes"),
    [(Amber(True, 75), 360), (Amber(True, 0), 0), (Amber(False, 60), 420), (Amber(False, 900), 0)],
)
def test_amber_begins_after_a_part_or_some_minutes_before(amber, minutes):
    assert amber.after(timedelta(hours=8)) == timedelta(minutes=minutes)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def test_who_said_nothing_keeps_office_hours_and_holidays(world):
    hours = hours_of(world.duinrand.id)
    assert hours.is_open(at("2026-11-20 10:00"))
    assert not hours.is_open(at("2026-12-25 10:00"))
    assert levels_of(world.duinrand.id) == []


def test_hours_and_closing_days_are_each_ones_own_and_known_to_all(world):
    with acting_for(world.region.id):
        OpeningWeek.objects.create(organisation=world.region, week=[[[0, 1440]]] * 7)
        ClosingDay.objects.create(
            organisation=world.region,
            starts_on=date(2026, 11, 20),
            ends_on=date(2026, 11, 20),
            reason="Uitje",
        )
    with covering([world.duinrand.id]):
        assert hours_of(world.region.id).is_open(at("2026-11-19 23:00"))
        assert not hours_of(world.region.id).is_open(at("2026-11-20 10:00"))
        assert hours_of(world.duinrand.id).is_open(at("2026-11-20 10:00"))
    with pytest.raises(ProgrammingError, match="row-level security"), acting_for(world.duinrand.id):
        OpeningWeek.objects.create(organisation=world.veenwijk)


def test_norms_of_a_neighbour_are_unseen(world):
    with acting_for(world.veenwijk.id):
        ServiceLevel.objects.create(
            organisation=world.veenwijk, channel="email", first_reply=60, solution=None
        )
    with acting_for(world.duinrand.id):
        assert levels_of(world.veenwijk.id) == []
    with acting_for(world.veenwijk.id):
        (level,) = levels_of(world.veenwijk.id)
        assert (level.first_reply, level.solution) == (timedelta(hours=1), None)


def test_one_level_per_scope_also_where_nothing_is_chosen(world):
    with acting_for(world.veenwijk.id):
        ServiceLevel.objects.create(organisation=world.veenwijk)
        with pytest.raises(Exception, match="one_level_per_scope"), transaction.atomic():
            ServiceLevel.objects.create(organisation=world.veenwijk)

"""Which team answers at which moment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mijngemeente.organisations.rules.covering import (
    CROWD_LASTS,
    Asked,
    Because,
    Clocks,
    Crowd,
    Line,
    Moment,
    Terms,
    holds_now,
    line_of,
    who_covers,
)
from mijngemeente.organisations.rules.hours import (
    LOCAL,
    LOOKED_AHEAD,
    WHOLE_DAY,
    Closing,
    HolidayChoice,
    Interval,
    OpeningHours,
    closed_days,
)

OWN, REGION, NATION = 1, 2, 3
HOLIDAYS = [
    (date(2026, 12, 25), "Eerste Kerstdag"),
    (date(2026, 12, 26), "Tweede Kerstdag"),
    (date(2027, 1, 1), "Nieuwjaarsdag"),
    (date(2027, 3, 29), "Tweede Paasdag"),
    (date(2027, 4, 27), "Koningsdag"),
]
CLOSED = closed_days(HOLIDAYS, HolidayChoice(), [])
DAY = (Interval(9 * 60, 17 * 60),)
EVENING = (Interval(8 * 60, 22 * 60),)
NIGHT = (Interval(0, 6 * 60), Interval(20 * 60, 24 * 60))
NEVER = OpeningHours(((),) * 7)
ALWAYS = OpeningHours(((WHOLE_DAY,),) * 7)
TOWN = OpeningHours((*(DAY,) * 5, (), ()), CLOSED)
OUT_LATE = OpeningHours((*(EVENING,) * 6, ()), CLOSED)
AT_NIGHT = OpeningHours((NIGHT,) * 7)
CLOCKS = Clocks(TOWN, {REGION: OUT_LATE, NATION: ALWAYS})
SINCE = date(2025, 1, 1)


def at(words: str) -> datetime:
    """The moment at which the clock on the wall shows this; the first of two."""
    return datetime.fromisoformat(words).replace(tzinfo=LOCAL).astimezone(UTC)


def closed_only(provider: int, **more: object) -> Terms:
    return Terms(provider, SINCE, moment=Moment.CLOSED, **more)


BOTH = [closed_only(REGION), closed_only(NATION)]


def covered(agreements, when, asked=None, clocks=CLOCKS, crowd=None):
    return who_covers(asked or Asked("web"), agreements, clocks, crowd or Crowd(), at(when))


@pytest.mark.parametrize(
    ("when", "team", "until"),
    [
        # A Tuesday: the own team, the region in the evening, the country at night.
        ("2026-11-24 16:59", None, "2026-11-24 17:00"),
        ("2026-11-24 17:00", REGION, "2026-11-24 22:00"),
        ("2026-11-24 21:59", REGION, "2026-11-24 22:00"),
        ("2026-11-24 22:00", NATION, "2026-11-25 08:00"),
        ("2026-11-25 00:00", NATION, "2026-11-25 08:00"),
        ("2026-11-25 08:00", REGION, "2026-11-25 09:00"),
        ("2026-11-25 09:00", None, "2026-11-25 17:00"),
        # The region works on Saturday, on Sunday only the country.
        ("2026-11-28 12:00", REGION, "2026-11-28 22:00"),
        ("2026-11-29 12:00", NATION, "2026-11-30 08:00"),
        # Christmas 2026 is a Friday and a Saturday; New Year's Day 2027 a Friday.
        ("2026-12-25 12:00", NATION, "2026-12-28 08:00"),
        ("2027-01-01 10:00", NATION, "2027-01-02 08:00"),
        # Easter Monday and King's Day 2027.
        ("2027-03-29 11:00", NATION, "2027-03-30 08:00"),
        ("2027-04-27 11:00", NATION, "2027-04-28 08:00"),
        # In both nights of summer time the morning begins at 8.00 on the wall.
        ("2026-10-25 01:30", NATION, "2026-10-26 08:00"),
        ("2027-03-28 01:30", NATION, "2027-03-30 08:00"),
    ],
)
def test_each_hour_has_its_team(when, team, until):
    found = covered(BOTH, when)
    assert found.provider_id == team
    # The country's own clock is looked at again after a week at the latest; none of these is that far.
    assert found.until == at(until)


@pytest.mark.parametrize(
    ("when", "open_until"),
    [
        # 02.00 to 03.00 does not exist in the first night, and comes twice in the second: a night is from
        # 20.00 to 6.00 on the wall, nine or eleven hours long, and midnight is no border.
        ("2027-03-27 20:00", timedelta(hours=9)),
        ("2026-10-24 20:00", timedelta(hours=11)),
        ("2026-11-24 20:00", timedelta(hours=10)),
    ],
)
def test_a_night_shift_lasts_until_six_across_midnight_and_summer_time(when, open_until):
    found = covered([Terms(REGION, SINCE)], when, clocks=Clocks(TOWN, {REGION: AT_NIGHT}))
    assert (found.provider_id, found.until) == (REGION, at(when) + open_until)


def test_each_minute_of_the_hour_that_comes_twice_has_one_team():
    clocks = Clocks(TOWN, {REGION: OpeningHours(((Interval(150, 240),),) * 7)})
    night = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    teams = [
        who_covers(
            Asked("web"), [Terms(REGION, SINCE)], clocks, Crowd(), night + timedelta(minutes=each)
        ).provider_id
        for each in range(180)
    ]
    # From the first 2.30 on the wall (0.30 UTC) to 4.00 (3.00 UTC), without a hole in between.
    assert teams == [None] * 30 + [REGION] * 150


def test_the_answer_stands_until_it_says_so():
    moment, end = at("2026-12-23 00:00"), at("2027-01-05 00:00")
    found = who_covers(Asked("web"), BOTH, CLOCKS, Crowd(), moment)
    while moment < end:
        moment += timedelta(minutes=7)
        now = who_covers(Asked("web"), BOTH, CLOCKS, Crowd(), moment)
        if now.provider_id != found.provider_id:
            assert found.until <= moment
        if moment >= found.until:
            found = now


def test_a_closing_day_of_the_own_team_lets_others_help():
    day_out = closed_days([], HolidayChoice(), [Closing(date(2026, 11, 24), date(2026, 11, 24))])
    clocks = Clocks(OpeningHours(TOWN.week, day_out), CLOCKS.theirs)
    assert covered(BOTH, "2026-11-24 11:00", clocks=clocks).provider_id == REGION


@pytest.mark.parametrize(
    ("terms", "asked", "team"),
    [
        ({"channels": frozenset({"web"})}, Asked("web"), REGION),
        ({"channels": frozenset({"web"})}, Asked("email"), None),
        ({"topic_groups": frozenset({"Afval"})}, Asked("web", "Afval"), REGION),
        ({"topic_groups": frozenset({"Afval"})}, Asked("web", "Wegen"), None),
        ({"topic_groups": frozenset({"Afval"})}, Asked("web"), None),
        ({"reaches": Line.FIRST}, Asked("web", line=Line.FIRST), REGION),
        ({"reaches": Line.FIRST}, Asked("web", line=Line.SECOND), None),
        ({"reaches": Line.SECOND}, Asked("web", line=Line.SECOND), REGION),
        ({"reaches": Line.SECOND}, Asked("web", line=Line.ALL), None),
        ({"reaches": Line.ALL}, Asked("web", line=Line.ALL), REGION),
        ({"moment": Moment.OPEN}, Asked("web"), REGION),
        ({"moment": Moment.CLOSED}, Asked("web"), None),
    ],
)
def test_an_agreement_is_for_what_it_says(terms, asked, team):
    assert covered([Terms(REGION, SINCE, **terms)], "2026-11-24 11:00", asked).provider_id == team


@pytest.mark.parametrize(
    ("kind", "more", "line"),
    [
        ("question", {}, Line.FIRST),
        ("", {}, Line.FIRST),
        ("complaint", {}, Line.SECOND),
        ("question", {"asks_department": True}, Line.SECOND),
        ("formal", {}, Line.ALL),
        ("complaint", {"is_formal": True}, Line.ALL),
        ("crisis_signal", {}, Line.SECOND),
        ("formal", {"is_alarm": True}, Line.FIRST),
    ],
)
def test_what_is_asked_says_which_line_it_is_for(kind, more, line):
    told = {"is_formal": False, "asks_department": False, "is_alarm": False} | more
    assert line_of(kind, **told) == line


@pytest.mark.parametrize(
    ("crowd", "asked", "team"),
    [
        (Crowd(waiting=50), Asked("web"), None),
        (Crowd(waiting=51), Asked("web"), REGION),
        (Crowd(waiting=51, taken={REGION: 10}), Asked("web"), None),
        # What it has already neither fills it up twice, nor goes back because the crowd is gone.
        (Crowd(waiting=51, taken={REGION: 10}), Asked("web", covered_by=REGION), REGION),
        (Crowd(waiting=0, taken={REGION: 1}), Asked("web", covered_by=REGION), REGION),
    ],
)
def test_crowds_decide_who_helps(crowd, asked, team):
    helping = Terms(REGION, SINCE, helps_above=50, most_open=10)
    found = covered([helping], "2026-11-24 11:00", asked, crowd=crowd)
    assert found.provider_id == team
    if team is None:
        assert found.until == at("2026-11-24 11:00") + CROWD_LASTS
    else:
        assert found.because == Because.BUSY


def test_a_full_team_is_passed_over_for_the_next():
    agreements = [closed_only(REGION, most_open=3), closed_only(NATION)]
    assert covered(agreements, "2026-11-24 18:00", crowd=Crowd(taken={REGION: 3})).provider_id == NATION


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "team", "until"),
    [
        (date(2026, 11, 25), None, None, "2026-11-25 00:00"),
        (SINCE, date(2026, 11, 24), REGION, "2026-11-25 00:00"),
        (SINCE, date(2026, 11, 23), None, None),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_its_last(starts_on, ends_on, team, until):
    clocks = Clocks(TOWN, {REGION: ALWAYS})
    found = covered([Terms(REGION, starts_on, ends_on)], "2026-11-24 11:00", clocks=clocks)
    assert (found.provider_id, found.until) == (team, at(until) if until else None)


def test_of_two_that_both_can_the_first_does():
    assert covered([Terms(NATION, SINCE), Terms(REGION, SINCE)], "2026-11-24 11:00").provider_id == NATION


def test_who_cover_each_other_do_not_pass_it_round():
    ours = [closed_only(REGION)]
    theirs = [closed_only(OWN)]
    clocks = Clocks(TOWN, {OWN: TOWN, REGION: TOWN})
    night = at("2026-11-24 23:00")
    assert who_covers(Asked("web"), ours, clocks, Crowd(), night).provider_id is None
    assert who_covers(Asked("web"), theirs, clocks, Crowd(), night).provider_id is None


def test_without_agreements_no_hour_changes_anything():
    found = covered([], "2026-11-24 11:00")
    assert (found.provider_id, found.because, found.until) == (None, None, None)


@pytest.mark.parametrize("hours", [NEVER, ALWAYS])
def test_hours_that_never_change_are_looked_at_again_after_a_week(hours):
    now = at("2026-11-24 11:00")
    assert hours.next_change(now) == now + LOOKED_AHEAD


@pytest.mark.parametrize(
    ("moment", "is_open", "wanted"),
    [
        (Moment.ALWAYS, True, True),
        (Moment.ALWAYS, False, True),
        (Moment.OPEN, True, True),
        (Moment.OPEN, False, False),
        (Moment.CLOSED, True, False),
        (Moment.CLOSED, False, True),
    ],
)
def test_when_it_holds_is_by_the_hours_of_who_is_asked(moment, is_open, wanted):
    assert holds_now(moment, is_open=is_open) is wanted

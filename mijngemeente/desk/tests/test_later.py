"""Not now: snoozing, and the hours that Dutch clocks skip and repeat."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation
from mijngemeente.desk import rules
from mijngemeente.platform.tenancy import acting_for

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        (datetime(2026, 11, 25, 9), datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        # 25 October 2026: 2.00 to 3.00 comes twice, the first time in summer time.
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 3), datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (datetime(2027, 10, 31, 2), datetime(2027, 10, 31, 0, tzinfo=UTC)),
        # 28 March 2027: after 1.59 comes 3.00.
        (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_a_time_means_what_dutch_clocks_show(wall, moment):
    assert rules.dutch_moment(wall) == moment


@pytest.mark.parametrize(
    "wall",
    [datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 2, 30), datetime(2027, 3, 28, 2, 59)],
)
def test_the_hour_that_is_skipped_is_no_moment(wall):
    with pytest.raises(rules.NoSuchHour):
        rules.dutch_moment(wall)


@pytest.mark.parametrize(
    ("now", "keys"),
    [
        # Saturday in the morning and in the afternoon, by Dutch clocks.
        (datetime(2026, 11, 21, 8, tzinfo=UTC), ["vanmiddag", "morgen", "maandag", "week"]),
        (datetime(2026, 11, 21, 13, tzinfo=UTC), ["morgen", "maandag", "week"]),
        # Sunday: tomorrow is Monday.
        (datetime(2026, 11, 22, 8, tzinfo=UTC), ["vanmiddag", "morgen", "week"]),
        # Monday: the next Monday is in a week.
        (datetime(2026, 11, 23, 8, tzinfo=UTC), ["vanmiddag", "morgen", "maandag"]),
        # Nearly midnight in UTC is the next day in the Netherlands.
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), ["vanmiddag", "morgen", "maandag", "week"]),
    ],
)
def test_each_day_is_offered_once_and_never_one_that_is_over(now, keys):
    offered = rules.presets(now)
    assert [each.key for each in offered] == keys
    assert all(each.at > now for each in offered)


def test_monday_nine_stays_nine_across_summer_time():
    friday = datetime(2027, 3, 26, 12, tzinfo=UTC)
    assert {each.key: each.at for each in rules.presets(friday)}["maandag"] == datetime(
        2027, 3, 29, 7, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 21, 13, tzinfo=UTC), "vandaag 14.00 uur"),
        (datetime(2026, 11, 22, 8, tzinfo=UTC), "morgen 9.00 uur"),
        (datetime(2026, 11, 30, 8, 5, tzinfo=UTC), "maandag 30 november 9.05 uur"),
    ],
)
def test_a_moment_to_come_is_told_as_people_do(at, words):
    assert rules.future_words(at, datetime(2026, 11, 21, 9, tzinfo=UTC)) == words


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug")


def url(conversation, deed="uitstel/"):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def now_of(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def test_a_conversation_is_put_off_and_stands_in_its_own_queue(sanne, asked):
    assert sanne.post(url(asked), {"when": "morgen"}).status_code == 303
    later = now_of(asked)
    assert (later.status, later.waiting_since) == ("snoozed", asked.waiting_since)
    assert "Waarom is de brug dicht?" not in sanne.get("/werkplek/?rij=vrij").content.decode()
    listed = sanne.get("/werkplek/?rij=later").content.decode()
    assert "Waarom is de brug dicht?" in listed and "uitgesteld tot morgen 9.00 uur" in listed
    assert "Sanne stelde het gesprek uit tot morgen 9.00 uur" in sanne.get(url(asked, "")).content.decode()


def test_own_day_and_time_is_dutch_local_time(sanne, asked):
    wall = (timezone.localtime() + timedelta(days=3)).replace(hour=16, minute=15, second=0, microsecond=0)
    sanne.post(url(asked), {"when": "eigen", "own": wall.strftime("%Y-%m-%dT%H:%M")})
    assert timezone.localtime(now_of(asked).snoozed_until) == wall


def clock_goes_forward() -> date:
    """The next last Sunday of March: 2:30 is skipped."""
    today = timezone.localdate()
    ends = (date(year, 3, 31) for year in (today.year, today.year + 1))
    return next(day for day in (end - timedelta(days=end.isoweekday() % 7) for end in ends) if day > today)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"when": "eigen", "own": f"{clock_goes_forward()}T02:30"}, "Deze tijd bestaat die nacht niet"),
        ({"when": "eigen", "own": "2020-01-01T09:00"}, "Dit moment is al voorbij"),
        ({"when": "eigen", "own": "2099-01-01T09:00"}, "Kies een dag binnen een jaar"),
        ({"when": "eigen", "own": "9999-12-31T23:59"}, "Kies een dag binnen een jaar"),
        ({"when": "eigen", "own": "0001-01-01T00:00"}, "Kies een dag en een tijd"),
        ({"when": "eigen", "own": "morgen"}, "Kies een dag en een tijd"),
        ({"when": "eigen"}, "Kies een dag en een tijd"),
        ({"when": "ooit"}, "Dit moment is al voorbij"),
        ({}, "Kies een dag en een tijd"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_a_sentence(sanne, asked, sent, told):
    response = sanne.post(url(asked), sent, headers=HTMX)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert now_of(asked).status == "open"


def test_it_comes_back_by_itself(world, asked, run_jobs):
    with acting_for(world.duinrand.id):
        past = timezone.now() - timedelta(seconds=1)
        assert actions.snooze(conversation=asked, until=past, by=world.members["sanne"])
    run_jobs()
    back = now_of(asked)
    assert (back.status, back.snoozed_until, back.waiting_since) == ("open", None, asked.waiting_since)


def test_what_was_put_off_further_does_not_come_back_early(world, asked, run_jobs):
    with acting_for(world.duinrand.id):
        later = timezone.now() + timedelta(days=2)
        for until in (timezone.now() - timedelta(seconds=1), later):
            actions.snooze(conversation=asked, until=until, by=world.members["sanne"])
        assert not actions.snooze(conversation=asked, until=later, by=world.members["bram"])
    run_jobs()
    assert now_of(asked).status == "snoozed"


def test_it_comes_back_at_once_when_the_resident_writes(world, asked):
    with acting_for(world.duinrand.id):
        until = timezone.now() + timedelta(days=2)
        actions.snooze(conversation=asked, until=until, by=world.members["sanne"])
        incoming = Incoming(
            external_id="again",
            sender=Party("Resi Dent", "resi.dent@voorbeeld.example", "email"),
            text="Hallo?",
            conversation_id=asked.id,
        )
        actions.receive_message(
            inbox=world.inbox(world.duinrand, "web"),
            incoming=incoming,
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )
    back = now_of(asked)
    assert (back.status, back.snoozed_until) == ("open", None)


def test_what_is_closed_is_not_put_off(sanne, world, asked):
    with acting_for(world.duinrand.id):
        actions.close(conversation=asked, by=world.members["sanne"], reason="answered")
    response = sanne.post(url(asked), {"when": "morgen"}, headers=HTMX)
    assert "Dit gesprek is al gesloten." in response.content.decode()


@pytest.mark.parametrize("deed", ["status", "close", "reply"])
def test_no_moment_stays_behind_when_it_no_longer_sleeps(world, asked, deed):
    from uuid import uuid4

    by = world.members["sanne"]
    with acting_for(world.duinrand.id):
        actions.snooze(conversation=asked, until=timezone.now() + timedelta(days=2), by=by)
        if deed == "status":
            actions.change_status(conversation=asked, status="waiting_department", by=by)
        elif deed == "close":
            actions.close(conversation=asked, by=by, reason="answered")
        else:
            actions.send_reply(conversation=asked, by=by, text="De brug is stuk.", key=uuid4())
    assert now_of(asked).snoozed_until is None


def test_sleeping_is_no_status_to_choose(sanne, asked):
    assert sanne.post(url(asked, "status/"), {"status": "snoozed"}).status_code == 422


def test_haste_is_chosen_shown_and_told(sanne, asked):
    assert sanne.post(url(asked, "voorrang/"), {"priority": "2"}).status_code == 303
    shown = sanne.get(url(asked, "")).content.decode()
    assert "Sanne zette de voorrang op “spoed”" in shown
    assert '<span class="badge badge--critical">Spoed</span>' in sanne.get("/werkplek/").content.decode()


@pytest.mark.parametrize("priority", ["3", "-1", "hoog", ""])
def test_haste_that_does_not_exist_is_refused(sanne, asked, priority):
    assert sanne.post(url(asked, "voorrang/"), {"priority": priority}).status_code == 422

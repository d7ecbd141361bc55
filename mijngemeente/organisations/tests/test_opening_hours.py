"""The administrator's page of opening hours."""

from datetime import date, timedelta

import pytest
from django.utils.html import strip_tags

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.actions import change_opening_week
from mijngemeente.organisations.models import ClosingDay, OpeningWeek
from mijngemeente.organisations.queries import hours_of, rules_of
from mijngemeente.organisations.rules.hours import OFFICE, WHOLE_DAY
from mijngemeente.platform.tenancy import acting_for

PAGE = "/duinrand/beheer/openingstijden/"
WEEK = {
    "maandag": "9-17",
    "dinsdag": "9.00 - 12.00, 13.00 - 17.00",
    "zaterdag": "dag en nacht",
    "is_closed_on_holidays": "on",
    "liberation_day": "always",
}
TOMORROW = date.today() + timedelta(days=1)


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


def test_the_week_is_written_in_words_and_read_by_residents(beheer, world):
    assert beheer.post(PAGE, WEEK).status_code == 302
    hours = hours_of(world.duinrand.id)
    assert hours.week[0] == (OFFICE,) and hours.week[5] == (WHOLE_DAY,) and hours.week[6] == ()
    with acting_for(world.duinrand.id):
        said = rules_of(world.duinrand.id).opening_hours
    assert said.startswith("maandag 9.00 - 17.00 uur, dinsdag 9.00 - 12.00 en 13.00 - 17.00 uur")
    assert said in strip_tags(beheer.get("/duinrand/contact/").content.decode())
    assert "9.00 - 12.00, 13.00 - 17.00" in beheer.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"maandag": "van negen tot vijf"}, "Maandag: schrijf de tijden als 9.00 - 17.00"),
        ({"maandag": "17.00 - 9.00"}, "Maandag: schrijf de tijden als 9.00 - 17.00"),
        ({"maandag": "", "dinsdag": "", "zaterdag": ""}, "ten minste één dag"),
        ({"liberation_day": "soms"}, "Deze keuze is er niet"),
    ],
)
def test_a_week_that_cannot_be_changes_nothing(beheer, world, wrong, said):
    refused = beheer.post(PAGE, WEEK | wrong)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not OpeningWeek.objects.filter(organisation=world.duinrand).exists()


def test_an_example_says_what_the_week_in_the_form_means(beheer, world):
    said = beheer.post(f"{PAGE}voorbeeld/", WEEK).content.decode()
    assert "Een vraag van vrijdag" in said and "beantwoord zijn." in said
    assert "Een vraag" not in beheer.post(f"{PAGE}voorbeeld/", {"maandag": "ooit"}).content.decode()
    assert not OpeningWeek.objects.filter(organisation=world.duinrand).exists()


def test_a_closing_day_is_added_and_taken_away(beheer, world):
    sent = {"starts_on": TOMORROW.isoformat(), "closed_from": "15:00", "reason": "Personeelsuitje"}
    assert beheer.post(f"{PAGE}dicht/", sent).status_code == 302
    closing = ClosingDay.objects.get(organisation=world.duinrand)
    assert (closing.ends_on, closing.closed_from, closing.closed_until) == (TOMORROW, 900, 1440)
    page = beheer.get(PAGE).content.decode()
    assert "Personeelsuitje" in page and "vanaf 15.00 uur" in page
    assert beheer.post(f"{PAGE}dicht/{closing.id}/weg/").status_code == 302
    assert not ClosingDay.objects.filter(organisation=world.duinrand).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_on": "2026-02-30"}, "Dit is geen datum."),
        ({"starts_on": ""}, "Kies een dag."),
        ({"ends_on": (TOMORROW - timedelta(days=2)).isoformat()}, "voor de eerste dag"),
        ({"ends_on": (TOMORROW + timedelta(days=400)).isoformat()}, "langer dan een jaar"),
        ({"closed_from": "15:00", "closed_until": "14:00"}, "voor de eerste tijd"),
        ({"closed_from": "25:00"}, "Dit is geen tijd."),
        ({"reason": ""}, "Vul in waarom"),
    ],
)
def test_a_closing_day_that_cannot_be_is_refused(beheer, world, wrong, said):
    sent = {"starts_on": TOMORROW.isoformat(), "reason": "Uitje"} | wrong
    refused = beheer.post(f"{PAGE}dicht/", sent)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not ClosingDay.objects.filter(organisation=world.duinrand).exists()


def test_closing_days_of_a_neighbour_are_not_there(beheer, world):
    with acting_for(world.veenwijk.id):
        theirs = ClosingDay.objects.create(
            organisation=world.veenwijk, starts_on=TOMORROW, ends_on=TOMORROW, reason="Kermis"
        )
    assert "Kermis" not in beheer.get(PAGE).content.decode()
    assert beheer.post(f"{PAGE}dicht/{theirs.id}/weg/").status_code == 404


def test_new_hours_move_what_is_open_and_the_page_says_how_many(beheer, world, run_jobs):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    run_jobs()
    beheer.post(PAGE, dict.fromkeys(("maandag", "dinsdag"), "1.00 - 2.00") | {"liberation_day": "never"})
    assert "opnieuw uit" in beheer.get(f"{PAGE}herberekening/").content.decode()
    run_jobs()
    assert "van 1 gesprek verschoof" in beheer.get(f"{PAGE}herberekening/").content.decode()
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get(id=asked.id).due_at > asked.due_at


def test_new_hours_of_who_answers_for_others_move_theirs_too(world, run_jobs):
    asked = world.ask(world.veenwijk, "Waar is de markt?")
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=asked.id).update(
            covered_by=world.region, assignee=world.members["regio"]
        )
    run_jobs()
    with acting_for(world.region.id):
        week = OpeningWeek(organisation=world.region, week=[[[0, 1440]]] * 7)
        change_opening_week(week=week, by=world.members["regio"])
    run_jobs()
    with acting_for(world.veenwijk.id):
        assert Conversation.objects.get(id=asked.id).due_at < asked.due_at

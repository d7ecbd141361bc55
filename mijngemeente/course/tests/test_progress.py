"""The way to the goal and the look back: worked examples, and through the pages."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from mijngemeente.course.actions import keep_version, measure, take_off
from mijngemeente.course.models import CourseVersion
from mijngemeente.course.rules.figures import Figure
from mijngemeente.course.rules.looking_back import ThenAndNow, outcomes, then_and_now, told
from mijngemeente.course.rules.progress import (
    Goal,
    Point,
    goal_of,
    goal_problem,
    line,
    live_points,
    number_in,
    together,
    verdict,
)
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.world import World

from .test_kept import kept, read_back, url

TARGET = {"start": "6,4", "start_on": "2026-01-01", "target": "8", "target_on": "2028-01-01"}
#: Two years of 365 days, from 6 to 8: one point a year.
UP = Goal("Cijfer", Point(date(2026, 1, 1), 6.0), Point(date(2028, 1, 1), 8.0))
DOWN = Goal("Wachttijd", Point(date(2026, 1, 1), 8.0), Point(date(2028, 1, 1), 6.0))


@pytest.mark.parametrize(
    ("goal", "on", "value", "words"),
    [
        (UP, date(2027, 1, 1), 7.5, "Jullie liggen voor."),
        (UP, date(2027, 1, 1), 7.05, "Jullie liggen op koers."),
        (UP, date(2027, 1, 1), 6.2, "Jullie liggen achter."),
        (UP, date(2027, 1, 1), 8.0, "Het doel is gehaald."),
        (UP, date(2029, 1, 1), 7.5, "Volgens plan was het dan 8. Jullie liggen achter."),
        (DOWN, date(2027, 1, 1), 7.6, "Jullie liggen achter."),
        (DOWN, date(2027, 1, 1), 5.9, "Het doel is gehaald."),
    ],
)
def test_where_it_stands_is_told_beside_an_even_way(goal: Goal, on: date, value: float, words: str) -> None:
    assert words in verdict(goal, [Point(on, value)])


def test_without_a_measurement_there_is_still_a_way() -> None:
    assert verdict(UP, []) == "Van 6 naar 8. Nog niets gemeten."
    drawn = line(UP, [])
    assert (drawn.path, drawn.dots) == ("", ())
    assert drawn.start.x < drawn.target.x
    assert drawn.start.y > drawn.target.y


def test_a_flat_goal_can_be_drawn_too() -> None:
    flat = Goal("Cijfer", Point(date(2026, 1, 1), 8.0), Point(date(2028, 1, 1), 8.0))
    assert line(flat, [Point(date(2027, 1, 1), 8.0)]).path.startswith("M")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"start": ""}, "“Waar jullie begonnen” is nog geen getal"),
        ({"target": "acht"}, "“Het doel in een getal” is nog geen getal"),
        ({"target_on": ""}, "Vul beide dagen in."),
        ({"target_on": "2026-02-31"}, "Vul beide dagen in."),
        ({"target_on": "2025-01-01"}, "De dag van het doel moet na het begin liggen."),
    ],
)
def test_what_keeps_the_line_away_is_told(change: dict[str, str], problem: str) -> None:
    fields = TARGET | change
    assert goal_problem(fields).startswith(problem)
    assert (goal_of(fields) is None) == bool(problem)
    assert goal_problem({}) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("7,2", 7.2), ("-12", -12.0), (" 8.5 ", 8.5), ("", None), ("nan", None), ("1e9", None), ("²", None)],
)
def test_a_number_is_read_as_one_types_it(text: str, number: float | None) -> None:
    assert number_in(text) == number


def figure(key: str, value: str, number: float | None, on: str) -> Figure:
    return Figure(key, value, number, "", "", on)


def test_versions_and_typed_moments_make_one_line() -> None:
    kept_figures = [[figure("mark", "7", 7.0, "2026-06-01")], [figure("net", "20", 20.0, "2026-07-01")]]
    live = live_points({"indicator": "mark"}, [*kept_figures, [figure("mark", "8", 8.0, "2026-11-22")]])
    typed = [Point(date(2026, 6, 1), 6.8, "ingevuld"), Point(date(2026, 1, 5), 6.4, "ingevuld")]
    assert [(each.on.month, each.value) for each in together(typed, live)] == [(1, 6.4), (6, 6.8), (11, 8.0)]
    assert live_points({}, kept_figures) == []


def test_actions_are_found_again_where_they_stand_now() -> None:
    then = {"actions.0.what": "Werven", "actions.1.what": "Opleiden", "actions.2.what": "Inhuren"}
    now = {
        "actions.0.what": "Opleiden",
        "actions.0.done": "yes",
        "actions.2.what": "Inhuren",
        "actions.2.done": "no",
        "actions.2.note": "geen geld",
    }
    found = outcomes(then, now)
    assert [(each.what, each.words, each.note) for each in found] == [
        ("Werven", "van het blad gehaald", ""),
        ("Opleiden", "gedaan", ""),
        ("Inhuren", "niet gedaan", "geen geld"),
    ]
    assert told(found) == "1 van de 3 acties is gedaan."
    assert told([]) == "Er waren nog geen acties afgesproken."


def test_figures_stand_beside_each_other_also_where_one_is_missing() -> None:
    then, now = (
        [figure("mark", "6,4", 6.4, "")],
        [figure("mark", "7,1", 7.1, ""), figure("volume", "80", 80, "")],
    )
    assert then_and_now(then, now) == [
        ThenAndNow("Gemiddeld cijfer van inwoners", "6,4", "7,1"),
        ThenAndNow("Nieuwe gesprekken", "–", "80"),
    ]


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


@pytest.mark.django_db
def test_a_goal_with_a_target_becomes_a_line(world: World, manager: Client) -> None:
    course = kept(world)
    page = url("progress", world.duinrand, course.id)
    assert "Hier komt een lijn" in manager.get(page).content.decode()
    write = url("write", world.duinrand, course.id)
    answer = manager.post(write, TARGET | {"seen": "1", "back": "progress"}, follow=True)
    assert "Van 6,4 naar 8. Nog niets gemeten." in answer.content.decode()
    meter = url("measure", world.duinrand, course.id)
    manager.post(meter, {"on": "2026-11-01", "value": "6,9"})
    shown = manager.post(meter, {"on": "2026-11-01", "value": "7,1"}, follow=True).content.decode()
    assert "Op 1 november 2026: 7,1" in shown
    assert "6,9" not in shown
    refused = manager.post(meter, {"on": "gisteren", "value": "goed"}, follow=True).content.decode()
    assert "Dat is nog geen meting" in refused
    with acting_for(world.duinrand.id):
        measurement = course.measurements.get()
    manager.post(url("take_off", world.duinrand, course.id, measurement.id))
    with acting_for(world.duinrand.id):
        take_off(measurement=measurement, by=world.members["baas"])
        assert AuditLine.objects.filter(verb="course.measurement_removed").count() == 1
    assert "Nog niets gemeten" in manager.get(page).content.decode()


@pytest.mark.django_db
def test_after_a_year_one_looks_back_at_what_was_promised(world: World, manager: Client) -> None:
    course = kept(world, **TARGET)
    page, write = url("look_back", world.duinrand, course.id), url("write", world.duinrand, course.id)
    printing = url("print_look_back", world.duinrand, course.id)
    assert "Leg daarvoor eerst een versie vast" in manager.get(page).content.decode()
    assert "Leg eerst een versie vast" in manager.post(printing, follow=True).content.decode()
    with acting_for(world.duinrand.id):
        promised = keep_version(course=course, name="Begin", figures=[], by=world.members["baas"])
        measure(course=course, on=date(2026, 11, 1), value=7.1, by=world.members["baas"])
    said = {"actions.0.done": "yes", "actions.0.note": "In maart", "learned": "Begin eerder"}
    form = {"seen": "1", "back": "look_back", "met": str(promised.id)}
    shown = manager.post(write, said | form, follow=True).content.decode()
    assert "1 van de 1 acties is gedaan." in shown
    assert "Begin eerder" in shown
    made = manager.post(printing, {"met": str(promised.id)})
    assert made.content.startswith(b"%PDF")
    assert b"pdfuaid" in made.content
    with acting_for(world.duinrand.id):
        assert CourseVersion.objects.filter(name__startswith="Terugblik van").count() == 1
    promised.kept_at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert promised.kept_on == date(2026, 11, 22)
    assert manager.get(page, {"met": "x"}).status_code == 404
    assert manager.get(page, {"met": str(course.id)}).status_code == 404


@pytest.mark.django_db
def test_a_clash_about_the_target_is_asked_too(world: World, manager: Client) -> None:
    course = kept(world, **TARGET)
    write = url("write", world.duinrand, course.id)
    manager.post(write, {"seen": "1", "target": "9"})
    answer = manager.post(write, {"seen": "1", "target": "7"})
    assert answer.status_code == 409
    assert "Het doel in een getal" in answer.content.decode()
    assert read_back(world).fields["target"] == "9"

"""How Tilburg grows: a course of almost a year old with its measurements, and how far the team is."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from mijngemeente.course import actions as course_actions
from mijngemeente.course.rules.figures import Figure
from mijngemeente.growth.actions import say
from mijngemeente.growth.library import model
from mijngemeente.growth.rules.judging import Judgement
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.rules.calendar import day_words

from .telling import Stage

HOME, MANAGER = "tilburg", "rob@tilburg.example"
#: A revision that is never reached: whoever saw this one saw everything, so nothing clashes.
EVERYTHING = 1_000


def tell_growth(stage: Stage, data: Path) -> None:
    """Played in the past, as the stories of the desk are."""
    told = json.loads((data / "demo" / "growing.json").read_text("utf-8"))
    with acting_for(stage.cast.organisations[HOME].id):
        by = stage.cast.member(MANAGER, HOME)
        _write_course(stage, told["course"], by)
        for moment in told["growth"]:
            stage.play(stage.now - timedelta(days=moment["days_ago"]))
            say(given=_given(moment), seen=EVERYTHING, by=by)


def _write_course(stage: Stage, told: Mapping[str, Any], by: Member) -> None:
    began = stage.now - timedelta(days=told["days_ago"])
    stage.play(began)
    target = {
        "start": told["start"],
        "start_on": began.date().isoformat(),
        "target": told["target"],
        "target_on": (began + timedelta(days=told["target_days"])).date().isoformat(),
    }
    course = course_actions.keep_course(typed=told["fields"] | target, by=by)
    figures = [
        Figure(key, value, number, about, day_words(began.date()), began.date().isoformat())
        for key, value, number, about in told["figures"]
    ]
    course_actions.keep_version(course=course, name=told["version"], figures=figures, by=by)
    for days, value in told["measured"]:
        at = stage.now - timedelta(days=days)
        stage.play(at)
        course_actions.measure(course=course, on=at.date(), value=value, by=by)
    stage.play(stage.now - timedelta(days=5))
    course_actions.write(course=course, typed=told["said_since"], seen=EVERYTHING, by=by)


def _given(moment: Mapping[str, Any]) -> dict[str, Judgement]:
    said = {code: Judgement(value, evidence) for code, (value, evidence) in moment["said"].items()}
    levels = moment["levels"]
    whole = {
        each.code: Judgement(1)
        for each in model().statements
        if each.level <= levels.get(each.theme.value, 0)
    }
    return whole | said

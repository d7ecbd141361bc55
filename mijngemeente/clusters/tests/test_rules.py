"""What binds messages, and when many are more than usual: all cases in tables."""

from datetime import UTC, datetime, timedelta

import pytest

from mijngemeente.clusters.rules import (
    Said,
    Usual,
    bond_of,
    core_of,
    expected_in,
    is_unusual,
    name_of,
    since_words,
    told,
    usual_in,
)

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NOTHING = Usual()


def said(words: str, *, topic: str = "riolering", place: str = "udenhout") -> Said:
    return Said(topic, place, frozenset(words.split()), NOW)


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (said("rioolwater straat"), said("rioolwater kelder"), True),
        (said("rioolwater"), said("kelder"), False),
        (said("rioolwater put", place=""), said("rioolwater put"), True),
        (said("rioolwater", place=""), said("rioolwater"), False),
        (said("rioolwater put", place="biezenmortel"), said("rioolwater put"), False),
        (said("rioolwater put stank straat", topic="", place=""), said("rioolwater put stank straat"), True),
        (said("rioolwater put", topic="", place=""), said("rioolwater put", topic="water", place=""), False),
        (said(""), said(""), False),
    ],
)
def test_the_less_else_two_share_the_rarer_their_words_must_be(one, other, holds):
    assert bond_of(one, other, NOTHING).holds is holds


def test_words_that_everybody_writes_bind_nobody():
    usual = usual_in([["container", "leeg"]] * 60)
    one = said("container leeg", place="")
    assert not bond_of(one, one, usual).holds
    assert bond_of(one, one, NOTHING).holds


def test_municipalities_are_compared_without_their_places():
    here, there = said("stroom storing kabel"), said("stroom storing kabel", place="goirle")
    assert not bond_of(here, there, NOTHING).holds
    assert bond_of(here.anywhere, there.anywhere, NOTHING).holds


def test_an_event_is_known_by_what_most_of_its_messages_share():
    core = core_of(
        [said("rioolwater put stank"), said("rioolwater put"), said("rioolwater fiets", place="")], NOTHING
    )
    assert core.words == {"rioolwater", "put"}
    assert (core.topic, core.place) == ("riolering", "udenhout")


@pytest.mark.parametrize(
    ("count", "expected", "unusual"),
    [(2, 0.0, False), (3, 0.0, True), (3, 0.1, True), (3, 0.5, False), (5, 0.5, True), (9, 5.0, False),
     (15, 5.0, True), (3, 40.0, False), (80, 40.0, True)],
)  # fmt: skip
def test_so_many_are_an_event_only_where_so_many_are_rare(count, expected, unusual):
    assert is_unusual(count, expected) is unusual


def test_what_was_looked_at_for_a_day_tells_little_of_what_is_usual():
    assert expected_in(14, timedelta(days=14), timedelta(days=1)) == pytest.approx(1)
    assert expected_in(7, timedelta(hours=1), timedelta(days=1)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("topic", "place", "words", "name"),
    [
        ("Riolering", "Berkel-Enschot", [], "Riolering in Berkel-Enschot"),
        ("Minicontainer (niet geleegd)", "", [], "Minicontainer"),
        ("", "", ["stroom", "kabel", "uit"], "Stroom en kabel"),
        ("", "", [], "Hetzelfde"),
    ],
)
def test_an_event_has_a_name_before_anybody_gives_it_one(topic, place, words, name):
    assert name_of(topic, place, words) == name


def test_it_is_told_in_a_sentence():
    sentence = told(7, "Riolering in Berkel-Enschot", NOW.replace(hour=9, minute=10), NOW)
    assert sentence == "7 meldingen over riolering in Berkel-Enschot sinds 9:10"
    assert told(1, "WOZ", NOW, NOW) == "1 melding over WOZ sinds 10:00"


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(), "10:00"), (timedelta(days=1), "gisteren 10:00"), (timedelta(days=3), "17-11 10:00")],
)
def test_since_when_is_told_as_short_as_can_be(ago, words):
    assert since_words(NOW - ago, NOW) == words

"""What we read with when an administrator loaded a newer list."""

from dataclasses import replace
from datetime import date

import pytest

from mijngemeente.reference.models import NationalList
from mijngemeente.understanding.queries import facts_in_tables, gazetteer_on
from mijngemeente.understanding.rules.places import Gazetteer, locate
from mijngemeente.understanding.rules.places.facts import Named
from mijngemeente.understanding.sources import DATA, facts_from

DAY = date(2026, 11, 1)


@pytest.mark.django_db
def test_the_tables_tell_the_same_as_the_files_they_were_filled_from():
    from_tables = Gazetteer(facts_in_tables(facts_from(DATA)).on(DAY))
    from_files = Gazetteer(facts_from(DATA).on(DAY))
    for text in (
        "in de Reeshof",
        "Hengelo Gld",
        "5038 CB",
        "rommel in Bergen",
        "Heerhugowaard",
        "Ljouwert",
        "tilbrug",
    ):
        assert locate(text, from_tables) == locate(text, from_files)


@pytest.mark.django_db
def test_without_a_newer_list_the_files_are_read_and_only_once():
    assert not NationalList.objects.exists()
    assert gazetteer_on(DAY, "") is gazetteer_on(DAY, "")


def test_a_street_tells_more_when_the_whole_country_is_listed():
    facts = facts_from(DATA)
    codes = [town.code for town in facts.towns]
    everywhere = tuple(Named(f"Proefweg {code}", (code,), "street") for code in codes)
    only_here = Named("Verzonnenstraat", ("GM0855",), "street")
    few = Gazetteer(replace(facts, names=(*facts.names, only_here)))
    whole = Gazetteer(replace(facts, names=(*facts.names, only_here, *everywhere)))
    text = "een gat in de Verzonnenstraat"
    assert locate(text, few).decision == "unknown"
    assert [each.code for each in locate(text, whole).candidates] == ["GM0855"]

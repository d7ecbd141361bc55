"""What leaves to learn from: only where it may, and without whoever wrote it."""

import csv

import pytest

from mijngemeente.cli import corrections
from mijngemeente.conversations.actions import change_kind, change_topic, prioritise
from mijngemeente.conversations.models import Reading
from mijngemeente.desk.actions import export_corrections
from mijngemeente.desk.rules import masked
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De bak is vol", "De bak is vol"),
        ("Bel mij op 06 12345678", "Bel mij op …"),
        ("Mail naar resi@gmail.example graag", "Mail naar … graag"),
        ("Bij 5038 EA 12 ligt rommel", "Bij … ligt rommel"),
        ("Op Heuvelring 12a ligt rommel", "Op Heuvelring … ligt rommel"),
        ("Zaak 2026-123456 loopt", "Zaak … loopt"),
        ("Ik ben Resi Dent en boos", "Ik ben … … en boos"),
        ("Het licht is stuk.\nMet vriendelijke groet,\nResi Dent\nHeuvel 3", "Het licht is stuk."),
        ("er ligt sinds 3 dagen glas", "er ligt sinds … dagen glas"),
        ("", ""),
    ],
)
def test_names_numbers_and_addresses_stay_behind(text, expected):
    assert masked(text, ("Resi Dent",)) == expected


@pytest.fixture
def mended(world):
    topic = Topic.objects.order_by("slug")[1]
    conversation = world.ask(world.duinrand, "Ik ben Resi en de bak is vol")
    by = world.members["sanne"]
    with acting_for(world.duinrand.id):
        Reading.objects.create(
            organisation=world.duinrand, conversation=conversation, decision="unknown", kind="report"
        )
        change_topic(conversation=conversation, topic=topic, by=by)
        change_kind(conversation=conversation, kind="crisis_signal", by=by)
        prioritise(conversation=conversation, priority=2, by=by)
    return topic, conversation


def lend(world):
    EngagementRules.objects.update_or_create(organisation=world.duinrand, defaults={"lends_texts": True})


def test_without_a_yes_of_the_organisation_nothing_leaves(world, mended):
    with acting_for(world.duinrand.id):
        assert export_corrections(organisation=world.duinrand) == []
        assert not AuditLine.objects.filter(verb="corrections.exported").exists()


def test_a_mended_message_leaves_as_it_is_learnt_from(world, mended):
    with acting_for(world.duinrand.id):
        lend(world)
        (example,) = export_corrections(organisation=world.duinrand)
        assert AuditLine.objects.get(verb="corrections.exported").detail["count"] == 1
    assert (example.topic, example.kind, example.urgent) == (mended[0].slug, "crisis", "1")
    assert example.text == "Ik ben … en de bak is vol"


def test_what_was_made_anonymous_teaches_nothing_any_more(world, mended):
    with acting_for(world.duinrand.id):
        lend(world)
        type(mended[1]).objects.update(anonymised_at=mended[1].created_at)
        assert export_corrections(organisation=world.duinrand) == []


def test_the_file_has_the_columns_of_the_training(tmp_path, world, mended):
    with acting_for(world.duinrand.id):
        lend(world)
    path = tmp_path / "verbeterd.csv"
    assert corrections.write(path) == 1
    assert path.stat().st_mode & 0o077 == 0
    (row,) = csv.DictReader(path.read_text("utf-8").splitlines())
    assert row["topic"] == mended[0].slug and row["text"].endswith("de bak is vol")

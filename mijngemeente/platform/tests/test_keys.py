"""Long lists of organisations find what short ones do."""

import pytest

from mijngemeente.conversations.models import Conversation
from mijngemeente.platform.keys import MANY
from mijngemeente.platform.tenancy import covering

LONG = list(range(500_000, 500_000 + MANY))


def test_a_long_list_finds_what_a_short_one_does(world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    world.ask(world.veenwijk, "Wanneer is de markt?")
    with covering([world.duinrand.id, world.veenwijk.id]):
        for found in (set, list, tuple):
            rows = Conversation.objects.filter(organisation_id__in=found([*LONG, world.duinrand.id]))
            assert rows.get() == asked
            assert " = ANY ('{" in str(rows.query)
        assert Conversation.objects.exclude(organisation_id__in=[*LONG, world.duinrand.id]).count() == 1
        assert not Conversation.objects.filter(organisation_id__in=LONG * 2).exists()


def test_only_numbers_are_written_in_the_statement(world):
    with pytest.raises(ValueError, match="expected a number"):
        Conversation.objects.filter(organisation_id__in=[*LONG, "1}'); --"])

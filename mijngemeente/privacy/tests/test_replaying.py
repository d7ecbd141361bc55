"""`mijngemeente privacy`: the journal written, and erased again."""

import argparse

import pytest

from mijngemeente.cli import privacy
from mijngemeente.cli.errors import Stop
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.actions import Asked, ask_to_erase_contact

from .conftest import traces_in_every_table


@pytest.fixture
def erased(world, klaproos, run_jobs):
    with acting_for(world.duinrand.id):
        ask_to_erase_contact(
            contact=klaproos, asked=Asked(way="erase", reason="request"), by=world.members["baas"]
        )
    run_jobs()


def test_the_journal_written_afterwards_is_the_one_kept(world, erased, journal_file, capsys):
    assert privacy.run(argparse.Namespace(action="journal")) == 0
    assert capsys.readouterr().out == journal_file.read_text()


def test_replaying_says_how_much_was_back(world, erased, journal_file, capsys):
    assert privacy.run(argparse.Namespace(action="replay", file=journal_file)) == 0
    assert "1 keer gewist volgens het journaal; daarvan 0 keer weer terug" in capsys.readouterr().out
    assert traces_in_every_table(world) == {}


def test_a_file_that_is_not_ours_erases_nothing(world, journal_file):
    with pytest.raises(Stop, match="niet te lezen"):
        privacy.run(argparse.Namespace(action="replay", file=journal_file))
    journal_file.write_text("wat dan ook")
    with pytest.raises(Stop, match="Regel 1 is niet van ons"):
        privacy.run(argparse.Namespace(action="replay", file=journal_file))

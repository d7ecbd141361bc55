"""Who is where, as one process heard it."""

import time
from uuid import UUID

import pytest
from django.core.signing import TimestampSigner, b62_encode

from mijngemeente.platform import presence
from mijngemeente.platform.presence import EXPIRY_SECONDS, Beat, Board, State

THERE, SANNE, KARIN = UUID(int=1), UUID(int=2), UUID(int=3)


def beat(person, state=State.LOOKING):
    return Beat(855, THERE, person, state)


def test_who_comes_and_who_begins_to_write_is_a_change_and_staying_is_none():
    board = Board()
    board.hear(beat(SANNE), now=0)
    assert board.changes(now=1) == {THERE: 855}
    board.hear(beat(SANNE), now=5)
    assert board.changes(now=6) == {}
    board.hear(beat(SANNE, State.WRITING), now=7)
    assert board.changes(now=8) == {THERE: 855}
    assert board.present(THERE) == {SANNE: State.WRITING}


def test_a_closed_laptop_is_gone_within_a_quarter_of_a_minute_and_nothing_is_kept():
    board = Board()
    board.hear(beat(SANNE), now=0)
    board.hear(beat(KARIN), now=10)
    board.changes(now=10)
    assert board.changes(now=EXPIRY_SECONDS) == {THERE: 855}
    assert board.present(THERE) == {KARIN: State.LOOKING}
    board.hear(beat(KARIN, State.GONE), now=16)
    assert board.changes(now=16) == {THERE: 855}
    assert vars(board) == vars(Board())


def test_who_says_goodbye_twice_changes_nothing():
    board = Board()
    board.hear(beat(SANNE, State.GONE), now=0)
    assert board.changes(now=0) == {}


def test_a_token_is_read_as_it_was_made():
    token = presence.make_token(855, THERE, SANNE)
    assert presence.read_token(token, "write") == beat(SANNE, State.WRITING)


def test_a_token_of_more_than_five_minutes_ago_has_to_be_renewed():
    assert presence.read_token(made_ago(4 * 60), "look") is not None
    assert presence.read_token(made_ago(6 * 60), "look") is None


def made_ago(seconds):
    class Then(TimestampSigner):
        def timestamp(self):
            return b62_encode(int(time.time()) - seconds)

    return Then(salt="presence").sign(f"855 {THERE} {SANNE}")


@pytest.mark.parametrize("state", ["", "dance", "look look"])
def test_a_state_that_does_not_exist_is_no_beat(state):
    assert presence.read_token(presence.make_token(855, THERE, SANNE), state) is None


@pytest.mark.parametrize("token", ["", "855 x y", f"855 {THERE} {SANNE}", "é", ":::"])
def test_a_token_of_somebody_else_is_no_beat(token):
    assert presence.read_token(token, "look") is None


def test_a_token_grows_old(monkeypatch):
    token = presence.make_token(855, THERE, SANNE)
    monkeypatch.setattr(presence, "TOKEN_SECONDS", -1)
    assert presence.read_token(token, "look") is None

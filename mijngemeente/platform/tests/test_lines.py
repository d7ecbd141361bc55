"""A server that hangs keeps no more than a few hands waiting."""

import pytest

from mijngemeente.platform import lines
from mijngemeente.platform.lines import PATIENCE_SECONDS, Lines


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_nobody_else_waits_for_a_server_that_hangs_and_others_are_spoken_to(clock):
    hands = Lines(3, clock)
    with hands.to("slow") as first:
        with hands.to("slow") as second:
            assert first and second
        clock.now += PATIENCE_SECONDS
        with hands.to("slow") as third, hands.to("other") as another:
            assert (third, another) == (False, True)
    with hands.to("slow") as again:
        assert again


def test_one_hand_stays_free_however_many_servers_hang(clock, monkeypatch):
    monkeypatch.setattr(lines, "WAIT_SECONDS", 0.01)
    hands = Lines(2, clock)
    with hands.to("a"), hands.to("b"):
        with hands.to("c") as third:
            assert not third
    with hands.to("c") as free:
        assert free


def test_a_line_is_free_again_after_a_fault(clock):
    hands = Lines(1, clock)
    with pytest.raises(OSError, match="broken"), hands.to("a"):
        raise OSError("broken")
    with hands.to("a") as free:
        assert free

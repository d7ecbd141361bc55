"""What was measured, each figure beside what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    #: What it is held against, and that thing's own figure.
    beside: str = ""
    limit: float | None = None

    @property
    def line(self) -> str:
        """As it is printed."""
        beside = f"{self.beside:24}{self.limit:10.1f}{self.value / self.limit:8.2f}" if self.limit else ""
        return f"{self.what:34}{self.value:10.1f} {self.unit:10}{beside}"


@dataclass(frozen=True)
class Timing:
    """How long a page takes, in milliseconds, for who covers so many municipalities."""

    what: str
    covered: int
    agents: int
    half: float
    most: float
    #: An empty page with one indexed SELECT, measured between these.
    plain: float
    aim: float
    #: The same rows by hand-written SQL; 0 where there is none.
    by_hand: float = 0.0

    @property
    def line(self) -> str:
        """As it is printed."""
        by_hand = f"{self.by_hand:9.1f}{self.half / self.by_hand:7.1f}" if self.by_hand else " " * 16
        who = f"{self.what}, {self.covered} covered, {self.agents} clicking"
        return (
            f"{who:46}{self.half:8.0f}{self.most:8.0f}{self.aim:6.0f}"
            f"{self.plain:9.1f}{self.half / self.plain:7.1f}{by_hand}"
        )


HEAD = f"{'':46}{'half':>8}{'95 %':>8}{'aim':>6}{'select':>9}{'times':>7}{'by hand':>9}{'times':>7}"


def middle_and_95(seconds: Sequence[float]) -> tuple[float, float]:
    """In milliseconds."""
    if len(seconds) < 2:
        return seconds[0] * 1000, seconds[0] * 1000
    return median(seconds) * 1000, quantiles(seconds, n=20)[-1] * 1000

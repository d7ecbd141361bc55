"""Bars in the house style: drawn on the server, with the same numbers in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .rules import REACTIONS, Period, Reaction, percent

# Narrow, so that its words can still be read on a telephone.
WIDTH, ROW, LABEL = 460, 30, 135
HEIGHT, FOOT = 160, 22
#: Fewer pixels cannot be pointed at.
SLIMMEST = 2


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its number and where it is drawn."""

    name: str
    count: int
    words: str
    x: float
    y: float
    width: float
    height: float

    @property
    def end(self) -> float:
        """Where its number stands."""
        return self.x + self.width + 6

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Picture:
    """Bars together, and what they show in a sentence."""

    bars: list[Bar]
    width: int
    height: int
    sentence: str


def reactions(counts: dict[Reaction, int]) -> Picture:
    """How many waited how long, one bar below the other."""
    total, most = sum(counts.values()), max([*counts.values(), 1])
    room = WIDTH - LABEL - 90
    bars = [
        Bar(
            REACTIONS[each],
            counts[each],
            f"{counts[each]} ({percent(counts[each], total) or 0}%)",
            x=LABEL,
            y=number * ROW + 5,
            width=max(room * counts[each] / most, SLIMMEST if counts[each] else 0),
            height=ROW - 10,
        )
        for number, each in enumerate(Reaction)
    ]
    return Picture(bars, WIDTH, ROW * len(bars), _soon(counts, total))


def _soon(counts: dict[Reaction, int], total: int) -> str:
    if total == 0:
        return "In deze tijd begon geen enkel gesprek."
    day = sum(counts[each] for each in list(Reaction)[:5])
    return (
        f"Van de {total} inwoners kregen er {day} ({percent(day, total)}%) dezelfde dag een eerste reactie."
    )


def days(period: Period, counts: Sequence[tuple[date, int]]) -> Picture:
    """How many conversations began, one bar beside the other; by week when there are many days."""
    steps = _steps(period, dict(counts))
    most, room = max([count for _, count in steps] + [1]), HEIGHT - FOOT
    slot = WIDTH / max(len(steps), 1)
    bars = [
        Bar(
            name,
            count,
            f"{name}: {count}",
            x=number * slot + slot * 0.1,
            y=room - room * count / most,
            width=slot * 0.8,
            height=room * count / most,
        )
        for number, (name, count) in enumerate(steps)
    ]
    return Picture(bars, WIDTH, HEIGHT, _busiest(steps))


#: More days than this are drawn by the week.
MOST_DAYS = 62


def _steps(period: Period, counts: dict[date, int]) -> list[tuple[str, int]]:
    every = [period.first + timedelta(days=each) for each in range((period.last - period.first).days + 1)]
    if len(every) <= MOST_DAYS:
        return [(f"{each.day}-{each.month}", counts.get(each, 0)) for each in every]
    weeks: dict[str, int] = {}
    for each in every:
        year, week, _ = each.isocalendar()
        name = f"week {week} {year}"
        weeks[name] = weeks.get(name, 0) + counts.get(each, 0)
    return list(weeks.items())


def _busiest(steps: list[tuple[str, int]]) -> str:
    name, count = max(steps, key=lambda each: each[1], default=("", 0))
    return (
        f"De meeste nieuwe gesprekken waren er op {name}: {count}."
        if count
        else "Er waren geen nieuwe gesprekken."
    )

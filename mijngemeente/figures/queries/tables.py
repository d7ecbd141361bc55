"""Counts and shares, in one statement for each table."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    BooleanField,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    When,
)

from mijngemeente.channels.registry import CHANNELS

from .. import rules
from ..rules import Dimension, Reaction, Share
from .facts import Rows, Selection, counted, holding, with_answers, with_group, with_reaction


class Median(Aggregate):
    """The middle one; half are at most this."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class NinetiethPercentile(Aggregate):
    """Nine in ten are at most this."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.9) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Line:
    """One line of a table, or the total above it."""

    #: What the address of its conversations says; empty for the total.
    key: str
    name: str
    total: int
    reactions: dict[Reaction, int]
    shares: dict[Share, int]
    median_reaction: str
    slow_reaction: str
    median_solution: str
    solved: int
    rated: int
    good: int
    bad: int
    mean: str

    @property
    def net(self) -> int | None:
        """Net satisfaction in points."""
        return rules.net_of(self.good, self.bad, self.rated)


@dataclass(frozen=True)
class Table:
    """The lines of one dimension."""

    dimension: Dimension
    name: str
    lines: list[Line] = field(default_factory=list)


def total_of(selection: Selection) -> Line:
    """Everything together."""
    found = _base(selection).aggregate(**_measures())
    return _line("", "Alles", found)


def table_of(selection: Selection, dimension: Dimension) -> Table:
    """One line for each part, the largest first."""
    rows = with_group(_base(selection), dimension, selection.organisation_ids)
    parts = rows.order_by().values("part").annotate(**_measures()).order_by("-total", "part")
    lines = [_line(each["part"] or "-", _name(dimension, each["part"]), each) for each in parts]
    return Table(dimension, rules.DIMENSIONS[dimension], lines)


def per_day(selection: Selection) -> list[tuple[Any, int]]:
    """How many conversations began on each day; days without any are left out."""
    rows = with_reaction(counted(selection))
    return list(
        rows.order_by()
        .values("began_on")
        .annotate(count=Count("id"))
        .order_by("began_on")
        .values_list("began_on", "count")
    )


def conversations_of(selection: Selection, *, dimension: Dimension | None, part: str, measure: str) -> Rows:
    """The conversations behind one number: of one line, and of one class or share of it."""
    rows = _base(selection)
    if dimension is not None:
        rows = with_group(rows, dimension, selection.organisation_ids)
        rows = rows.filter(part=None) if part == "-" else rows.filter(part=part)
    if measure in set(Reaction):
        rows = rows.filter(reaction=measure)
    elif measure in set(Share):
        rows = rows.filter(**{f"is_{Share(measure).name}": True})
    elif measure == "cijfer":
        rows = rows.filter(satisfaction__isnull=False)
    return rows.order_by("-created_at")


def _base(selection: Selection) -> Rows:
    """Each with all that is counted of it; what holds is a column, as a total is taken over a subquery."""
    rows: Rows = with_answers(with_reaction(counted(selection)))
    solution = ExpressionWrapper(F("closed_at") - F("created_at"), output_field=DurationField())
    shares = {
        f"is_{each.name}": Case(When(holding(each), then=True), default=False, output_field=BooleanField())
        for each in Share
    }
    found: Rows = rows.annotate(solution=solution, **shares)
    return found


def _measures() -> dict[str, Any]:
    reactions = {f"reaction_{each.name}": Count("id", filter=Q(reaction=each.value)) for each in Reaction}
    shares = {f"share_{each.name}": Count("id", filter=Q(**{f"is_{each.name}": True})) for each in Share}
    score = "satisfaction__score"
    return {
        "total": Count("id"),
        **reactions,
        **shares,
        "median": Median("waited", output_field=DurationField()),
        "slow": NinetiethPercentile("waited", output_field=DurationField()),
        "median_solution": Median("solution", output_field=DurationField()),
        "solved": Count("id", filter=Q(closed_at__isnull=False)),
        "rated": Count(score),
        "good": Count(score, filter=Q(**{f"{score}__gte": rules.GOOD_FROM})),
        "bad": Count(score, filter=Q(**{f"{score}__lte": rules.BAD_TO})),
        "mean": Avg(score),
    }


def _line(key: str, name: str, found: dict[str, Any]) -> Line:
    return Line(
        key=key,
        name=name,
        total=found["total"],
        reactions={each: found[f"reaction_{each.name}"] for each in Reaction},
        shares={each: found[f"share_{each.name}"] for each in Share},
        median_reaction=_length(found["median"]),
        slow_reaction=_length(found["slow"]),
        median_solution=_length(found["median_solution"]),
        solved=found["solved"],
        rated=found["rated"],
        good=found["good"],
        bad=found["bad"],
        mean=f"{found['mean']:.1f}".replace(".", ",") if found["mean"] is not None else "–",
    )


def _length(found: timedelta | None) -> str:
    return rules.length_words(found.total_seconds() if found is not None else None)


def _name(dimension: Dimension, part: str | None) -> str:
    if dimension is Dimension.CHANNEL:
        channel = CHANNELS.get(str(part))
        return channel.name if channel else str(part)
    if dimension is Dimension.HOURS:
        return f"{part} openingstijd".capitalize()
    return part or ("geen plaats genoemd" if dimension is Dimension.PLACE else "nog geen onderwerp")

"""The pictures beside the plot: who does what, hours and money, what the team can do, and the tasks."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from .rules.amounts import amount, euros
from .rules.bars import (
    WIDTH,
    Bars,
    capacities,
    capacity_bars,
    capacity_sentence,
    level_bars,
    level_sentence,
)
from .rules.duties import Duties, doings, duty_pictures, duty_sentence
from .rules.heat import Heat, fillings, heat_sentence, heats
from .rules.library import LEVEL_NAMES, Library
from .rules.plot import Plot
from .rules.result import Result

#: Kind of picture → what it is called in a list of files.
KINDS = {
    "mensen": "Wie doet welke rol",
    "uren": "Uren en geld",
    "competenties": "Competenties",
    "taken": "Taken",
}


@dataclass(frozen=True)
class Picture:
    """An SVG of its own."""

    svg: str
    width: float
    height: float


def pictures_of(kind: str, plot: Plot, result: Result, library: Library) -> list[Picture]:
    """Those of one kind: more than one for many people or tasks, none where there is nothing to show."""
    whole = library.extended(plot.own_roles, plot.own_tasks)
    if kind == "mensen":
        return [_heat(each, f"heat-{number}") for number, each in enumerate(heats(plot, result, whole))]
    if kind == "taken":
        found = duty_pictures(doings(plot, result, whole))
        return [_drawn("duties", each, f"duties-{number}") for number, each in enumerate(found)]
    if kind == "uren":
        return [_drawn("bars", capacity_bars(plot, result), "capacity")] if result.roles else []
    return [_drawn("bars", level_bars(result.competencies), "levels")] if has_levels(plot) else []


def has_levels(plot: Plot) -> bool:
    """Whether anybody told what people can do."""
    return any(each.levels for each in plot.people)


def _drawn(template: str, chart: Bars | Duties, name: str) -> Picture:
    places = {"bottom": chart.height - 60, "legend": chart.height - 24}
    svg = render_to_string(f"team/{template}.svg", {"chart": chart, "name": name, **places})
    return Picture(svg, WIDTH, chart.height)


def _heat(chart: Heat, name: str) -> Picture:
    places = {"bottom": chart.height - 130, "right": chart.width - 48, "legend": chart.height - 40}
    svg = render_to_string("team/heat.svg", {"chart": chart, "name": name, **places})
    return Picture(svg, chart.width, chart.height)


def below_each_other(found: list[Picture]) -> str:
    """More pictures as one."""
    tops = [sum(each.height for each in found[:place]) for place in range(len(found))]
    placed = [
        each.svg.replace("<svg ", f'<svg y="{top:g}" width="{each.width:g}" height="{each.height:g}" ', 1)
        for each, top in zip(found, tops, strict=True)
    ]
    box = f"{max(each.width for each in found):g} {sum(each.height for each in found):g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}">{"".join(placed)}</svg>'


def sentences(plot: Plot, result: Result, library: Library) -> dict[str, str]:
    """What each kind of picture shows, as one would say it."""
    whole = library.extended(plot.own_roles, plot.own_tasks)
    return {
        "mensen": heat_sentence(plot),
        "uren": capacity_sentence(result),
        "competenties": level_sentence(result.competencies),
        "taken": duty_sentence(doings(plot, result, whole)),
    }


def capacity_rows(plot: Plot, result: Result) -> list[list[str]]:
    """Of each role: its name, fte here, wanted and short, and what that costs a year."""
    return [
        [
            each.name,
            amount(each.have),
            "–" if each.want is None else amount(each.want),
            amount(each.gap) if each.gap else "–",
            euros(each.euros) if each.gap else "–",
        ]
        for each in capacities(plot, result)
    ]


def told(plot: Plot, result: Result, library: Library) -> dict[str, Any]:
    """Everything that stands beside the plot on screen: each picture with its sentence and its numbers."""
    whole = library.extended(plot.own_roles, plot.own_tasks)
    drawn = {kind: [each.svg for each in pictures_of(kind, plot, result, library)] for kind in KINDS}
    return {
        "pictures": drawn,
        "sentences": sentences(plot, result, library),
        "fillings": [(each.name, each.roles, amount(each.hours)) for each in fillings(plot, whole)],
        "capacities": capacity_rows(plot, result),
        "doings": doings(plot, result, whole),
        "levels": [
            (each.name, LEVEL_NAMES[each.required], LEVEL_NAMES[each.best], each.at_level)
            for each in result.competencies
        ],
    }

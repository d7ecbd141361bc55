"""A result as JSON, and the empty plot that somebody begins with. Both formats stand in docs/teamplot.md."""

from dataclasses import asdict
from typing import Any

from .library import LEVEL_NAMES, Library
from .reading import FORMAT, Problem
from .result import Result


def as_json(result: Result, problems: tuple[Problem, ...] = ()) -> dict[str, Any]:
    """Plain data that `json.dumps` takes."""
    return asdict(result) | {"problems": [asdict(each) for each in problems]}


def template(library: Library) -> dict[str, Any]:
    """An empty plot with comments (keys that begin with an underscore) and one example of each kind."""
    return {
        "_uitleg": "Vul in en bekijk met: mijngemeente team plot BESTAND. Wat met _ begint, is uitleg.",
        "format": FORMAT,
        "edition": library.edition,
        "title": "Ons online team",
        "_date": "De dag die de plot beschrijft, zoals 2026-11-22. Leeg is vandaag.",
        "date": "",
        "_inhabitants": "Bepaalt wat gebruikelijk is: onder 50.000, tot 100.000, of meer.",
        "inhabitants": None,
        "week_hours": 36,
        "_people": [
            "hours: uren per week voor online. ends: laatste dag van het contract, of leeg.",
            "part: main (hoofdrol), side (nevenrol) of backup (achtervang).",
            "backup: id van wie de taak overneemt. owner: true voor wie over de taak gaat.",
            f"competencies: 0 tot en met 4: {', '.join(LEVEL_NAMES)}.",
        ],
        "people": [],
        "_person": {
            "id": "p1",
            "name": "Contentregisseur",
            "department": "Dienstverlening",
            "hours": 24,
            "ends": "",
            "tasks": [{"code": "T01", "hours": 6, "backup": "", "owner": True}],
            "roles": [{"code": "R03", "part": "main"}],
            "competencies": {"C03": 3},
        },
        "_wanted": "want: yes, no of elsewhere (met where). Wat hier niet staat, is zoals gebruikelijk.",
        "wanted": {},
        "_wanted_example": {"R05a": {"want": "elsewhere", "where": "leverancier"}, "R03": {"fte": 1}},
        "_salaries": "Euro per jaar voor één fte, per rol of voor alle andere (default).",
        "salaries": {},
        "_salaries_example": {"default": 85000},
        "own_roles": [],
        "own_tasks": [],
        "_roles": {code: role.name for code, role in library.roles.items()},
        "_tasks": {code: task.name for code, task in library.tasks.items()},
        "_competencies": {code: each.name for code, each in library.competencies.items()},
    }

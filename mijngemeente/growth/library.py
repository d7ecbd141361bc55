"""The maturity model as it stands in data/team/."""

import csv
from functools import lru_cache

from mijngemeente.settings import DATA
from mijngemeente.team.library import factors

from .rules.model import Kind, Level, Model, Statement, Step, Theme


@lru_cache(maxsize=1)
def model() -> Model:
    """Read once, as it changes with the program only."""
    statements = [
        Statement(row["code"], Theme(row["theme"]), int(row["level"]), row["statement"], row["basis"])
        for row in _rows("maturity")
    ]
    steps = [
        Step(
            Theme(row["theme"]),
            int(row["level"]),
            row["step"],
            Kind(row["kind"]),
            row["target"],
            row["basis"],
        )
        for row in _rows("next_steps")
    ]
    levels = [
        Level(int(row["level"]), row["name"], row["meaning"], row["basis"])
        for row in _rows("maturity_levels")
    ]
    return Model(
        tuple(statements),
        {(each.theme, each.level): each for each in steps},
        tuple(levels),
        tuple(each.code for each in factors()),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "team" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

"""The maturity model as it stands in data/team/."""

import csv
from functools import lru_cache

from mijngemeente.settings import DATA
from mijngemeente.team.library import factors

from .rules.model import Kind, Level, Model, Statement, Step, Theme

Row = dict[str, str]


@lru_cache(maxsize=1)
def model() -> Model:
    """Read once, as it changes with the program only."""
    steps = map(_step, _rows("next_steps"))
    return Model(
        tuple(map(_statement, _rows("maturity"))),
        {(each.theme, each.level): each for each in steps},
        tuple(map(_level, _rows("maturity_levels"))),
        tuple(each.code for each in factors()),
    )


def _statement(row: Row) -> Statement:
    return Statement(row["code"], Theme(row["theme"]), int(row["level"]), row["statement"], row["basis"])


def _step(row: Row) -> Step:
    kind = Kind(row["kind"])
    return Step(Theme(row["theme"]), int(row["level"]), row["step"], kind, row["target"], row["basis"])


def _level(row: Row) -> Level:
    return Level(int(row["level"]), row["name"], row["meaning"], row["basis"])


def _rows(name: str) -> list[Row]:
    with (DATA / "team" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

"""`python -m bench [--small]`: how fast, each figure beside a limit measured in the same run."""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import TypeVar

from .fill import fill, towns_of
from .ground import ROOT, Ground, ground
from .intake import intake, plain_rows, stdlib

T = TypeVar("T")

FULL, SMALL = 1_000_000, 20_000
MAILS, FEW_MAILS = 1_500, 300
TIMES = 3


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    #: What it is held against, and that thing's own figure.
    beside: str = ""
    limit: float | None = None


def main() -> None:
    arguments = read_arguments()
    figures: list[Figure] = []
    with ground(ROOT / "var" / "bench") as made:
        for part in arguments.only:
            figures += PARTS[part](made, small=arguments.small)
    report(figures, small=arguments.small)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="2 minutes, for a look; no figure to quote")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    return parser.parse_args()


def measure_intake(made: Ground, *, small: bool) -> list[Figure]:
    """Empty and full by turns, so that a neighbour's noise falls on both."""
    stored, count, times = (SMALL, FEW_MAILS, 1) if small else (FULL, MAILS, TIMES)
    empty, full = made.database(0), made.database(stored)
    made.drop_others([empty.name, full.name])
    towns_of(empty)
    if full.is_empty:
        said("filling", lambda: fill(full, stored))
    rates: dict[str, list[float]] = {"empty": [], "full": [], "stdlib": [], "rows": []}
    for number in range(times):
        seed = f"m{int(time.time())}-{number}"
        empty.empty()
        rate, post = said("empty", lambda seed=seed: intake(empty, made.home, count, seed))
        rates["empty"].append(rate)
        rates["full"].append(said("full", lambda seed=seed: intake(full, made.home, count, f"f{seed}"))[0])
        rates["stdlib"].append(stdlib(post))
        rates["rows"].append(plain_rows(empty, post))
    middle = {name: median(found) for name, found in rates.items()}
    return [
        Figure(
            "intake, 0 messages stored",
            middle["empty"],
            "mails/s",
            "parsing by the library",
            middle["stdlib"],
        ),
        Figure(
            "intake, 0 messages stored", middle["empty"], "mails/s", "one row, one commit", middle["rows"]
        ),
        Figure(f"intake, {stored:,} stored", middle["full"], "mails/s", "with 0 stored", middle["empty"]),
    ]


def said(what: str, measure: Callable[[], T]) -> T:
    """Do it, and say how long it took."""
    begun = time.monotonic()
    result = measure()
    print(f"  {what}: {time.monotonic() - begun:.1f} s", flush=True)
    return result


PARTS: dict[str, Callable[..., list[Figure]]] = {"intake": measure_intake}


def report(figures: list[Figure], *, small: bool) -> None:
    """The table, and `var/bench.json`."""
    for each in figures:
        beside = f"{each.beside:24}{each.limit:10.1f}{each.value / each.limit:8.2f}" if each.limit else ""
        print(f"{each.what:34}{each.value:10.1f} {each.unit:10}{beside}")
    content = {"small": small, "figures": [asdict(each) for each in figures]}
    (ROOT / "var" / "bench.json").write_text(json.dumps(content, indent=1))


if __name__ == "__main__":
    main()

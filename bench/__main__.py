"""`python -m bench [--small]`: how fast, each figure beside a limit measured in the same run."""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TypeVar

from mijngemeente.platform.leash import Child

from .country import COVERED, fill_country
from .crowd import crowd
from .desk import measure as desk
from .figures import HEAD, Figure, Timing, middle_and_95
from .fill import fill, towns_of
from .ground import ROOT, Database, Ground, ground
from .intake import intake, plain_rows, stdlib
from .search import searches
from .start import start
from .understanding import places, signalen, whole
from .web import HEARD_SECONDS, Screens, memory_of, posts_a_second, question, web
from .work import changed, new_conversation, prepare_django

T = TypeVar("T")

FULL, SMALL = 1_000_000, 20_000
# Conversations; one less than a round number, as a database is named for its size.
SEARCHED, SEARCHED_SMALL = 999_999, 99_999
MAILS, FEW_MAILS = 1_500, 300
TIMES = 3
CHANGES = 20


def main() -> None:
    arguments = read_arguments()
    figures: list[Figure | Timing] = []
    with ground(arguments.home) as made:
        made.drop_older()
        if arguments.fill:
            fill_all(made, small=arguments.small)
            return
        for part in arguments.only:
            found = PARTS[part](made, small=arguments.small)
            show(found)
            figures += found
    report(figures, small=arguments.small)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="2 minutes, for a look; no figure to quote")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument(
        "--home", type=Path, default=ROOT / "var" / "bench", help="filled databases stay here"
    )
    parser.add_argument("--fill", action="store_true", help="fill what is missing, and measure nothing")
    return parser.parse_args()


def measure_intake(made: Ground, *, small: bool) -> list[Figure]:
    """Empty and full by turns, so that a neighbour's noise falls on both."""
    stored, count, times = (SMALL, FEW_MAILS, 1) if small else (FULL, MAILS, TIMES)
    empty, full = made.database(0), messages(made, stored)
    towns_of(empty)
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


def measure_web(made: Ground, *, small: bool) -> list[Figure]:
    """The form of the front door, and open screens."""
    database = made.database(0)
    towns = towns_of(database)
    database.empty()
    prepare_django(database)
    with web(database, made.home) as server:
        seconds = 3.0 if small else 15.0
        path, organisation = "/duinrand/contact/", int(towns[0]["organisation"])
        empty = said("empty page", lambda: posts_a_second("/leeg/", dict, 200, seconds))
        form = said("form", lambda: posts_a_second(path, lambda: question(organisation), 303, seconds))
        figures = [Figure("form at the front door", form, "POST/s", "an empty view", empty)]
        return figures + said("screens", lambda: measure_live(server, streams=100 if small else 1_000))


def measure_live(server: Child, *, streams: int) -> list[Figure]:
    """Each stream is a tab of somebody's; four tabs are one person."""
    change, cookies = staff(people=streams // 4)
    before = memory_of(server)
    during: list[float] = []
    screens = Screens("/werkplek/live/", cookies, streams)
    delays = asyncio.run(screens.watch(change, CHANGES, lambda: during.append(memory_of(server))))
    if max(delays) >= HEARD_SECONDS:
        raise AssertionError("a screen did not hear")
    half, most = middle_and_95(delays)
    return [
        Figure(f"change on {streams:,} screens, half", half, "ms"),
        Figure(f"change on {streams:,} screens, 95 %", most, "ms", "promised (P6)", 1_000.0),
        Figure("memory of a stream", (during[0] - before) * 1024 / streams, "kB"),
    ]


def staff(people: int) -> tuple[Callable[[], str], list[str]]:
    """Something to change, and the cookies of so many sessions."""
    from chaos.load import signed_in
    from chaos.world import towns

    town = towns()[0]
    conversation_id = new_conversation(town)
    sessions = [signed_in(town.agent) for _ in range(people)]
    cookies = ["; ".join(f"{name}={value}" for name, value in each.items()) for each in sessions]
    return lambda: changed(town, conversation_id), cookies


def measure_start(made: Ground, *, small: bool) -> list[Figure]:
    """The whole program in a home of its own."""
    seconds, memory = said("starting", lambda: start(made.home, 1 if small else TIMES))
    return [
        Figure("start to first page, warm", median(seconds), "s", "aim", 5.0),
        Figure("everything idle (PSS)", memory, "MB", "aim", 300.0),
    ]


def said(what: str, measure: Callable[[], T]) -> T:
    """Do it, and say how long it took."""
    begun = time.monotonic()
    result = measure()
    print(f"  {what}: {time.monotonic() - begun:.1f} s", flush=True)
    return result


def measure_search(made: Ground, *, small: bool) -> list[Figure]:
    """Over all municipalities, as the page searches."""
    database = country(made, small=small)
    found = said("searching", lambda: searches(database))
    return [
        Figure(f"{what}, {covered} covered, {name}", value, "ms", "aim", 150.0)
        for what, figures in found.items()
        for covered, pair in zip(COVERED, figures, strict=True)
        for name, value in zip(("half", "95 %"), pair, strict=True)
    ]


def measure_desk(made: Ground, *, small: bool) -> list[Timing]:
    """What agents do, for who covers few and many."""
    database = country(made, small=small)
    return said("clicking", lambda: desk(database, made.home, small=small))


def fill_all(made: Ground, *, small: bool) -> None:
    """What takes longest, done beforehand."""
    messages(made, SMALL if small else FULL)
    country(made, small=small)


def messages(made: Ground, stored: int) -> Database:
    """The database with so many messages, filled if it was not."""
    database = made.database(stored)
    if database.is_empty:
        said("filling", lambda: fill(database, stored))
    return database


def measure_crowd(made: Ground, *, small: bool) -> list[Figure]:
    """Promise P6: so many agents at work, and more screens open, in the same minute."""
    database = country(made, small=small)
    return said("a crowd", lambda: crowd(database, made.home, people=60 if small else 300))


def country(made: Ground, *, small: bool) -> Database:
    """The database with all conversations, filled if it was not."""
    conversations = SEARCHED_SMALL if small else SEARCHED
    database = made.database(conversations)
    if database.is_empty:
        said("filling", lambda: fill_country(database, conversations))
    return database


def measure_understanding(made: Ground, *, small: bool) -> list[Figure]:
    """On one core, in processor time; without a database."""
    loading, rate = said("places", places)
    return [
        Figure("which municipality, short messages", rate, "a second", "aim", 20_000.0),
        Figure("loading all names", loading, "s", "aim", 1.0),
        *everything(),
    ]


def everything() -> list[Figure]:
    """All that is read of a message, beside the aims and beside the recipe of Signalen."""
    loading, rate = said("everything", whole)
    recipe = said("the recipe of Signalen", signalen)
    return [
        Figure("everything of short messages", rate, "a second", "aim", 2_000.0),
        Figure("everything of short messages", rate, "a second", "topic alone by Signalen's recipe", recipe),
        Figure("loading all that is read with", loading, "s", "aim", 1.0),
    ]


PARTS: dict[str, Callable[..., Sequence[Figure | Timing]]] = {
    "start": measure_start,
    "web": measure_web,
    "intake": measure_intake,
    "search": measure_search,
    "desk": measure_desk,
    "understanding": measure_understanding,
    "crowd": measure_crowd,
}


def show(figures: Sequence[Figure | Timing]) -> None:
    """The table of one part, as soon as it is there: the next may take minutes, or fail."""
    if any(isinstance(each, Timing) for each in figures):
        print(HEAD)
    for each in figures:
        print(each.line, flush=True)


def report(figures: list[Figure | Timing], *, small: bool) -> None:
    """How busy the machine was, and `var/bench.json`."""
    load = os.getloadavg()[1]
    print(f"Waiting or running beside it in the last five minutes: {load:.1f}, on {os.cpu_count()} cores.")
    content = {"small": small, "load": load, "figures": [asdict(each) for each in figures]}
    (ROOT / "var" / "bench.json").write_text(json.dumps(content, indent=1))


if __name__ == "__main__":
    main()

"""Promise P6: three hundred agents click while two thousand screens stand open and residents write."""

import asyncio
import random
import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from .country import FIRST, Agent, agents
from .desk import Case, Visitor, cases_of, cookies_of, places_of
from .figures import Figure, middle_and_95
from .ground import Database
from .web import Screens, web
from .work import prepare_django

#: Open screens for each agent: 2,000 for 300.
TABS = 2_000 / 300
#: Of a hundred agents most cover one municipality, some a region, and a few the country.
SHARES = {1: 90, 30: 8, 342: 2}
SECONDS = 60.0
#: Between two clicks: reading a question and writing an answer takes longer than looking at a list.
PAUSE_SECONDS = 25.0
#: Between two messages of residents, each of which reaches the screens of who covers that municipality.
CHANGE_SECONDS = 4.0
PAGE_PROMISED, SCREEN_PROMISED = 300.0, 1_000.0
#: What an agent does, and how often of a hundred times. Nobody answers: two who answer one resident at once
#: are stopped, and so many would all the time.
HABITS = {"list": 30, "counts": 20, "conversation": 35, "rare word": 5, "assign": 10}


def crowd(database: Database, home: Path, *, people: int) -> list[Figure]:
    """Pages, and how soon a change is on each open screen, for a minute.

    All of them work for one municipality, among others: more than normal, as no change passes anybody by.
    """
    prepare_django(database)
    staff = {each.covered: each for each in agents()}
    crew = random.Random(1).choices([staff[each] for each in SHARES], list(SHARES.values()), k=people)
    streams = round(people * TABS)
    visitors = [Visitor(each, cookies_of(each)) for each in crew]
    places = places_of()
    cases = {case.what: case for case in cases_of(places, {})}
    begun, change = threading.Event(), lambda: _note(staff[1], places[1])
    with _room_for(streams), web(database, home), ThreadPoolExecutor(people) as pool:
        clicking = [
            pool.submit(_click, number, visitor, cases, begun) for number, visitor in enumerate(visitors)
        ]
        try:
            delays = asyncio.run(_watch([each.cookie for each in visitors], streams, change, begun))
        finally:
            begun.set()
        seen = [taken for each in clicking for taken in each.result()]
    (half, most), (soon, late) = middle_and_95(seen), middle_and_95(delays)
    return [
        Figure(f"{people} agents, a page, half", half, "ms"),
        Figure(f"{people} agents, a page, 95 %", most, "ms", "promised (P6)", PAGE_PROMISED),
        Figure(f"{streams:,} screens, a change, half", soon, "ms"),
        Figure(f"{streams:,} screens, a change, 95 %", late, "ms", "promised (P6)", SCREEN_PROMISED),
        Figure("pages a second", len(seen) / SECONDS, "pages"),
    ]


def _click(number: int, visitor: Visitor, cases: dict[str, Case], begun: threading.Event) -> list[float]:
    """One agent, until the time is over."""
    chance, seen = random.Random(number), list[float]()
    begun.wait()
    until = time.monotonic() + SECONDS
    time.sleep(chance.uniform(0, PAUSE_SECONDS))
    while time.monotonic() < until:
        what = chance.choices(list(HABITS), list(HABITS.values()))[0]
        seen.append(cases[what].do(visitor))
        time.sleep(chance.uniform(0, 2 * PAUSE_SECONDS))
    return seen


async def _watch(
    sessions: list[str], streams: int, change: Callable[[], str], begun: threading.Event
) -> list[float]:
    """All of them see what happens in the first municipality, so each change goes to each screen."""
    screens = Screens("/werkplek/live/", sessions, streams)
    changes = int(SECONDS / CHANGE_SECONDS)
    return await screens.watch(change, changes, begun.set, between_seconds=CHANGE_SECONDS)


def _note(by: Agent, conversation_id: str) -> str:
    from django.db import close_old_connections

    from mijngemeente.conversations.actions import add_note
    from mijngemeente.conversations.models import Conversation
    from mijngemeente.organisations.models import Member
    from mijngemeente.platform.tenancy import acting_for

    with acting_for(FIRST):
        conversation = Conversation.objects.get(id=conversation_id)
        member = Member.objects.select_related("person").get(id=by.member_id)
        add_note(conversation=conversation, by=member, text="Gebeld.", key=uuid4())
    close_old_connections()
    return conversation_id


@contextmanager
def _room_for(streams: int) -> Iterator[None]:
    """Each is an open file, here and in the server that is started from here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * streams + 1_000)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

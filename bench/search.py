"""Searching over all municipalities, for who covers one, thirty or all."""

import time
from collections.abc import Callable

from .country import COVERED, FIRST
from .figures import middle_and_95
from .ground import Database
from .work import prepare_django

TIMES = 20
#: What is typed; {} is another street each time, which stands in one message of 5,000.
SEARCHES = {
    "rare word": "wilgenlaan{}",
    "common word": "gemeente",
    "common and rare": "container wilgenlaan{}",
    "sentence": '"grijze container"',
    "beginning": "lantaa",
    "wrong spelling": "contianer ",
}


def searches(database: Database) -> dict[str, list[tuple[float, float]]]:
    """What → median and 95th percentile in milliseconds, for each of COVERED."""
    prepare_django(database)
    return {
        what: [middle_and_95(_timed(typed, organisations)) for organisations in COVERED]
        for what, typed in SEARCHES.items()
    }


def _timed(typed: str, organisations: int) -> list[float]:
    ask = _asker(organisations)
    ask(typed.format(0))
    seconds = []
    for number in range(1, TIMES + 1):
        begun = time.perf_counter()
        ask(typed.format(number * 37))
        seconds.append(time.perf_counter() - begun)
    return seconds


def _asker(organisations: int) -> Callable[[str], None]:
    """One search with all that its page shows."""
    from django.utils import timezone

    from mijngemeente.conversations.queries.searches import Narrowing
    from mijngemeente.conversations.rules.searches import read_search
    from mijngemeente.desk.queries.choices import Workplace
    from mijngemeente.desk.queries.searches import results_of
    from mijngemeente.organisations.models import Organisation
    from mijngemeente.platform.tenancy import covering

    known = Organisation.objects.in_bulk(range(FIRST, FIRST + organisations))
    workplace = Workplace(known, frozenset(), frozenset())

    def ask(typed: str) -> None:
        with covering(workplace.ids):
            results_of(read_search(typed), Narrowing(), workplace, page="", now=timezone.now())

    return ask

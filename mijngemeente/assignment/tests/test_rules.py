"""Who takes it, in tables."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from mijngemeente.assignment.rules import Candidate, taker

ANNA, BRAM, CHRIS = (UUID(int=number) for number in (1, 2, 3))
EARLY, LATE = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("candidates", "options", "wanted"),
    [
        ([], {}, None),
        ([Candidate(ANNA, 3)], {}, ANNA),
        # The fewest first; then who waited longest for one, and who never had one before all.
        ([Candidate(ANNA, 3), Candidate(BRAM, 2)], {}, BRAM),
        ([Candidate(ANNA, 2, LATE), Candidate(BRAM, 2, EARLY)], {}, BRAM),
        ([Candidate(ANNA, 2, EARLY), Candidate(BRAM, 2)], {}, BRAM),
        ([Candidate(BRAM, 2), Candidate(ANNA, 2)], {}, ANNA),
        # Whoever is full gets nothing more.
        ([Candidate(ANNA, 5), Candidate(BRAM, 4)], {"most_open": 5}, BRAM),
        ([Candidate(ANNA, 5), Candidate(BRAM, 6)], {"most_open": 5}, None),
        # Only who knows the topic.
        ([Candidate(ANNA, 0, is_skilled=False), Candidate(BRAM, 9)], {"needs_skill": True}, BRAM),
        ([Candidate(ANNA, 0, is_skilled=False)], {"needs_skill": True}, None),
        ([Candidate(ANNA, 0, is_skilled=False)], {}, ANNA),
        # Away: the stand-in, also one who is there for nothing else; not a stand-in who is away too.
        ([Candidate(ANNA, 0, is_away=True), Candidate(BRAM, 9)], {}, BRAM),
        ([Candidate(ANNA, 0, is_away=True, stand_in=CHRIS), Candidate(CHRIS, 1, is_named=False)], {}, CHRIS),
        ([Candidate(ANNA, 0, is_away=True, stand_in=BRAM), Candidate(BRAM, 1, is_away=True)], {}, None),
        ([Candidate(ANNA, 0, is_away=True)], {}, None),
        ([Candidate(CHRIS, 0, is_named=False)], {}, None),
        (
            [
                Candidate(ANNA, 0, is_away=True, stand_in=CHRIS),
                Candidate(BRAM, 2),
                Candidate(CHRIS, 3, is_named=False),
            ],
            {},
            BRAM,
        ),
        (
            [Candidate(ANNA, 0, is_away=True, stand_in=CHRIS), Candidate(CHRIS, 5, is_named=False)],
            {"most_open": 5},
            None,
        ),
    ],
)
def test_who_takes_it(candidates, options, wanted):
    assert taker(candidates, **options) == wanted

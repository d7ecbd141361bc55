"""What became of answers of the bank."""

from datetime import datetime, timedelta

from mijngemeente.answers.actions import judge
from mijngemeente.answers.queries.uses import unjudged
from mijngemeente.answers.rules.uses import has_helped

from ..queries.outcomes import came_back, marks_of

#: After so long nobody will say any more.
LOOK_BACK = timedelta(days=60)


def judge_answers(*, organisation_id: int, now: datetime) -> int:
    """Write down what is known by now; returns of how many. What is known stays as it is."""
    uses = unjudged(organisation_id, now - LOOK_BACK)
    marks = marks_of(organisation_id, uses)
    returned = came_back(organisation_id, uses)
    judged = 0
    for use in uses:
        verdict = has_helped(
            score=marks.get(use.id), has_come_back=use.id in returned, days=(now - use.used_at).days
        )
        if verdict is not None:
            judge(use=use, has_helped=verdict)
            judged += 1
    return judged

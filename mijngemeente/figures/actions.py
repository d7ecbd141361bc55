"""Keeping numbers."""

from datetime import date, timedelta

from mijngemeente.platform import rows

from .models import ReadingTally
from .queries.understanding import counted_since

#: A month is counted anew until so long after its end: people mend for a while, and then it stands.
SETTLING = timedelta(days=14)


def keep_tallies(*, organisation_id: int, since: date, today: date) -> int:
    """Write down each month since then; one that stands is never changed. How many were written."""
    counted = counted_since(organisation_id, since)
    return sum(_keep(organisation_id, each, today) for each in counted)


def _keep(organisation_id: int, tally: ReadingTally, today: date) -> bool:
    if rows.add_once(tally):
        return True
    next_month = (tally.month + timedelta(days=32)).replace(day=1)
    if today > next_month + SETTLING:
        return False
    same = ReadingTally.objects.filter(
        organisation_id=organisation_id, month=tally.month, model_version=tally.model_version
    )
    # What was erased since was read all the same.
    grown = same.filter(read__lte=tally.read)
    return bool(grown.update(read=tally.read, mended=tally.mended))

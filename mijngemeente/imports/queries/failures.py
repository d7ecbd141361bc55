"""What was left out, with its reason: to mend and bring in again."""

from collections.abc import Iterator, Sequence

from mijngemeente.platform.spreadsheets import records

from ..models import Import
from ..rules.layouts import Form
from ..rules.reading import entries
from .files import layout_of, opened

REASON = "wat er mis is"


def failures_of(shown: Import) -> Iterator[Sequence[str]]:
    """The rows that were left out as they stand in the file, each with why; else only where and why."""
    if shown.form != Form.CSV or shown.file is None:
        yield ("nummer", REASON)
        yield from ((str(number), sentence) for number, sentence in shown.problems)
        return
    layout = layout_of(shown)
    with opened(shown.file) as file:
        reasons = {each.number: each.sentence for entry in entries(file, layout) for each in entry.problems}
        reasons |= {number: sentence for number, sentence in shown.problems if number not in reasons}
        listed = records(file, layout.script)
        yield (*next(listed), REASON)
        for number, record in enumerate(listed, start=2):
            if number in reasons:
                yield (*record, reasons[number])

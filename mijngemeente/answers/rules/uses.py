"""Whether what was sent holds the answer that was inserted, and whether that helped."""

import re
from datetime import date, timedelta
from enum import StrEnum

from .blanks import blanks_in

#: A resident who does not come back within so many days was helped (design/desk.md, "solved in one contact").
QUIET_DAYS = 7
#: From this score a resident was satisfied.
SATISFIED = 8
#: Of the answer's sentences, how much must be left for it to be the same answer.
LEFT = 0.3


class Use(StrEnum):
    """What became of an inserted answer."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REMOVED = "removed"


def use_of(inserted: str, sent: str) -> Use:
    """Filling in a visible blank is not a change: the blank asked for it."""
    if _as_pattern(inserted).search(_one_line(sent)):
        return Use.UNCHANGED
    sentences = [each for each in re.split(r"(?<=[.!?:])\s+|\n+", inserted) if each.strip()]
    left = sum(bool(_as_pattern(each).search(_one_line(sent))) for each in sentences)
    return Use.CHANGED if sentences and left / len(sentences) >= LEFT else Use.REMOVED


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _as_pattern(text: str) -> re.Pattern[str]:
    """The text with room where a blank is; as long as one line can be."""
    pieces = re.split(r"\{[^{}\n]{1,80}\}", _one_line(text)) if blanks_in(text) else [_one_line(text)]
    return re.compile(r"[^\n]{0,300}?".join(map(re.escape, pieces)))


def has_helped(*, score: int | None, has_come_back: bool, days: int) -> bool | None:
    """What the resident thought of it; None while it is too early to say."""
    if score is not None:
        return score >= SATISFIED
    if has_come_back:
        return False
    return True if days >= QUIET_DAYS else None


def is_stale_fact(*, is_price: bool, checked_on: date, today: date) -> bool:
    """Prices of municipalities change on 1 January; other facts are looked at once a year."""
    if is_price:
        return checked_on.year < today.year
    return today - checked_on > timedelta(days=365)


#: Not used for so long: does anybody need it?
UNUSED_DAYS = 365


def worries(*, review_on: date | None, last_seen: date, open_facts: list[str], today: date) -> list[str]:
    """Why somebody should look at an answer; `last_seen` is its last use, or when it was written."""
    found = []
    if review_on is not None and review_on < today:
        found.append("nakijken was gepland")
    if (today - last_seen).days > UNUSED_DAYS:
        found.append("een jaar niet gebruikt")
    if open_facts:
        found.append(f"gegeven ontbreekt of is oud: {', '.join(open_facts)}")
    return found

"""What the demo tells: data/demo, read into plain objects, with its times made real.

Times in the files are relative, so that the country is always of today (data/demo/README.md).
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5


@dataclass(frozen=True)
class Line:
    """One message of a story."""

    #: resident, staff, note or automatic
    speaker: str
    text: str
    at: datetime
    #: Address of the member who wrote it, or who recorded what a resident said.
    by: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """What the resident thought of it."""

    score: int
    why: str


@dataclass(frozen=True)
class Story:
    """One conversation, from the first message to how it stands now."""

    key: str
    organisation: str
    channel: str
    kind: str
    state: str
    topic: str
    subject: str
    language: str
    name: str
    email: str
    #: Address of the member whose it is; empty: nobody's.
    assignee: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    #: Address of the mailbox, if it is not the general one.
    inbox: str
    #: Why nobody answered, if that was decided.
    not_answered_reason: str
    rating: Rating | None
    handed_over_to: str
    handed_over_from: str


class Calendar:
    """Turns relative times into real ones."""

    def __init__(self, now: datetime, holidays: Iterable[date]) -> None:
        self.now = now
        self._free = frozenset(holidays)

    def moment(self, message: Mapping[str, Any]) -> datetime:
        """`minutes_ago`, or `workdays_ago` with `time` in the Netherlands."""
        if "minutes_ago" in message:
            return self.now - timedelta(minutes=message["minutes_ago"])
        day = self.workday(message["workdays_ago"])
        return datetime.combine(day, time.fromisoformat(message["time"]), DUTCH_TIME)

    def workday(self, ago: int) -> date:
        """The so-manieth working day before today."""
        today = self.now.astimezone(DUTCH_TIME).date()
        before = (today - timedelta(days=days) for days in count(1))
        working = (day for day in before if day.weekday() < SATURDAY and day not in self._free)
        return next(islice(working, ago - 1, None))


def read_calendar(data: Path, now: datetime) -> Calendar:
    """The calendar of today, with the national holidays."""
    with (data / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return Calendar(now, [date.fromisoformat(row["date"]) for row in csv.DictReader(file)])


def read_stories(folder: Path, calendar: Calendar) -> list[Story]:
    """Every conversation, oldest first; one that was handed over comes after its origin."""
    stories = [
        story_of(file.stem, row, calendar)
        for file in sorted((folder / "conversations").glob("*.json"))
        for row in json.loads(file.read_text("utf-8"))
    ]
    return sorted(stories, key=lambda story: (story.lines[0].at, story.key))


def story_of(organisation: str, row: Mapping[str, Any], calendar: Calendar) -> Story:
    rating = row.get("satisfaction")
    return Story(
        organisation=organisation,
        name=row["resident"]["name"] or "",
        email=row["resident"]["email"] or "",
        assignee=row["assignee"] or "",
        labels=tuple(row["labels"]),
        lines=tuple(line_of(message, calendar) for message in row["messages"]),
        inbox=row.get("inbox") or "",
        not_answered_reason=row.get("not_answered_reason") or "",
        rating=Rating(rating["score"], rating["why"] or "") if rating else None,
        handed_over_to=row.get("handed_over_to") or "",
        handed_over_from=row.get("handed_over_from") or "",
        **{name: row[name] for name in ("key", "channel", "kind", "state", "topic", "subject", "language")},
    )


def line_of(message: Mapping[str, Any], calendar: Calendar) -> Line:
    return Line(
        speaker=message["from"],
        text=message["text"],
        at=calendar.moment(message),
        by=message.get("by") or message.get("recorded_by") or "",
        files=tuple(file["name"] for file in message.get("attachments", ())),
    )

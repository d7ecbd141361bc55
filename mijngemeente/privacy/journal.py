"""What was erased, outside the database: a restored backup does not know it any more.

A line for each erasure, with ids only. `mijngemeente privacy replay FILE` erases it all again.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from .models import Erasure, Way


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    organisation_id: int
    way: str
    #: `contacts`, `conversations`, `payloads` → ids.
    rows: dict[str, list[UUID]]


class Unreadable(ValueError):
    """A line that nobody of ours wrote."""


def write(erasure: Erasure) -> None:
    """Add one erasure, safely on disk when this returns. Raises OSError; then it must not be called done."""
    file: Path = settings.ERASURE_JOURNAL
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line_of(erasure)}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def line_of(erasure: Erasure) -> str:
    """One erasure as a line."""
    entry = {"organisation": erasure.organisation_id, "way": erasure.way, "rows": erasure.rows}
    return json.dumps(entry, sort_keys=True)


def read(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries; empty lines are nothing. Raises Unreadable, with the number of the line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"Regel {number} is niet van ons.") from error


def _entry(content: dict[str, Any]) -> Entry:
    return Entry(
        organisation_id=int(content["organisation"]),
        way=Way(content["way"]).value,
        rows={kind: [UUID(each) for each in ids] for kind, ids in content["rows"].items()},
    )

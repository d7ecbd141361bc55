"""What will become of a file, as a person reads it before it is brought in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mijngemeente.conversations.rules.history import OldContact, OldConversation
from mijngemeente.platform.spreadsheets import records

from ..models import Import
from ..rules.layouts import Entry, Form, Layout
from ..rules.reading import entries
from .files import layout_of, opened

ROWS = 5
#: Looked through for rows that are good.
LOOKED_THROUGH = 50
SAMPLES = 3
TEXT_CHARACTERS = 300


@dataclass(frozen=True)
class Card:
    """One resident or conversation to be."""

    number: int
    title: str
    facts: tuple[tuple[str, str], ...]
    text: str
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Preview:
    """The beginning of a file."""

    cards: tuple[Card, ...]
    #: Of each column the first few values.
    samples: tuple[str, ...]


def preview_of(shown: Import) -> Preview:
    """How its first rows will be; empty once the file is gone."""
    if shown.file is None:
        return Preview((), ())
    layout = layout_of(shown)
    with opened(shown.file) as file:
        looked = islice(entries(file, layout), LOOKED_THROUGH)
        cards = tuple(islice((_card(each) for each in looked if each.old), ROWS))
        is_table = layout.form == Form.CSV
        rows = list(islice(records(file, layout.script), 1, 1 + SAMPLES)) if is_table else []
    return Preview(cards, _samples(rows, layout))


def _samples(rows: Sequence[Sequence[str]], layout: Layout) -> tuple[str, ...]:
    return tuple(
        ", ".join(row[place].strip()[:60] for row in rows if place < len(row) and row[place].strip())
        for place in range(len(layout.columns))
    )


def _card(entry: Entry) -> Card:
    if isinstance(entry.old, OldContact):
        return _of_contact(entry.number, entry.old)
    assert entry.old is not None
    return _of_conversation(entry.number, entry.old)


def _of_contact(number: int, old: OldContact) -> Card:
    labels = {"email": "e-mail", "phone": "telefoon"}
    facts = tuple((labels.get(each.kind, each.kind), each.address) for each in old.addresses)
    return Card(number, old.name or "Zonder naam", facts, old.note[:TEXT_CHARACTERS])


def _of_conversation(number: int, old: OldConversation) -> Card:
    who = " ".join(
        filter(None, (old.resident.name, f"<{old.resident.address}>" if old.resident.address else ""))
    )
    count = len(old.messages)
    return Card(
        number,
        old.subject or "Zonder onderwerp",
        (("inwoner", who or "onbekend"), ("berichten", str(count))),
        old.messages[0].text[:TEXT_CHARACTERS],
        old.began_at,
        old.ended_at,
    )

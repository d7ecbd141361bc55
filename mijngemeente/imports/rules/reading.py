"""A file of another system: what it is, and what is in it, one resident or conversation at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from typing import BinaryIO

from mijngemeente.platform.file_types import type_of
from mijngemeente.platform.spreadsheets import Script, records, script_of

from ..errors import UnreadableFile
from . import mailbox
from .contacts import contact_of
from .conversations import Row, conversation_of
from .documents import Record, documents, is_conversation, rows_of
from .layouts import (
    COLUMNS,
    FIELDS,
    Entry,
    Form,
    Kind,
    Layout,
    Problem,
    Source,
    columns_of,
    kind_of,
    missing,
    source_of,
)

#: More rows of one conversation than this are not one conversation.
_ROWS = 2000
_NO_SCRIPT = Script("UTF-8", ";")


@dataclass(frozen=True)
class Looked:
    """What a file seems to be."""

    layout: Layout
    #: Names of the columns of a CSV.
    heading: tuple[str, ...]


def recognise(file: BinaryIO, *, own_addresses: frozenset[str], now: datetime) -> Looked:
    """What kind of file it is, by its bytes. Raises UnreadableFile or UnreadableSheet."""
    file.seek(0)
    head = file.read(8192)
    _refuse_what_is_no_text(head)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    plain = Layout(Form.MBOX, Kind.CONVERSATIONS, Source.MAIL, _NO_SCRIPT, (), own_addresses, now)
    if start.startswith(b"From "):
        return Looked(plain, ())
    if start.startswith((b"{", b"[")):
        return _recognise_json(file, plain)
    script = script_of(file)
    heading = tuple(next(records(file, script), []))
    if len(heading) > COLUMNS:
        raise UnreadableFile(f"Dit bestand heeft meer dan {COLUMNS} kolommen.")
    kind = kind_of(heading)
    columns = columns_of(heading, kind)
    if not any(columns) or (len(heading) < 2 and missing(columns, kind)):
        raise UnreadableFile("De eerste rij noemt geen kolommen die wij kennen, zoals “naam” en “e-mail”.")
    return Looked(Layout(Form.CSV, kind, source_of(heading), script, columns, own_addresses, now), heading)


def _refuse_what_is_no_text(head: bytes) -> None:
    if not head.strip():
        raise UnreadableFile("Dit bestand is leeg.")
    found = type_of(head, "")
    if found == "application/zip":
        raise UnreadableFile(
            "Dit is een zip- of Excel-bestand. Pak een zip eerst uit, en bewaar een Excel-bestand als CSV."
        )
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:2] or head[1:2] == b"\x00"
    is_program = head.startswith((b"MZ", b"\x7fELF"))
    if (
        is_program
        or (found not in ("text/plain", "application/octet-stream"))
        or (b"\x00" in head and not is_wide)
    ):
        raise UnreadableFile


def _recognise_json(file: BinaryIO, plain: Layout) -> Looked:
    first = next(documents(file), None)
    if first is None:
        raise UnreadableFile("In dit JSON-bestand staan geen gesprekken of inwoners.")
    kind = Kind.CONVERSATIONS if is_conversation(first) else Kind.CONTACTS
    names = (
        [*first, *(name for name in rows_of(first)[0] if rows_of(first)[0][name])]
        if rows_of(first)
        else [*first]
    )
    is_zammad = "articles" in first or source_of(names) is Source.ZAMMAD
    source = Source.ZAMMAD if is_zammad else source_of([*names, *_chatwoot(first)])
    return Looked(replace(plain, form=Form.JSON, kind=kind, source=source), ())


def _chatwoot(record: Record) -> tuple[str, ...]:
    return ("message_type",) if "messages" in record else ()


def entries(file: BinaryIO, layout: Layout, *, after: int = 0) -> Iterator[Entry]:
    """Everything in it but the first `after`; the same file gives the same, each time."""
    if layout.form == Form.MBOX:
        for places in islice(mailbox.threads(file), after, None):
            yield mailbox.conversation_of(file, places, layout)
        return
    read = _of_csv(file, layout) if layout.form == Form.CSV else _of_json(file, layout)
    yield from islice(read, after, None)


def _of_json(file: BinaryIO, layout: Layout) -> Iterator[Entry]:
    for number, record in enumerate(documents(file), start=1):
        rows = [(number, _by_field(each, layout.kind)) for each in rows_of(record)] if record else []
        if not rows:
            yield Entry(number, None, (Problem(number, "Hier staat geen gesprek of inwoner."),))
        elif layout.kind == Kind.CONTACTS:
            yield contact_of(number, rows[0][1], layout)
        else:
            yield conversation_of(rows[:_ROWS], layout)


def _by_field(cells: Mapping[str, str], kind: Kind) -> Mapping[str, str]:
    """By our own names: a record knows others, as a heading does."""
    known = {
        field: next((cells[each] for each in called if cells.get(each)), "")
        for field, (_, called) in FIELDS[kind].items()
    }
    return {
        **{name: value for name, value in cells.items() if name in FIELDS[kind]},
        **{name: value for name, value in known.items() if value and not cells.get(name)},
    }


def _of_csv(file: BinaryIO, layout: Layout) -> Iterator[Entry]:
    if layout.kind == Kind.CONTACTS:
        for number, cells in _rows(file, layout):
            yield cells if isinstance(cells, Entry) else contact_of(number, cells, layout)
        return
    # Rows of one conversation stand together in an export; what comes later is added to it.
    for _, group in groupby(_rows(file, layout), key=_conversation_number):
        rows: list[Row] = []
        for number, cells in group:
            if isinstance(cells, Entry):
                yield cells
            elif len(rows) < _ROWS:
                rows.append((number, cells))
        if rows:
            yield conversation_of(rows, layout)


def _conversation_number(row: tuple[int, Mapping[str, str] | Entry]) -> str:
    number, cells = row
    return f"rij {number}" if isinstance(cells, Entry) else cells.get("number", "")


def _rows(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, Mapping[str, str] | Entry]]:
    """The rows with their fields; an entry for a row that does not fit its heading."""
    listed = records(file, layout.script)
    next(listed, None)
    for number, record in enumerate(listed, start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) > len(layout.columns):
            yield number, Entry(number, None, (Problem(number, _WIDE),))
        else:
            yield number, _cells(record, layout.columns)


_WIDE = "Er staan meer kolommen in deze rij dan in de eerste rij."


def _cells(record: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    return {
        field: cell.replace("\r\n", "\n").strip()
        for field, cell in zip(columns, record, strict=False)
        if field
    }

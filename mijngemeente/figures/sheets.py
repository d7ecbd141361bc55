"""Tables to take along: CSV, and ODS as office programs open it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from django.utils import timezone

from mijngemeente.conversations.models import Conversation

from .queries.tables import Line, Table
from .rules import REACTIONS, SHARES, Reaction, Share

Cell = str | int

HEAD = (
    "tabel",
    "deel",
    "gesprekken",
    *(REACTIONS[each] for each in Reaction),
    *(SHARES[each].name for each in Share),
    "middelste eerste reactie",
    "negen van de tien binnen",
    "middelste oplossing",
    "cijfers",
    "8 of hoger",
    "5 of lager",
    "netto",
)


def rows_of(total: Line, tables: Iterable[Table]) -> list[Sequence[Cell]]:
    """The head, the total and every line of every table."""
    lines = [("alles", total)] + [(table.name, line) for table in tables for line in table.lines]
    return [HEAD, *(_row(name, line) for name, line in lines)]


def _row(table: str, line: Line) -> Sequence[Cell]:
    return (
        table,
        line.name,
        line.total,
        *(line.reactions[each] for each in Reaction),
        *(line.shares[each] for each in Share),
        line.median_reaction,
        line.slow_reaction,
        line.median_solution,
        line.rated,
        line.good,
        line.bad,
        "" if line.net is None else line.net,
    )


_FACTS = (
    "nummer",
    "organisatie",
    "kanaal",
    "onderwerp",
    "soort",
    "status",
    "begonnen",
    "eerste reactie",
    "gesloten",
    "cijfer",
)


def conversation_rows(conversations: Iterable[Conversation]) -> Iterator[Sequence[Cell]]:
    """The head, and a row of facts for each; times as a Dutch clock shows them."""
    yield _FACTS
    for each in conversations:
        moments = (each.created_at, each.first_replied_at, each.closed_at)
        mark = getattr(each, "satisfaction", None)
        yield (
            each.number,
            each.organisation.name,
            each.channel,
            str(each.topic or ""),
            each.get_kind_display(),
            each.get_status_display(),
            *(f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "" for at in moments),
            mark.score if mark else "",
        )


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """With semicolons and a mark that says UTF-8, as Dutch spreadsheets want it."""
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula is text (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def ods_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """An OpenDocument spreadsheet (ISO/IEC 26300): the kind first and unpacked, then the rows."""
    content = _CONTENT.format(rows="".join(map(_ods_row, rows)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
    return file.getvalue()


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return _CELL.format(kind=f'float" office:value="{cell}', text=cell)
    return _CELL.format(kind="string", text=escape(cell))


_CELL = '<table:table-cell office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'


_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "urn:oasis:names:tc:opendocument:xmlns"
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_SPACES}:office:1.0" xmlns:table="{_SPACES}:table:1.0"'
    f' xmlns:text="{_SPACES}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
    '<table:table table:name="Cijfers">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_SPACES}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)

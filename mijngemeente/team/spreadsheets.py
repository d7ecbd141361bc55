"""The rows of a spreadsheet that somebody has: CSV of all ages, or XLSX."""

import zipfile
from io import BytesIO

import openpyxl

from mijngemeente.platform.spreadsheets import UnreadableSheet, records, script_of

from .rules.rows import MOST_ROWS, UnreadableRows

LARGEST_BYTES = 5_000_000
#: What an XLSX may become when it is unpacked; more is no list of people.
LARGEST_UNPACKED_BYTES = 50_000_000
_MOST_COLUMNS = 50


def rows_of(content: bytes) -> list[list[object]]:
    """Every row, the heading first; MOST_ROWS and one at most. Raises UnreadableRows."""
    if len(content) > LARGEST_BYTES:
        raise UnreadableRows("Dit bestand is te groot. Een lijst met mensen is hooguit 5 MB.")
    if not content.strip():
        raise UnreadableRows("Dit bestand is leeg.")
    if content.startswith(b"%PDF"):
        raise UnreadableRows("Dit is een PDF. Bewaar de lijst als CSV of Excel (XLSX).")
    return _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)


def _csv(content: bytes) -> list[list[object]]:
    file = BytesIO(content)
    found: list[list[object]] = []
    try:
        for record in records(file, script_of(file)):
            found.append(list(record[:_MOST_COLUMNS]))
            if len(found) > MOST_ROWS:
                break
    except UnreadableSheet as error:
        raise UnreadableRows(str(error)) from None
    return found


def _xlsx(content: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > LARGEST_UNPACKED_BYTES:
            raise UnreadableRows("Dit bestand is uitgepakt te groot.")
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)
        return [list(row) for row in rows if any(cell is not None for cell in row)]
    except UnreadableRows:
        raise
    # The library lets through whatever its parts raise on a broken file.
    except Exception as error:
        raise UnreadableRows("Dit bestand is niet te lezen als spreadsheet.") from error

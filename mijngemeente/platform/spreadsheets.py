"""CSV files as spreadsheets of all ages write them, read row by row. Plain Python."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from .errors import Refused

_PIECE_BYTES = 64 * 1024
_HEADING_CHARACTERS = 64 * 1024
#: Encoding as a person knows it → how Python calls it.
_CODECS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "Windows-1252": "cp1252",
}


class UnreadableSheet(Refused):
    """Dit bestand kunnen wij niet lezen als CSV."""


@dataclass(frozen=True)
class Script:
    """How the file was written."""

    encoding: str
    separator: str

    @property
    def name(self) -> str:
        """The encoding, without the order of its bytes."""
        return self.encoding.partition(" ")[0]


def script_of(file: BinaryIO) -> Script:
    """The encoding and the separator; reads the file to its end."""
    encoding = encoding_of(file)
    with _as_text(file, encoding) as text:
        heading = text.read(_HEADING_CHARACTERS).lstrip("\ufeff\r\n ").split("\n", 1)[0]
    # Dutch spreadsheets write semicolons.
    return Script(encoding, max(";,\t", key=heading.count))


def encoding_of(file: BinaryIO) -> str:
    """A key of the encodings we read; what spreadsheets write without saying so is Windows-1252."""
    file.seek(0)
    start = file.read(2000)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return _unmarked_utf16(start) or ("UTF-8" if _is_utf8(file) else "Windows-1252")


def _unmarked_utf16(sample: bytes) -> str:
    """Half of western text in UTF-16 is zero bytes, all on the same side."""
    even, odd = Counter(sample[::2])[0], Counter(sample[1::2])[0]
    if max(even, odd) < len(sample) / 4:
        return ""
    return "UTF-16 LE" if odd > even else "UTF-16 BE"


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(_PIECE_BYTES):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _as_text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The file from its beginning; it stays open for whoever reads it next."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=_CODECS[encoding], errors="replace", newline="")
    try:
        yield text
    finally:
        # Whoever stops halfway may have closed it first.
        if not file.closed:
            text.detach()


def records(file: BinaryIO, script: Script) -> Iterator[list[str]]:
    """Every row with its cells, the heading first. Raises UnreadableSheet where it stops being a CSV."""
    with _as_text(file, script.encoding) as text:
        reader = csv.reader(map(_clean, text), delimiter=script.separator)
        number = 0
        while True:
            number += 1
            try:
                record = next(reader, None)
            except csv.Error as error:
                raise UnreadableSheet(
                    f"Rij {number} is niet te lezen. Waarschijnlijk is een aanhalingsteken niet gesloten."
                ) from error
            if record is None:
                return
            yield record


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot hold, and without the mark of a beginning."""
    return re.sub("[\x00\ufeff\ud800-\udfff]", "", text)


#: What a spreadsheet would take for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV that Dutch spreadsheets open by a double click: semicolons, UTF-8 with its mark."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()

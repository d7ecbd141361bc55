"""Answers in a CSV file, as spreadsheets of all ages write it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import UnreadableSheet

#: Longer is a file, not an answer.
TEXT_CHARACTERS = 10_000
TITLE_CHARACTERS = 120
REFERENCE_CHARACTERS = 60

#: Our column → how others call it, as Zammad (text modules) and Chatwoot (canned responses) do.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kenmerk": ("kenmerk", "reference", "id"),
    "titel": ("titel", "title", "naam", "name", "short_code"),
    "onderwerp": ("onderwerp", "topic"),
    "nederlands": ("nederlands", "tekst", "antwoord", "content", "nl"),
    "engels": ("engels", "english", "en"),
    "fries": ("fries", "frysk", "fy"),
    "nakijken": ("nakijken", "nakijken op", "review"),
    "status": ("status", "state"),
}
REQUIRED = ("titel", "nederlands")
STATES = {"": "concept", "concept": "concept", "gepubliceerd": "published", "vervallen": "retired"}


@dataclass(frozen=True)
class Topics:
    """The national list, by slug and by name in lower case."""

    slugs: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One answer of the file."""

    #: As the spreadsheet numbers it; the heading is row 1.
    number: int
    reference: str
    title: str
    topic: str
    text_nl: str
    text_en: str
    text_fy: str
    review_on: date | None
    state: str


@dataclass(frozen=True)
class Problem:
    """Why a row is left out, in a sentence."""

    row: int
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """A file as it was read."""

    encoding: str
    separator: str
    rows: list[Row]
    problems: list[Problem]


def read_sheet(content: bytes, topics: Topics) -> Sheet:
    """Every good row, and what is wrong with each other one. Raises UnreadableSheet."""
    text, encoding = decoded(content)
    separator = _separator(text)
    records = _records(text, separator)
    heading = next(records, None)
    if heading is None:
        raise UnreadableSheet("Dit bestand is leeg.")
    places = _places(heading)
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, record in enumerate(records, start=2):
        if not any(cell.strip() for cell in record):
            continue
        wide = len(record) > len(heading)
        cells = _cells(record, places)
        wrong = _WIDE if wide else _wrong(cells, topics) or _repeated(number, cells, seen)
        if wrong:
            problems.append(Problem(number, wrong))
        else:
            rows.append(_row(number, cells, topics))
    return Sheet(encoding, separator, rows, problems)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; what spreadsheets write without saying so is Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _clean(content.decode("utf-16", errors="replace")), "UTF-16"
    guessed = _unmarked_utf16(content)
    if guessed:
        return _clean(content.decode(guessed, errors="replace")), "UTF-16"
    try:
        return _clean(content.decode("utf-8-sig")), "UTF-8"
    except UnicodeDecodeError:
        return _clean(content.decode("cp1252", errors="replace")), "Windows-1252"


def _unmarked_utf16(content: bytes) -> str:
    """Half of western text in UTF-16 is zero bytes, all on the same side."""
    sample = content[:2000]
    even, odd = Counter(sample[::2])[0], Counter(sample[1::2])[0]
    if max(even, odd) < len(sample) / 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot hold."""
    return re.sub("[\x00\ud800-\udfff]", "", text)


def _separator(text: str) -> str:
    """The sign that stands most often in the heading; Dutch spreadsheets write semicolons."""
    heading = text.lstrip().split("\n", 1)[0]
    return max(";,\t", key=heading.count)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
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


def _places(heading: Sequence[str]) -> dict[str, int]:
    """Our column → its place. Raises UnreadableSheet."""
    names = [" ".join(each.split()).casefold() for each in heading]
    places = {
        column: names.index(known[0])
        for column, called in COLUMNS.items()
        if (known := [each for each in called if each in names])
    }
    missing = [each for each in REQUIRED if each not in places]
    if missing:
        raise UnreadableSheet(f"De eerste rij noemt geen kolom “{'” en “'.join(missing)}”.")
    return places


_WIDE = "Er staan meer kolommen in deze rij dan in de eerste rij."


def _cells(record: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    found = {column: record[place] for column, place in places.items() if place < len(record)}
    return {column: found.get(column, "").replace("\r\n", "\n").strip() for column in COLUMNS}


def _row(number: int, get: Mapping[str, str], topics: Topics) -> Row:
    return Row(
        number=number,
        reference=get["kenmerk"],
        title=get["titel"],
        topic=topics.slugs.get(get["onderwerp"].casefold(), ""),
        text_nl=get["nederlands"],
        text_en=get["engels"],
        text_fy=get["fries"],
        review_on=_date(get["nakijken"]),
        state=STATES[get["status"].casefold()],
    )


def _wrong(get: Mapping[str, str], topics: Topics) -> str:
    """The first thing to mend; empty if nothing."""
    checks = (
        (not get["titel"], "De titel ontbreekt."),
        (len(get["titel"]) > TITLE_CHARACTERS, f"De titel is langer dan {TITLE_CHARACTERS} tekens."),
        (
            len(get["kenmerk"]) > REFERENCE_CHARACTERS,
            f"Het kenmerk is langer dan {REFERENCE_CHARACTERS} tekens.",
        ),
        (not get["nederlands"], "De Nederlandse tekst ontbreekt."),
        (_longest(get) > TEXT_CHARACTERS, f"De tekst is langer dan {TEXT_CHARACTERS} tekens."),
        (
            not _is_known(get["onderwerp"], topics),
            f"Het onderwerp “{get['onderwerp'][:60]}” staat niet in de lijst.",
        ),
        (
            bool(get["nakijken"]) and _date(get["nakijken"]) is None,
            f"“{get['nakijken'][:30]}” is geen datum.",
        ),
        (get["status"].casefold() not in STATES, f"De status “{get['status'][:30]}” bestaat niet."),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), "")


def _longest(get: Mapping[str, str]) -> int:
    return max(len(get[each]) for each in ("nederlands", "engels", "fries"))


def _is_known(topic: str, topics: Topics) -> bool:
    return not topic or topic.casefold() in topics.slugs


def _repeated(number: int, get: Mapping[str, str], seen: dict[str, int]) -> str:
    key = identity(get["kenmerk"], get["titel"])
    first = seen.setdefault(key, number)
    return "" if first == number else f"Dit antwoord staat ook op rij {first}."


def identity(reference: str, title: str) -> str:
    """What makes an answer the same one when it is read in again."""
    return f"kenmerk {reference.casefold()}" if reference else f"titel {title.casefold()}"


def _date(typed: str) -> date | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, form).date()
        except ValueError:
            continue
    return None


#: What a spreadsheet would take for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV that Dutch spreadsheets open by a double click: semicolons, UTF-8 with its mark."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()

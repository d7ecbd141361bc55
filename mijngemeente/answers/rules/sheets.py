"""Answers in a CSV file, as spreadsheets of all ages write it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mijngemeente.platform.spreadsheets import UnreadableSheet, records, script_of

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
    file = io.BytesIO(content)
    script = script_of(file)
    listed = records(file, script)
    heading = next(listed, None)
    if heading is None:
        raise UnreadableSheet("Dit bestand is leeg.")
    places = _places(heading)
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, record in enumerate(listed, start=2):
        if not any(cell.strip() for cell in record):
            continue
        wide = len(record) > len(heading)
        cells = _cells(record, places)
        wrong = _WIDE if wide else _wrong(cells, topics) or _repeated(number, cells, seen)
        if wrong:
            problems.append(Problem(number, wrong))
        else:
            rows.append(_row(number, cells, topics))
    return Sheet(script.name, script.separator, rows, problems)


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

"""People and their tasks from the rows of a spreadsheet: all of it, or nothing.

A heading names the columns, in any order. Somebody with more tasks has more rows with the same name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from .documents import Document, rows_in, typed_value
from .library import Library
from .plot import LONGEST_WEEK_HOURS
from .reading import MOST_PEOPLE

#: Heading as people write it → what it is.
HEADINGS = {
    "naam": "name",
    "functie": "name",
    "medewerker": "name",
    "afdeling": "department",
    "team": "department",
    "uren": "hours",
    "uren per week": "hours",
    "einde": "ends",
    "einde contract": "ends",
    "contract tot en met": "ends",
    "taak": "task",
    "taken": "task",
    "uren taak": "task_hours",
    "taakuren": "task_hours",
    "achtervang": "backup",
    "rol": "role",
    "rollen": "role",
}
MOST_ROWS = 2_000


class UnreadableRows(ValueError):
    """Nothing can be made of these rows; the message says so in Dutch."""


@dataclass(frozen=True)
class RowProblem:
    """What is not right in a row; rows count from 1, the heading included."""

    row: int
    sentence: str


@dataclass(frozen=True)
class Incoming:
    """What a file would bring."""

    #: As in the document of a plot.
    people: tuple[Document, ...]
    problems: tuple[RowProblem, ...]


def incoming(rows: Sequence[Sequence[object]], library: Library) -> Incoming:
    """People with their tasks. Raises UnreadableRows without a heading that names people."""
    columns = _columns(rows[0] if rows else [])
    if "name" not in columns:
        raise UnreadableRows(
            "Er is geen kolom met de naam “naam” of “functie”. Zet die boven de eerste kolom."
        )
    if len(rows) > MOST_ROWS:
        raise UnreadableRows(f"Dit bestand heeft {len(rows)} rijen. Hooguit {MOST_ROWS} kunnen er tegelijk.")
    return _Rows(columns, library).read(rows[1:])


def _columns(heading: Sequence[object]) -> dict[str, int]:
    named = {" ".join(str(cell or "").casefold().split()): place for place, cell in enumerate(heading)}
    return {HEADINGS[name]: place for name, place in reversed(named.items()) if name in HEADINGS}


class _Rows:
    """Walks through the rows, and gathers people by name."""

    def __init__(self, columns: dict[str, int], library: Library) -> None:
        self.columns = columns
        self.tasks = _by_name(library.tasks)
        self.roles = _by_name(library.roles)
        self.people: dict[str, Document] = {}
        self.problems: list[RowProblem] = []
        self.backups: list[tuple[int, Document, str]] = []
        self.number = 1

    def read(self, rows: Sequence[Sequence[object]]) -> Incoming:
        for number, row in enumerate(rows, start=2):
            self.number = number
            cells = {name: _cell(row, place) for name, place in self.columns.items()}
            if any(cells.values()):
                self.take(cells)
        if len(self.people) > MOST_PEOPLE:
            self.tell(f"Er staan {len(self.people)} mensen in. Een plot heeft er hooguit {MOST_PEOPLE}.")
        self.join_backups()
        return Incoming(tuple(self.people.values()), tuple(sorted(self.problems, key=attrgetter("row"))))

    def tell(self, sentence: str) -> None:
        self.problems.append(RowProblem(self.number, sentence))

    def take(self, cells: dict[str, str]) -> None:
        name = cells["name"]
        if not name:
            self.tell("Hier ontbreekt een naam of functie.")
            return
        person = self.people.setdefault(
            name.casefold(), {"id": f"i{len(self.people) + 1}", "name": name, "tasks": [], "roles": []}
        )
        self.fill_in(person, "department", cells.get("department", ""))
        self.fill_in(person, "hours", self.hours(cells.get("hours", "")))
        self.fill_in(person, "ends", self.day(cells.get("ends", "")))
        self.add_tasks(person, cells)
        self.add_roles(person, cells.get("role", ""))

    def fill_in(self, person: Document, name: str, value: Any) -> None:
        if value in ("", None):
            return
        if person.get(name, value) != value:
            self.tell(f"Bij {person['name']} staat hier iets anders dan in een eerdere rij.")
        else:
            person[name] = value

    def hours(self, typed: str) -> float | None:
        value = typed_value(["hours"], typed)
        if isinstance(value, str):
            self.tell(f"“{typed[:40]}” is geen aantal uren.")
            return None
        if value is not None and not 0 <= value <= LONGEST_WEEK_HOURS:
            self.tell(f"{typed} uur kan niet: een week heeft 0 tot 40 uur.")
            return None
        return value

    def day(self, typed: str) -> str:
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(typed, form).date().isoformat() if typed else ""
            except ValueError:
                continue
        self.tell(f"“{typed[:40]}” is geen datum, zoals 31-12-2027.")
        return ""

    def add_tasks(self, person: Document, cells: dict[str, str]) -> None:
        for name in _many(cells.get("task", "")):
            code = self.tasks.get(name.casefold())
            if code is None:
                self.tell(f"De taak “{name[:60]}” staat niet in de lijst.")
                continue
            task: Document = {
                "code": code,
                "hours": self.hours(cells.get("task_hours", "")),
                "backup": "",
                "owner": False,
            }
            person["tasks"].append(task)
            if cells.get("backup"):
                self.backups.append((self.number, task, cells["backup"]))

    def add_roles(self, person: Document, typed: str) -> None:
        for name in _many(typed):
            code = self.roles.get(name.casefold())
            if code is None:
                self.tell(f"De rol “{name[:60]}” staat niet in de lijst.")
            elif code not in {each["code"] for each in person["roles"]}:
                person["roles"].append({"code": code, "part": "main"})

    def join_backups(self) -> None:
        for number, task, name in self.backups:
            self.number = number
            person = self.people.get(name.casefold())
            if person is None:
                self.tell(f"De achtervang “{name[:60]}” staat zelf niet in het bestand.")
            else:
                task["backup"] = person["id"]


def _by_name(known: Any) -> dict[str, str]:
    """What somebody may write for a task or role: its code, or its name."""
    found = {each.name.casefold(): code for code, each in known.items()}
    for code, each in known.items():
        found |= {name.casefold(): code for name in getattr(each, "other_names", ())}
    return found | {code.casefold(): code for code in known}


def _cell(row: Sequence[object], place: int) -> str:
    value = row[place] if place < len(row) else None
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value if value is not None else "").split())


def _many(typed: str) -> list[str]:
    return [each.strip() for each in typed.split(";") if each.strip()]


def joined(document: Document, people: Sequence[Document]) -> Document:
    """The document with these people added; whoever is there already by name is left as they are.

    Raises UnreadableRows when they are more together than a plot holds.
    """
    there = rows_in(document, "people")
    taken = {str(each.get("id")) for each in there}
    known = {str(each.get("name", "")).casefold() for each in there}
    fresh = [each for each in people if str(each.get("name", "")).casefold() not in known]
    together = len(there) + len(fresh)
    if together > MOST_PEOPLE:
        raise UnreadableRows(f"Samen zijn dat {together} mensen. Een plot heeft er hooguit {MOST_PEOPLE}.")
    ids = _fresh_ids(fresh, taken)
    added = [_with_ids(each, ids) for each in fresh]
    return {**document, "people": [*there, *added]}


def _fresh_ids(people: Sequence[Document], taken: set[str]) -> dict[str, str]:
    free = (name for number in range(1, 10_000) if (name := f"p{number}") not in taken)
    return {str(each.get("id")): next(free) for each in people}


def _with_ids(person: Document, ids: dict[str, str]) -> Document:
    tasks = [{**each, "backup": ids.get(str(each.get("backup")), "")} for each in rows_in(person, "tasks")]
    return {**person, "id": ids[str(person.get("id"))], "tasks": tasks}

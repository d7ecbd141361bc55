"""A plot as it stands in a file: JSON in, a plot out, or sentences that say where it is not right.

The format stands in docs/teamplot.md. Keys that begin with an underscore are comments.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from .circles import circles
from .library import Library, Role, Size, Task
from .plot import (
    LONGEST_WEEK_HOURS,
    MOST_EUROS,
    MOST_FTE,
    MOST_INHABITANTS,
    WEEK_HOURS,
    Choice,
    Claim,
    Duty,
    Part,
    Person,
    Plot,
    Said,
    Want,
    Wish,
)
from .storable import loaded

FORMAT = "mijngemeente-teamplot"
LARGEST_BYTES = 5_000_000
MOST_PEOPLE = 400
_LONGEST_TEXT = 2_000

E = TypeVar("E", bound=StrEnum)
Json = object


@dataclass(frozen=True)
class Problem:
    """Something that is not right, where it stands ("people.3.hours"), in a Dutch sentence."""

    where: str
    sentence: str


class UnreadablePlot(ValueError):
    """The text is no plot at all; the message says so in Dutch."""


@dataclass(frozen=True)
class Read:
    """What a file held. What is not right is left out of the plot and told as a problem."""

    plot: Plot
    problems: tuple[Problem, ...]


def read_text(text: str | bytes, library: Library, today: date) -> Read:
    """The plot in a file. Raises UnreadablePlot for what is no plot."""
    return read(document_in(text), library, today)


def document_in(text: str | bytes) -> dict[str, Any]:
    """What a file holds, as it was typed. Raises UnreadablePlot for what is no plot."""
    if len(text) > LARGEST_BYTES:
        raise UnreadablePlot("Dit bestand is te groot. Een teamplot is hooguit 5 MB.")
    try:
        document = loaded(text)
    except ValueError:
        raise UnreadablePlot("Dit bestand is geen teamplot: het is geen JSON.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnreadablePlot(f'Dit bestand is geen teamplot: er staat geen "format": "{FORMAT}" in.')
    return document


def read(document: Mapping[str, Json], library: Library, today: date) -> Read:
    """The plot that a document describes, with everything that is not right about it."""
    return _Reader(library, today).read(document)


class _Reader:
    """Walks through one document, and remembers where it is for the sentences."""

    def __init__(self, library: Library, today: date) -> None:
        self.library = library
        self.today = today
        self.path: list[str] = []
        self.problems: list[Problem] = []

    def read(self, document: Mapping[str, Json]) -> Read:
        own_tasks = self.own_tasks(document)
        own_roles = self.own_roles(document)
        self.library = self.library.extended(own_roles, own_tasks)
        inhabitants = self.amount(document, "inhabitants", most=MOST_INHABITANTS)
        plot = Plot(
            title=self.text(document, "title") or "Ons online team",
            on=self.day(document, "date") or self.today,
            size=Size.of(int(inhabitants or 0)),
            people=self.people(document),
            wishes=self.wishes(document),
            own_roles=own_roles,
            own_tasks=own_tasks,
            week_hours=self.amount(document, "week_hours", least=1, most=LONGEST_WEEK_HOURS) or WEEK_HOURS,
            salaries=self.salaries(document) | self.scaled(document),
            inhabitants=None if inhabitants is None else int(inhabitants),
            said=self.said(document),
        )
        return Read(plot, tuple(self.problems))

    # What a document is made of.

    def tell(self, sentence: str) -> None:
        self.problems.append(Problem(".".join(self.path), sentence))

    @contextmanager
    def at(self, *steps: object) -> Iterator[None]:
        self.path += map(str, steps)
        try:
            yield
        finally:
            del self.path[-len(steps) :]

    def text(self, row: Mapping[str, Json], key: str) -> str:
        value = row.get(key, "")
        if isinstance(value, str) and len(value) <= _LONGEST_TEXT:
            return value.strip()
        with self.at(key):
            self.tell("Hier hoort een korte tekst.")
        return ""

    def amount(
        self, row: Mapping[str, Json], key: str, *, least: float = 0, most: float = 1e9
    ) -> float | None:
        value = row.get(key)
        if value is None:
            return None
        with self.at(key):
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.tell("Hier hoort een getal.")
            elif not least <= value <= most:
                self.tell(
                    f"{_number(value)} kan niet: dit is een getal van {_number(least)} tot {_number(most)}."
                )
            else:
                return float(value)
        return None

    def day(self, row: Mapping[str, Json], key: str) -> date | None:
        value = row.get(key)
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            with self.at(key):
                self.tell("Hier hoort een datum, zoals 2027-03-01.")
            return None

    def choice(self, row: Mapping[str, Json], key: str, choices: type[E], otherwise: E) -> E:
        value = row.get(key, otherwise)
        try:
            return choices(str(value))
        except ValueError:
            with self.at(key):
                self.tell(f"“{str(value)[:40]}” kennen wij niet. Kies uit {', '.join(choices)}.")
            return otherwise

    def rows(self, parent: Mapping[str, Json], key: str) -> Iterator[Mapping[str, Json]]:
        value = parent.get(key) or []
        if not isinstance(value, list):
            with self.at(key):
                self.tell("Hier hoort een lijst.")
            return
        for place, row in enumerate(value):
            with self.at(key, place):
                if isinstance(row, dict):
                    yield row
                else:
                    self.tell("Deze regel is niet te lezen.")

    def pairs(self, parent: Mapping[str, Json], key: str) -> Iterator[tuple[str, Json]]:
        value = parent.get(key) or {}
        if not isinstance(value, dict):
            with self.at(key):
                self.tell("Hier horen namen met een waarde.")
            return
        for name, each in value.items():
            if not name.startswith("_"):
                with self.at(key, name):
                    yield name, each

    def known(self, code: str, among: Mapping[str, object], what: str) -> bool:
        if code in among:
            return True
        self.tell(f"{what} “{code[:40]}” staat niet in de lijst.")
        return False

    # What a plot is made of.

    def own_tasks(self, document: Mapping[str, Json]) -> tuple[Task, ...]:
        return tuple(
            Task(code, self.text(row, "name") or code, roles=tuple(self.codes(row, "roles")))
            for row in self.rows(document, "own_tasks")
            if (code := self.own_code(row, self.library.tasks))
        )

    def own_roles(self, document: Mapping[str, Json]) -> tuple[Role, ...]:
        return tuple(
            Role(
                code,
                self.text(row, "name") or code,
                essence=self.text(row, "essence"),
                levels=self.levels(row, "competencies"),
            )
            for row in self.rows(document, "own_roles")
            if (code := self.own_code(row, self.library.roles))
        )

    def own_code(self, row: Mapping[str, Json], taken: Mapping[str, object]) -> str:
        code = self.text(row, "code")
        if not code:
            self.tell("Geef hier een eigen code.")
        elif code in taken:
            self.tell(f"De code “{code}” is al van een ander uit de landelijke lijst.")
            return ""
        return code

    def codes(self, row: Mapping[str, Json], key: str) -> list[str]:
        value = row.get(key) or []
        return [str(each) for each in value] if isinstance(value, list) else []

    def levels(self, row: Mapping[str, Json], key: str) -> dict[str, int]:
        found = {}
        for code, level in self.pairs(row, key):
            if not self.known(code, self.library.competencies, "Competentie"):
                continue
            if isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= 4:
                found[code] = level
            else:
                self.tell("Een niveau is een heel getal van 0 tot en met 4.")
        return found

    def people(self, document: Mapping[str, Json]) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        for place, row in enumerate(self.rows(document, "people")):
            if place >= MOST_PEOPLE:
                self.tell(f"Een plot heeft hooguit {MOST_PEOPLE} mensen. Wat hierna komt, telt niet mee.")
                break
            person = self.person(row, place)
            if person.id in found or person.name in {each.name for each in found.values()}:
                self.tell(f"{person.name} staat er twee keer in. Alleen de eerste telt mee.")
            else:
                found[person.id] = person
        if not found:
            with self.at("people"):
                self.tell("Er staan nog geen mensen in deze plot.")
        self.check_backups(list(found.values()))
        return tuple(found.values())

    def person(self, row: Mapping[str, Json], place: int) -> Person:
        name = self.text(row, "name")
        if not name:
            self.tell("Hier ontbreekt een naam of functie.")
        duties = self.duties(row)
        if sum(each.hours for each in duties) > LONGEST_WEEK_HOURS:
            self.tell(f"De taken zijn samen meer dan {_number(LONGEST_WEEK_HOURS)} uur in de week.")
        return Person(
            id=self.text(row, "id") or f"p{place + 1}",
            name=name or f"Naamloos {place + 1}",
            hours=self.hours(row),
            department=self.text(row, "department"),
            ends=self.day(row, "ends"),
            duties=duties,
            claims=self.claims(row),
            levels=self.levels(row, "competencies"),
        )

    def hours(self, row: Mapping[str, Json]) -> float:
        """A week."""
        return self.amount(row, "hours", most=LONGEST_WEEK_HOURS) or 0.0

    def duties(self, person: Mapping[str, Json]) -> tuple[Duty, ...]:
        return tuple(
            Duty(code, self.hours(row), self.text(row, "backup"), row.get("owner") is True)
            for row in self.rows(person, "tasks")
            if self.known(code := self.text(row, "code"), self.library.tasks, "Taak")
        )

    def claims(self, person: Mapping[str, Json]) -> tuple[Claim, ...]:
        found: dict[str, Claim] = {}
        for row in self.rows(person, "roles"):
            code = self.text(row, "code")
            if code in found:
                self.tell("Deze rol staat er twee keer. Alleen de eerste telt mee.")
            elif self.known(code, self.library.roles, "Rol"):
                part = self.choice(row, "part", Part, Part.MAIN)
                found[code] = Claim(code, part, self.amount(row, "hours", most=LONGEST_WEEK_HOURS))
        return tuple(found.values())

    def wishes(self, document: Mapping[str, Json]) -> dict[str, Wish]:
        found = {}
        for code, row in self.pairs(document, "wanted"):
            if not self.known(code, self.library.roles, "Rol"):
                continue
            if not isinstance(row, dict):
                self.tell("Deze regel is niet te lezen.")
                continue
            found[code] = Wish(
                want=self.choice(row, "want", Want, Want.YES),
                fte=self.amount(row, "fte", most=MOST_FTE),
                where=self.text(row, "where"),
                levels=self.levels(row, "competencies"),
                note=self.text(row, "note"),
            )
        return found

    def salaries(self, document: Mapping[str, Json]) -> dict[str, float]:
        found = {}
        for code, euros in self.pairs(document, "salaries"):
            if code != "default" and not self.known(code, self.library.roles, "Rol"):
                continue
            amount = self.amount({"euros": euros}, "euros", most=MOST_EUROS)
            if amount is not None:
                found["" if code == "default" else code] = amount
        return found

    def scaled(self, document: Mapping[str, Json]) -> dict[str, float]:
        """What a role costs by the scale it is in, where it has no sum of its own."""
        scales = {
            self.text(row, "name"): self.amount(row, "euros", most=MOST_EUROS)
            for row in self.rows(document, "scales")
        }
        own = document.get("salaries")
        found = {}
        for code, row in self.pairs(document, "wanted"):
            scale = self.text(row, "scale") if isinstance(row, dict) else ""
            if scale and scale not in scales:
                self.tell(f"De schaal “{scale[:40]}” staat niet in de loontabel.")
            elif (euros := scales.get(scale)) is not None and not (isinstance(own, dict) and own.get(code)):
                found[code] = euros
        return found

    def said(self, document: Mapping[str, Json]) -> dict[str, Said]:
        return {
            about: Said(self.choice(row, "choice", Choice, Choice.OPEN), self.text(row, "note"))
            for about, row in self.pairs(document, "discussed")
            if isinstance(row, dict)
        }

    def check_backups(self, people: list[Person]) -> None:
        ids = {each.id: each.name for each in people}
        for place, person in enumerate(people):
            for number, duty in enumerate(person.duties):
                with self.at("people", place, "tasks", number, "backup"):
                    self.check_backup(duty.backup, person, ids)
        for task, circle in circles(people):
            with self.at("people"):
                names = " en ".join(ids[each] for each in circle)
                self.tell(
                    f"{names} zijn elkaars achtervang bij {task}. Zijn zij allebei weg, dan doet niemand het."
                )

    def check_backup(self, backup: str, person: Person, ids: Mapping[str, str]) -> None:
        if backup == person.id:
            self.tell(f"{person.name} kan geen achtervang zijn voor zichzelf.")
        elif backup and backup not in ids:
            self.tell(f"De achtervang “{backup[:40]}” staat niet bij de mensen.")


def _number(value: float) -> str:
    return f"{value:,.10g}".replace(",", "_").replace(".", ",").replace("_", ".")

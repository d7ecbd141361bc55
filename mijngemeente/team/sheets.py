"""What stands on the page of each step: fields with what was typed and what is not right about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .rules.amounts import shown
from .rules.documents import Document, place_in, rows_in
from .rules.library import LEVEL_NAMES, Competency, Library, Range, Role, Task
from .rules.plot import Plot
from .rules.reading import Read
from .rules.roles import required_levels, wish_for
from .rules.shares import proposed_roles

#: Empty rows below what is filled in.
SPARE_ROWS = 3


@dataclass(frozen=True)
class Field:
    """One thing to type."""

    name: str
    value: str
    problem: str = ""

    @property
    def id(self) -> str:
        """Usable in HTML."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class Sheet:
    """A document with what was read from it, and everything that is not right about it by place."""

    document: Document
    problems: Mapping[str, str]
    plot: Plot
    #: The edition that the plot was made with, and that one with the plot's own roles and tasks.
    national: Library
    library: Library

    @classmethod
    def of(cls, document: Document, read: Read, national: Library) -> "Sheet":
        problems: dict[str, str] = {}
        for each in read.problems:
            problems[each.where] = f"{problems.get(each.where, '')} {each.sentence}".strip()
        plot = read.plot
        return cls(document, problems, plot, national, national.extended(plot.own_roles, plot.own_tasks))

    def field(self, name: str) -> Field:
        """The field at this place."""
        return Field(name, shown(_at(self.document, name.split("."))), self.problems.get(name, ""))

    def row(self, place: str, names: tuple[str, ...]) -> dict[str, Field]:
        """The fields of one row."""
        return {name: self.field(f"{place}.{name}") for name in names}


def _at(here: Any, path: list[str]) -> Any:
    for step in path:
        place = place_in(step)
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and place is not None and place < len(here):
            here = here[place]
        else:
            return None
    return here


def people_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """A row for each person, and some to add."""
    count = len(sheet.document.get("people") or [])
    names = ("name", "department", "hours", "ends")
    return [
        {
            "number": place + 1,
            "place": place,
            "is_spare": place >= count,
            "problem": sheet.problems.get(f"people.{place}", ""),
            **sheet.row(f"people.{place}", names),
        }
        for place in range(count + SPARE_ROWS)
    ]


def action_rows(sheet: Sheet) -> list[dict[str, Field]]:
    """A row for each action, and some to add."""
    count = len(rows_in(sheet.document, "actions"))
    names = ("what", "kind", "owner", "when", "cost", "budget")
    return [sheet.row(f"actions.{place}", names) for place in range(count + SPARE_ROWS)]


def scale_rows(sheet: Sheet) -> list[dict[str, Field]]:
    """A row for each scale of the salary table, and some to add."""
    count = len(rows_in(sheet.document, "scales"))
    return [sheet.row(f"scales.{place}", ("name", "euros")) for place in range(count + SPARE_ROWS)]


def scale_names(sheet: Sheet) -> list[str]:
    """The scales that a role can be in."""
    return [str(each["name"]) for each in rows_in(sheet.document, "scales") if each.get("name")]


def discussion(sheet: Sheet, about: str) -> dict[str, Field]:
    """What the team says of one verdict."""
    return sheet.row(f"discussed.{about}", ("choice", "note"))


@dataclass(frozen=True)
class TaskLine:
    """One task of one person."""

    task: Task
    is_chosen: bool
    hours: str
    backup: str
    is_owner: bool
    problem: str


def task_groups(sheet: Sheet, place: int) -> list[tuple[str, list[TaskLine]]]:
    """Every task by group, with what this person does."""
    chosen = {each.get("code"): (number, each) for number, each in enumerate(_rows(sheet, place, "tasks"))}
    groups: dict[str, list[TaskLine]] = {}
    for code, task in sheet.library.tasks.items():
        number, row = chosen.get(code, (0, {}))
        groups.setdefault(task.group or "Eigen taken", []).append(
            TaskLine(
                task,
                code in chosen,
                shown(row.get("hours")),
                str(row.get("backup") or ""),
                row.get("owner") is True,
                _problem(sheet, f"people.{place}.tasks.{number}") if code in chosen else "",
            )
        )
    return list(groups.items())


def _rows(sheet: Sheet, place: int, name: str) -> list[Document]:
    person = _at(sheet.document, ["people", str(place)])
    return rows_in(person, name) if isinstance(person, dict) else []


def _problem(sheet: Sheet, start: str) -> str:
    return " ".join(
        told for where, told in sheet.problems.items() if where == start or where.startswith(f"{start}.")
    )


@dataclass(frozen=True)
class RoleLine:
    """One role of one person."""

    role: Role
    part: str
    hours: str
    is_proposed: bool
    problem: str


def role_lines(sheet: Sheet, place: int) -> list[RoleLine]:
    """Roles that the tasks point at first, then what is chosen, then the rest."""
    rows = _rows(sheet, place, "roles")
    chosen = {each.get("code"): (number, each) for number, each in enumerate(rows)}
    proposed = (
        proposed_roles(sheet.plot.people[place], sheet.library) if place < len(sheet.plot.people) else []
    )
    order = [*proposed, *(code for code in sheet.library.roles if code not in proposed)]
    order.sort(key=lambda code: code not in proposed and code not in chosen)
    return [
        RoleLine(
            sheet.library.roles[code],
            str(chosen.get(code, (0, {}))[1].get("part") or ""),
            shown(chosen.get(code, (0, {}))[1].get("hours")),
            code in proposed,
            _problem(sheet, f"people.{place}.roles.{chosen[code][0]}") if code in chosen else "",
        )
        for code in order
    ]


@dataclass(frozen=True)
class LevelLine:
    """One competency of one person."""

    competency: Competency
    #: What the roles of this person ask; 0: nothing.
    asked: int
    level: str
    evidence: str
    choices: tuple[tuple[str, str], ...]

    @property
    def asked_words(self) -> str:
        return LEVEL_NAMES[self.asked]


def level_lines(sheet: Sheet, place: int) -> list[LevelLine]:
    """What this person's roles ask first, then the rest."""
    if place >= len(sheet.plot.people):
        return []
    person = sheet.plot.people[place]
    asked: dict[str, int] = {}
    for claim in person.claims:
        for code, level in required_levels(
            claim.role, wish_for(claim.role, sheet.plot), sheet.library
        ).items():
            asked[code] = max(level, asked.get(code, 0))
    evidence = _at(sheet.document, ["people", str(place), "evidence"]) or {}
    return [
        LevelLine(
            each,
            asked.get(code, 0),
            shown(_at(sheet.document, ["people", str(place), "competencies", code])),
            str(evidence.get(code, "")) if isinstance(evidence, dict) else "",
            tuple((str(number), words) for number, words in enumerate(("Doet dit nog niet.", *each.levels))),
        )
        for code, each in sorted(sheet.library.competencies.items(), key=lambda row: -asked.get(row[0], 0))
    ]


@dataclass(frozen=True)
class WantedLine:
    """What is wanted with one role."""

    role: Role
    usual: str
    fields: dict[str, Field]
    is_open: bool


def wanted_lines(sheet: Sheet) -> list[WantedLine]:
    """The crucial roles and what somebody has, then the rest."""
    had = {claim.role for person in sheet.plot.people for claim in person.claims} | set(sheet.plot.wishes)
    lines = []
    for code, role in sheet.library.roles.items():
        usual = role.usual_fte.get(sheet.plot.size)
        words = "" if usual is None else span(usual)
        fields = sheet.row(f"wanted.{code}", ("want", "fte", "where", "note", "scale"))
        fields["salary"] = sheet.field(f"salaries.{code}")
        lines.append(WantedLine(role, words, fields, bool(role.family) or code in had))
    return sorted(lines, key=lambda each: not each.is_open)


def span(usual: Range) -> str:
    """ "0,3 tot 0,5", or one number."""
    return shown(usual.low) if usual.low == usual.high else f"{shown(usual.low)} tot {shown(usual.high)}"

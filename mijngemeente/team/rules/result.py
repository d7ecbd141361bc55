"""What a plot shows: which roles are filled, what is fragile, what is missing.

The rules are our own completion; the publication that the teamplotter follows names none.
"""

from dataclasses import dataclass
from enum import StrEnum

from .plot import Choice


class Status(StrEnum):
    """How a role is filled."""

    #: Nobody, or no hours.
    MISSING = "missing"
    #: One person without backup, or under half of what is wanted.
    FRAGILE = "fragile"
    #: Half or more, under nine tenths; or a level that nobody reaches.
    PARTIAL = "partial"
    FILLED = "filled"
    #: In the region, or at a supplier.
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class RoleResult:
    """One role. `because` says in Dutch which rule made the status."""

    code: str
    name: str
    status: Status
    have_fte: float
    #: None: nobody said, and nothing is usual.
    want_fte: float | None
    #: Ids of people who fill it, main first; backups stand apart.
    people: tuple[str, ...]
    backups: tuple[str, ...]
    because: str
    note: str = ""
    choice: Choice = Choice.OPEN


@dataclass(frozen=True)
class CrucialResult:
    """How many of the crucial families are filled."""

    score: int
    of: int
    #: Families that are not filled, nor done elsewhere.
    missing: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class CompetencyResult:
    """What the wanted roles ask of one competency, and what there is."""

    code: str
    name: str
    required: int
    best: int
    gap: int
    #: How many people reach what is required.
    at_level: int


@dataclass(frozen=True)
class TaskResult:
    """Codes of tasks that nobody does, one person alone does, or many without an owner."""

    orphans: tuple[str, ...]
    single: tuple[str, ...]
    crowded: tuple[str, ...]


@dataclass(frozen=True)
class PeopleResult:
    """Ids of people with more than three main roles, or whose contract ends within six months."""

    stacking: tuple[str, ...]
    ending: tuple[str, ...]


@dataclass(frozen=True)
class FteResult:
    """Fte that the roles have and want, what they are short of together, and what that costs a year."""

    have: float
    want: float
    gap: float
    #: None where the plot tells no salary for a role that is short.
    euros: int | None


class Rule(StrEnum):
    """What made a verdict on a task, a person or a competency."""

    ORPHAN = "orphan"
    SINGLE = "single"
    CROWDED = "crowded"
    STACKING = "stacking"
    ENDING = "ending"
    LEVEL = "level"


@dataclass(frozen=True)
class Verdict:
    """Something that stands out, beside the roles. `because` says in Dutch how the rule came to it."""

    #: Where the team's answer stands in the plot, as "task-T01".
    about: str
    rule: Rule
    name: str
    because: str
    choice: Choice = Choice.OPEN
    note: str = ""


@dataclass(frozen=True)
class Result:
    """Everything that a plot shows."""

    roles: tuple[RoleResult, ...]
    crucial: CrucialResult
    competencies: tuple[CompetencyResult, ...]
    tasks: TaskResult
    people: PeopleResult
    fte: FteResult
    verdicts: tuple[Verdict, ...] = ()

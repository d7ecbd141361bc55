"""A team plot as its maker filled it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .library import Role, Size, Task

#: A full week, unless the plot says otherwise (collective agreement of municipalities, 2026).
WEEK_HOURS = 36.0
#: More than this is no working week.
LONGEST_WEEK_HOURS = 40.0
#: More of these is a slip of the keyboard.
MOST_FTE = 100
MOST_INHABITANTS = 20_000_000
MOST_EUROS = 1_000_000


class Part(StrEnum):
    """How somebody fills a role."""

    MAIN = "main"
    SIDE = "side"
    #: Stands in, and brings no hours.
    BACKUP = "backup"


PART_WORDS = {Part.MAIN: "hoofdrol", Part.SIDE: "nevenrol", Part.BACKUP: "achtervang"}


class Want(StrEnum):
    """What the team wants with a role."""

    YES = "yes"
    NO = "no"
    #: In the region, or at a supplier.
    ELSEWHERE = "elsewhere"


WANT_WORDS = {Want.YES: "ja", Want.NO: "nee", Want.ELSEWHERE: "ja, maar elders"}


@dataclass(frozen=True)
class Claim:
    """A role that somebody fills."""

    role: str
    part: Part
    #: A week; None: follows from the tasks, see `shares.hours_by_role`.
    hours: float | None = None


@dataclass(frozen=True)
class Duty:
    """A task that somebody does."""

    task: str
    #: A week.
    hours: float = 0.0
    #: Id of the person who stands in, or "".
    backup: str = ""
    is_owner: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody of the team, or a function title where privacy asks for that."""

    id: str
    name: str
    #: A week, for online work.
    hours: float
    department: str = ""
    #: Last day of the contract.
    ends: date | None = None
    duties: tuple[Duty, ...] = ()
    claims: tuple[Claim, ...] = ()
    #: Competency code → level 0 to 4.
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What the team wants with one role."""

    want: Want = Want.YES
    #: None: what is usual for a municipality of this size.
    fte: float | None = None
    #: Where it is done, if elsewhere.
    where: str = ""
    #: Competency code → level, instead of what the library asks.
    levels: Mapping[str, int] = field(default_factory=dict)
    #: "We choose this": why the verdict is as it should be.
    note: str = ""


class Choice(StrEnum):
    """What a team says of a verdict."""

    #: Still to talk about.
    OPEN = ""
    #: It is as we want it.
    CHOSEN = "chosen"
    CHANGING = "changing"


@dataclass(frozen=True)
class Said:
    """What a team says of one verdict."""

    choice: Choice = Choice.OPEN
    note: str = ""


@dataclass(frozen=True)
class Plot:
    """Everything that one plot holds."""

    title: str
    #: The day it describes.
    on: date
    size: Size
    people: tuple[Person, ...] = ()
    #: Role code → what is wanted; a crucial role that is not named is wanted.
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    own_roles: tuple[Role, ...] = ()
    own_tasks: tuple[Task, ...] = ()
    week_hours: float = WEEK_HOURS
    #: Role code, or "" for every other → euros a year for one fte.
    salaries: Mapping[str, float] = field(default_factory=dict)
    inhabitants: int | None = None
    #: Verdict ("role-R03", see `Verdict.about`) → what the team says of it.
    said: Mapping[str, Said] = field(default_factory=dict)

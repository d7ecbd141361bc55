"""The role library: roles, tasks and competencies that any municipality may use. Filled from data/team/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Size(StrEnum):
    """Size classes of the national survey of municipalities on social media (2015)."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @classmethod
    def of(cls, inhabitants: int) -> "Size":
        """Small under 50,000 inhabitants, large from 100,000."""
        if inhabitants < 50_000:
            return cls.SMALL
        return cls.MEDIUM if inhabitants < 100_000 else cls.LARGE


@dataclass(frozen=True)
class Range:
    """Fte from `low` up to and including `high`."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return round((self.low + self.high) / 2, 2)


@dataclass(frozen=True)
class Role:
    """What somebody may do in an online team; no function and no job title."""

    code: str
    name: str
    #: One of the five crucial families, or "".
    family: str = ""
    essence: str = ""
    other_names: tuple[str, ...] = ()
    #: What is usual by size of the municipality; empty where nobody knows.
    usual_fte: Mapping[Size, Range] = field(default_factory=dict)
    #: Competency code → level that the role asks.
    levels: Mapping[str, int] = field(default_factory=dict)
    #: Where it comes from, and what we completed ourselves ("aanvulling").
    basis: str = ""


@dataclass(frozen=True)
class Task:
    """Something that an online team does."""

    code: str
    name: str
    group: str = ""
    #: Codes of the roles that it belongs to.
    roles: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Competency:
    """Something that a person can do, with what one sees them do at level 1 to 4; 0 is absent."""

    code: str
    name: str
    levels: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Factor:
    """What makes an online team succeed, and what to ask oneself."""

    code: str
    name: str
    question: str
    basis: str


@dataclass(frozen=True)
class Story:
    """What one municipality did, and what came of it where that is known."""

    municipality: str
    what: str
    result: str
    year: str
    basis: str


@dataclass(frozen=True)
class Library:
    """One edition. Codes are never used again for something else, so that an older plot stays readable."""

    edition: int
    roles: Mapping[str, Role]
    tasks: Mapping[str, Task]
    competencies: Mapping[str, Competency]

    @property
    def families(self) -> dict[str, list[str]]:
        """The crucial families, each with the codes of its roles, in the order of the library."""
        found: dict[str, list[str]] = {}
        for role in self.roles.values():
            if role.family:
                found.setdefault(role.family, []).append(role.code)
        return found

    def extended(self, roles: tuple[Role, ...], tasks: tuple[Task, ...]) -> "Library":
        """This edition with a municipality's own roles and tasks; they never replace ours."""
        return Library(
            self.edition,
            {**self.roles, **{each.code: each for each in roles if each.code not in self.roles}},
            {**self.tasks, **{each.code: each for each in tasks if each.code not in self.tasks}},
            self.competencies,
        )


LEVEL_NAMES = ("afwezig", "bewust", "toepassend", "gevorderd", "expert")

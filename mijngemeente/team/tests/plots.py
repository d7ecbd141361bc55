"""Small plots for tests: a library of three roles, and people in one line."""

from datetime import date

from mijngemeente.team.rules.library import Competency, Library, Range, Role, Size, Task
from mijngemeente.team.rules.plot import Claim, Duty, Part, Person, Plot, Wish

TODAY = date(2026, 11, 22)

LIBRARY = Library(
    edition=1,
    roles={
        "R1": Role("R1", "Regisseur", family="regie", usual_fte={Size.SMALL: Range(1, 1)}, levels={"C1": 3}),
        "R2": Role("R2", "Analist", family="data"),
        "R2a": Role("R2a", "Webanalist", family="data"),
        "R3": Role("R3", "Redacteur"),
    },
    tasks={
        "T1": Task("T1", "Regie voeren", roles=("R1",)),
        "T2": Task("T2", "Meten", roles=("R2", "R2a")),
        "T3": Task("T3", "Schrijven", roles=("R3",)),
    },
    competencies={"C1": Competency("C1", "Regie")},
)


def plot(*people: Person, **wishes: Wish) -> Plot:
    return Plot("Proef", TODAY, Size.SMALL, people, wishes)


def person(id: str, hours: float = 36, *claims: Claim, duties: tuple[Duty, ...] = ()) -> Person:
    return Person(id, id.title(), hours, claims=claims, duties=duties)


def main(role: str, hours: float | None = None) -> Claim:
    return Claim(role, Part.MAIN, hours)


def side(role: str, hours: float | None = None) -> Claim:
    return Claim(role, Part.SIDE, hours)


def backup(role: str) -> Claim:
    return Claim(role, Part.BACKUP)

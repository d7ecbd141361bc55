"""What could be done about what a plot shows; the team chooses, and changes the words as it likes."""

from collections.abc import Iterator
from dataclasses import dataclass

from .plot import Choice
from .result import RoleResult, Rule, Status, Verdict

#: What one can do about a gap (our own completion).
KINDS = ("Opleiden", "Anders verdelen", "Werven", "Samen in de regio", "Inhuren", "Stoppen")


@dataclass(frozen=True)
class Proposal:
    """One action to take over."""

    #: One of KINDS.
    kind: str
    what: str
    #: The verdict that it answers.
    because: str

    @property
    def carried(self) -> str:
        """What the button says to us."""
        return f"{self.kind}|{self.what}"


def role_proposals(roles: tuple[RoleResult, ...]) -> Iterator[Proposal]:
    """For each role that is not filled, unless the team chose that."""
    for role in roles:
        if role.choice is Choice.CHOSEN:
            continue
        if role.status is Status.MISSING:
            yield Proposal("Werven", f"Iemand vinden voor de rol {role.name}", role.because)
        elif role.status is Status.FRAGILE and len(role.people) == 1 and not role.backups:
            yield Proposal("Opleiden", f"Een achtervang voor de rol {role.name}", role.because)
        elif role.status in (Status.FRAGILE, Status.PARTIAL):
            yield Proposal("Anders verdelen", f"Meer uren of kennis voor de rol {role.name}", role.because)


_ANSWERS = {
    Rule.ORPHAN: ("Anders verdelen", "Iemand geeft uren aan “{}”, of wij stoppen ermee"),
    Rule.SINGLE: ("Opleiden", "Een achtervang voor “{}”"),
    Rule.CROWDED: ("Anders verdelen", "Een eigenaar voor “{}”"),
    Rule.STACKING: ("Anders verdelen", "Minder hoofdrollen voor {}"),
    Rule.ENDING: ("Werven", "Verlengen of opvolgen: {}"),
    Rule.LEVEL: ("Opleiden", "Leren: {}"),
}


def verdict_proposals(verdicts: tuple[Verdict, ...]) -> Iterator[Proposal]:
    """For each task, person or competency that stands out, unless the team chose that."""
    for each in verdicts:
        if each.choice is not Choice.CHOSEN:
            kind, what = _ANSWERS[each.rule]
            yield Proposal(kind, what.format(each.name), each.because)

"""Two plots beside each other: what got better, what got worse."""

from dataclasses import dataclass

from .result import Result, Status

_ORDER = (Status.MISSING, Status.FRAGILE, Status.PARTIAL, Status.ELSEWHERE, Status.FILLED)


@dataclass(frozen=True)
class Change:
    """One role then and now; None where it was not in the plot."""

    name: str
    then: Status | None
    now: Status | None
    then_fte: float
    now_fte: float

    @property
    def words(self) -> str:
        """Beter, slechter or gelijk; new and gone where it stands in one of both."""
        if self.then is None:
            return "nieuw"
        if self.now is None:
            return "niet meer"
        step = _ORDER.index(self.now) - _ORDER.index(self.then)
        return "gelijk" if step == 0 else "beter" if step > 0 else "slechter"


def changes(then: Result, now: Result) -> list[Change]:
    """Every role of both, in the order of the newest."""
    before, after = ({each.code: each for each in result.roles} for result in (then, now))
    found = []
    for code in dict.fromkeys([*after, *before]):
        old, new = before.get(code), after.get(code)
        name = new.name if new else before[code].name
        found.append(
            Change(
                name,
                old.status if old else None,
                new.status if new else None,
                old.have_fte if old else 0.0,
                new.have_fte if new else 0.0,
            )
        )
    return found

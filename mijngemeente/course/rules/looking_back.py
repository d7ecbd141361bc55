"""A look back: what was promised, what was done, and the figures then and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .figures import NAMES, Figure
from .sheet import MOST_ACTIONS, action_field

DONE: Mapping[str, str] = {"": "nog niet gezegd", "yes": "gedaan", "partly": "deels", "no": "niet gedaan"}
#: Part of an action that is filled in when looking back → how it is called.
BACK_PARTS = {"done": "gedaan", "note": "waarom"}


@dataclass(frozen=True)
class Outcome:
    """What became of one action."""

    what: str
    owner: str
    quarter: str
    done: str
    note: str
    #: The row in which it stands now; None when it was taken off the sheet.
    place: int | None

    @property
    def words(self) -> str:
        """As it is read."""
        if self.place is None:
            return "van het blad gehaald"
        return DONE.get(self.done, DONE[""])


def outcomes(then: Mapping[str, str], now: Mapping[str, str]) -> list[Outcome]:
    """Each action that was promised, with what is said of it now."""
    found = []
    for row in range(MOST_ACTIONS):
        what = then.get(action_field(row, "what"), "").strip()
        if what:
            place = _place_of(what, row, now)
            said = (
                {part: now.get(action_field(place, part), "") for part in BACK_PARTS}
                if place is not None
                else {}
            )
            owner, quarter = (
                then.get(action_field(row, "owner"), ""),
                then.get(action_field(row, "quarter"), ""),
            )
            found.append(Outcome(what, owner, quarter, said.get("done", ""), said.get("note", ""), place))
    return found


def _place_of(what: str, row: int, now: Mapping[str, str]) -> int | None:
    """Where it stands now: its own row first, as the same words may stand twice."""
    rows = [row, *(each for each in range(MOST_ACTIONS) if each != row)]
    return next((each for each in rows if now.get(action_field(each, "what"), "").strip() == what), None)


def told(found: Sequence[Outcome]) -> str:
    """How much of it was done, in a sentence."""
    if not found:
        return "Er waren nog geen acties afgesproken."
    done = sum(each.done == "yes" for each in found)
    return f"{done} van de {len(found)} acties {'is' if done == 1 else 'zijn'} gedaan."


@dataclass(frozen=True)
class ThenAndNow:
    """One figure at both moments."""

    name: str
    then: str
    now: str


def then_and_now(then: Sequence[Figure], now: Sequence[Figure]) -> list[ThenAndNow]:
    """Every figure that was there at one of them."""
    before, after = {each.key: each.value for each in then}, {each.key: each.value for each in now}
    keys = [key for key in NAMES if key in before or key in after]
    return [ThenAndNow(NAMES[key], before.get(key, "–"), after.get(key, "–")) for key in keys]

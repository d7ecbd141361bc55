"""What can be done with many conversations at once, and how that is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mijngemeente.organisations.rules.rights import Right

#: So many at once; who wants more can do it again, having seen what came of the first.
MOST_AT_ONCE = 2000
#: More is done by the worker, while the page tells how far it is.
MOST_AWAITED = 50


class Verb(StrEnum):
    """What is done with each."""

    ASSIGN = "assign"
    LABEL = "label"
    TOPIC = "topic"
    STATUS = "status"
    PRIORITY = "priority"
    SNOOZE = "snooze"
    CLOSE = "close"


@dataclass(frozen=True)
class Deed:
    """A verb, and with what: a member's id, a label's name, a topic, a status, a moment or a reason."""

    verb: Verb
    value: str = ""
    explanation: str = ""


#: What the deed asks of a person, in each organisation.
NEEDED: Mapping[Verb, Right] = {each: Right.ORGANISE for each in Verb} | {Verb.CLOSE: Right.REPLY}

_DONE: Mapping[Verb, tuple[str, str]] = {
    Verb.ASSIGN: ("toegewezen", "worden toegewezen"),
    Verb.LABEL: ("van een label voorzien", "krijgen een label"),
    Verb.TOPIC: ("van een onderwerp voorzien", "krijgen een onderwerp"),
    Verb.STATUS: ("van status veranderd", "veranderen van status"),
    Verb.PRIORITY: ("van voorrang veranderd", "veranderen van voorrang"),
    Verb.SNOOZE: ("uitgesteld", "worden uitgesteld"),
    Verb.CLOSE: ("gesloten", "worden gesloten"),
}


@dataclass(frozen=True)
class Tally:
    """How far a deed on many conversations is."""

    waiting: int = 0
    done: int = 0
    #: It stood like that already.
    same: int = 0
    refused: int = 0
    undone: int = 0
    #: Somebody went on with it since, so undoing left it alone.
    kept: int = 0


def told(verb: Verb, tally: Tally) -> str:
    """What came of it: "12 gesprekken zijn gesloten. 1 gesprek was het al."."""
    if tally.undone or tally.kept:
        return _undoing_told(tally)
    done, doing = _DONE[verb]
    if tally.waiting:
        total = tally.waiting + tally.done + tally.same + tally.refused
        return f"{_count(total)} {doing}: {total - tally.waiting} van {total} klaar."
    parts = [f"{_count(tally.done)} {_are(tally.done)} {done}." if tally.done else "Er is niets veranderd."]
    if tally.same:
        parts.append(f"Bij {_count(tally.same)} was dat al zo.")
    if tally.refused:
        parts.append(f"Bij {_count(tally.refused)} kon het niet.")
    return " ".join(parts)


def _undoing_told(tally: Tally) -> str:
    if tally.done:
        total = tally.done + tally.undone + tally.kept
        return f"Ongedaan maken: {total - tally.done} van {total} klaar."
    parts = [f"Ongedaan gemaakt bij {_count(tally.undone)}."]
    if tally.kept:
        parts.append(f"Met {_count(tally.kept)} ging een collega al verder; die zijn zo gebleven.")
    return " ".join(parts)


def _count(number: int) -> str:
    return "1 gesprek" if number == 1 else f"{number} gesprekken"


def _are(number: int) -> str:
    return "is" if number == 1 else "zijn"

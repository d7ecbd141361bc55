"""One answer to all who write about one event: who gets it, and who needs a person of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why everybody is written to."""

    #: To who has no answer yet.
    NEWS = "news"
    #: It is solved: to all, and their conversations are closed.
    CLOSING = "closing"


class Reason(StrEnum):
    """Why somebody does not get the answer of all."""

    DISTRESS = "distress"
    DANGER = "danger"
    FORMAL = "formal"
    MERGED = "merged"
    CLOSED = "closed"
    ANSWERED = "answered"
    ASKS_ON = "asks_on"
    LANGUAGE = "language"
    CROSSED = "crossed"
    LEFT = "left"
    UNREACHABLE = "unreachable"


#: As the sender reads it; each needs a person, but for those in `SETTLED`.
REASONS: Mapping[Reason, str] = {
    Reason.DISTRESS: "lijkt in nood: antwoord zelf",
    Reason.DANGER: "er lijkt gevaar te zijn: stuur eerst zelf een antwoord",
    Reason.FORMAL: "is een formeel bericht: dat heeft een eigen weg",
    Reason.MERGED: "ging op in een ander gesprek",
    Reason.CLOSED: "is al gesloten",
    Reason.ANSWERED: "heeft al antwoord",
    Reason.ASKS_ON: "vroeg na een antwoord nog iets: lees dat eerst",
    Reason.LANGUAGE: "schrijft in een andere taal: antwoord zelf",
    Reason.CROSSED: "schreef intussen iets, of een collega antwoordde: lees dat eerst",
    Reason.LEFT: "hoort er niet meer bij",
    Reason.UNREACHABLE: "kan zo geen antwoord krijgen: kijk in het gesprek waarom",
}
#: Nobody has to look at these.
SETTLED = frozenset({Reason.MERGED, Reason.CLOSED, Reason.ANSWERED, Reason.LEFT})

_DUTCH = frozenset({"", "nl", "fy"})


@dataclass(frozen=True)
class Standing:
    """How a conversation stands when all are answered."""

    is_closed: bool
    is_merged: bool
    is_formal: bool
    #: distress, danger or empty
    alarm: str
    language: str
    #: A person answered before.
    has_answer: bool
    #: The next step is ours.
    is_waiting: bool
    #: It got an answer of this event before.
    had_news: bool


def reason_to_skip(standing: Standing, purpose: Purpose) -> Reason | None:
    """Why this resident needs another answer than all others, or none; None who gets it."""
    hindrances = {
        Reason.MERGED: standing.is_merged,
        Reason.DISTRESS: standing.alarm == "distress",
        Reason.FORMAL: standing.is_formal,
        Reason.DANGER: bool(standing.alarm) and not standing.has_answer,
        Reason.LANGUAGE: standing.language not in _DUTCH,
        Reason.ASKS_ON: standing.has_answer and standing.is_waiting,
    }
    return next((each for each, holds in hindrances.items() if holds), None) or _already(standing, purpose)


def _already(standing: Standing, purpose: Purpose) -> Reason | None:
    """Whoever heard of it from us hears that it is over, also in a conversation that was closed since."""
    if purpose is Purpose.CLOSING:
        return Reason.CLOSED if standing.is_closed and not standing.had_news else None
    if standing.is_closed:
        return Reason.CLOSED
    return Reason.ANSWERED if standing.has_answer else None


def told(sent: int, waiting: int, skipped: int, back: int) -> str:
    """How far it is: "12 inwoners hebben het antwoord. 3 kregen het niet."."""
    if waiting:
        return f"Bezig: {sent} van {sent + waiting} inwoners hebben het antwoord."
    parts = []
    if sent or not back:
        has = "1 inwoner heeft" if sent == 1 else f"{sent} inwoners hebben"
        parts.append(f"{has} het antwoord.")
    if back:
        parts.append(f"Teruggenomen bij {back}.")
    if skipped:
        parts.append(f"{skipped} {'kreeg' if skipped == 1 else 'kregen'} het niet.")
    return " ".join(parts)

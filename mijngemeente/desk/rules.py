"""What the desk decides without asking anybody."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

#: A conversation stays in the queue of what was closed lately for so long.
CLOSED_LATELY = timedelta(days=14)


class Queue(StrEnum):
    """The queues of the desk, as they stand in its address."""

    MINE = "mijn"
    UNASSIGNED = "vrij"
    TEAM = "team"
    ALL = "alle"
    WAITING = "wacht"
    CLOSED = "gesloten"

    @property
    def is_ours(self) -> bool:
        """The next step is ours, so whoever waits longest comes first."""
        return self not in (Queue.WAITING, Queue.CLOSED)


@dataclass(frozen=True)
class QueueWords:
    """How a queue is called, and what stands there while it is empty."""

    name: str
    icon: str
    empty_title: str
    empty_text: str


QUEUES: Mapping[Queue, QueueWords] = {
    Queue.MINE: QueueWords(
        "Mijn gesprekken",
        "person",
        "Je hebt niets openstaan",
        "Gesprekken die jij oppakt, staan hier. Kijk bij Nog van niemand wie er wacht.",
    ),
    Queue.UNASSIGNED: QueueWords(
        "Nog van niemand",
        "inbox",
        "Niemand wacht",
        "Nieuwe vragen van inwoners komen hier binnen, wie het langst wacht bovenaan.",
    ),
    Queue.TEAM: QueueWords(
        "Van mijn team",
        "team",
        "Het team is bij",
        "Open gesprekken van je eigen organisatie staan hier, ook die van collega's.",
    ),
    Queue.ALL: QueueWords(
        "Alle open gesprekken",
        "files",
        "Er zijn geen open gesprekken",
        "Alles wat nog een antwoord nodig heeft, staat hier.",
    ),
    Queue.WAITING: QueueWords(
        "Wachten op een ander",
        "hourglass",
        "Er wordt op niemand gewacht",
        "Gesprekken waarin de inwoner of een afdeling aan zet is, staan hier.",
    ),
    Queue.CLOSED: QueueWords(
        "Pas gesloten",
        "archive",
        "Er is nog niets gesloten",
        "Gesprekken die de laatste twee weken zijn gesloten, staan hier.",
    ),
}


class Then(StrEnum):
    """What happens after sending."""

    STAY = "stay"
    CLOSE = "close"
    NEXT = "next"


# Mail servers give up after five days (RFC 5321 section 4.5.4.1): what is older comes out of an archive.
ARCHIVE_AGE = timedelta(days=7)


def needs_receipt(
    *,
    is_new: bool,
    is_automatic: bool,
    is_mass: bool,
    is_recorded: bool,
    sent_at: datetime | None,
    received_at: datetime,
) -> bool:
    """Whether the resident gets a receipt: once per conversation, never a machine, and not years later.

    A mailbox that is connected, or a folder of mails that is taken in, may hold years of mail.
    """
    is_old = sent_at is not None and sent_at < received_at - ARCHIVE_AGE
    return is_new and not (is_automatic or is_mass or is_recorded or is_old)


def waiting_words(seconds: float) -> str:
    """How long somebody waits, in one unit: "wacht 2 uur"."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "net binnen"
    if minutes < 60:
        return f"wacht {minutes} min"
    if minutes < 48 * 60:
        return f"wacht {minutes // 60} uur"
    return f"wacht {minutes // (24 * 60)} dagen"


def day_words(day: date, today: date) -> str:
    """The day between two messages: "vandaag", "gisteren" or "maandag 16 november 2026"."""
    if day == today:
        return "Vandaag"
    if day == today - timedelta(days=1):
        return "Gisteren"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


_DAYS = ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class Letterhead:
    """What an answer begins and ends with."""

    salutation: str
    signature: str
    resident: str
    agent: str
    organisation: str

    @property
    def signed(self) -> str:
        """The signature with its blanks filled in."""
        return _fill(self.signature, self)


def opening_of(letterhead: Letterhead) -> tuple[str, int]:
    """The empty letter, and where in it the writing starts."""
    above = f"{_fill(letterhead.salutation, letterhead)}\n\n".lstrip()
    below = f"\n\n{letterhead.signed}".rstrip()
    return above + below, len(above)


def _fill(text: str, letterhead: Letterhead) -> str:
    """Blanks nobody knows stay as they are, so that their writer sees them."""
    blanks = {
        "{naam}": letterhead.resident or "inwoner",
        "{voornaam}": _first_name(letterhead.resident) or "inwoner",
        "{medewerker}": letterhead.agent,
        "{voornaam medewerker}": _first_name(letterhead.agent),
        "{organisatie}": letterhead.organisation,
    }
    # In one pass, so that a resident called "{medewerker}" stays who they are.
    return re.sub(r"\{[^{}]*\}", lambda found: blanks.get(found[0], found[0]), text)


def _first_name(name: str) -> str:
    return name.split(" ", 1)[0]


@dataclass(frozen=True)
class Line:
    """One audit line, with names instead of ids."""

    id: UUID
    verb: str
    at: datetime
    #: Who did it; empty for the resident or a machine.
    who: str
    #: To whom or to what, as a person reads it.
    to: str = ""

    @property
    def sentence(self) -> str:
        """The line as the timeline tells it."""
        told = _SENTENCES.get(self.verb, self.verb)
        return told.format(wie=self.who or _NOBODY, to=self.to or "niets")


#: How the timeline tells each line; {wie} is a colleague, or as in `_NOBODY`.
_SENTENCES = {
    "conversation.opened": "Het gesprek begon",
    "conversation.viewed": "{wie} las het gesprek",
    "conversation.assigned": "{wie} gaf het gesprek aan {to}",
    "conversation.released": "{wie} legde het gesprek terug in de rij",
    "conversation.status_changed": "{wie} zette de status op “{to}”",
    "conversation.topic_changed": "{wie} koos het onderwerp “{to}”",
    "conversation.kind_changed": "{wie} koos de soort “{to}”",
    "conversation.labelled": "{wie} plakte het label “{to}”",
    "conversation.unlabelled": "{wie} haalde het label “{to}” weg",
    "conversation.closed": "{wie} sloot het gesprek: {to}",
    "conversation.reopened": "{wie} opende het gesprek weer",
    "conversation.handed_over": "{wie} droeg het gesprek over aan {to}",
    "conversation.taken_over": "Het gesprek kwam van een andere organisatie",
    "conversation.linked": "Het gesprek is gekoppeld aan een ander gesprek",
    "conversation.rated": "De inwoner gaf een {to}",
    "message.received": "De inwoner schreef",
    "message.sent": "{wie} antwoordde",
    "message.automatic": "De inwoner kreeg een automatisch bericht",
    "message.noted": "{wie} schreef een notitie",
    "message.recorded": "{wie} legde het contact vast",
    "message.forged": "Er kwam een bericht met een vervalst kenmerk",
    "message.images_shown": "{wie} liet afbeeldingen van buiten zien",
    "delivery.sent": "Het bericht is verzonden",
    "delivery.delivered": "Het bericht is aangekomen",
    "delivery.failed": "Het verzenden mislukte",
    "delivery.uncertain": "Het is onzeker of het bericht is verzonden",
    "delivery.retried": "{wie} verzond het bericht opnieuw",
    "delivery.confirmed": "{wie} zag dat het bericht is aangekomen",
    "attachment.downloaded": "{wie} haalde een bijlage op",
}
_NOBODY = "Het systeem"


def condensed(lines: Iterable[Line]) -> list[Line]:
    """The lines, newest first, with only the last time that each colleague read it."""
    kept: list[Line] = []
    readers: set[str] = set()
    for line in lines:
        if line.verb == "conversation.viewed":
            if line.who in readers:
                continue
            readers.add(line.who)
        kept.append(line)
    return kept


def crossing_words(names: Iterable[tuple[str, bool]]) -> str:
    """Who wrote meanwhile, for whoever was about to send; each a name and whether it is a colleague."""
    told = [f"{name} {'antwoordde' if is_ours else 'schreef'} intussen ook." for name, is_ours in names]
    kept = "Je tekst is bewaard. Lees het nieuwe bericht, pas je tekst zo nodig aan en verstuur daarna."
    return " ".join([*dict.fromkeys(told), kept])

"""Which queues there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

#: A conversation stays in the queue of what was closed lately for so long.
CLOSED_LATELY = timedelta(days=14)


class Queue(StrEnum):
    """The queues of the desk, as they stand in its address."""

    MINE = "mijn"
    UNASSIGNED = "vrij"
    TEAM = "team"
    ALL = "alle"
    LATE = "telaat"
    WAITING = "wacht"
    SNOOZED = "later"
    CLOSED = "gesloten"

    @property
    def is_ours(self) -> bool:
        """The next step is ours."""
        return self not in (Queue.WAITING, Queue.SNOOZED, Queue.CLOSED)


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
    Queue.LATE: QueueWords(
        "Te laat of bijna",
        "clock",
        "Niemand hoeft te lang te wachten",
        "Gesprekken waarvan de afgesproken tijd om is of bijna om is, staan hier.",
    ),
    Queue.WAITING: QueueWords(
        "Wachten op een ander",
        "hourglass",
        "Er wordt op niemand gewacht",
        "Gesprekken waarin de inwoner of een afdeling aan zet is, staan hier.",
    ),
    Queue.SNOOZED: QueueWords(
        "Uitgesteld",
        "clock",
        "Er is niets uitgesteld",
        "Gesprekken die je uitstelt, staan hier. Ze komen vanzelf terug, of eerder als de inwoner schrijft.",
    ),
    Queue.CLOSED: QueueWords(
        "Pas gesloten",
        "archive",
        "Er is nog niets gesloten",
        "Gesprekken die de laatste twee weken zijn gesloten, staan hier.",
    ),
}

"""What the outside world was told, to be held against the database afterwards."""

import threading
import time
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Question:
    """One message of a resident."""

    #: Stands in the text: one row may carry it.
    tag: str
    organisation_id: int
    #: Conversation it must be found in, if that is known.
    conversation_id: UUID | None
    #: Tag of the message whose conversation it continues, if that is how it is known.
    continues: str | None = None
    #: Organisation that it is passed on to.
    passes_to: int | None = None
    asked_at: float = field(default_factory=time.monotonic)
    #: When we were told "yes"; None: never, so it may be there or not.
    acknowledged_at: float | None = None
    round: int = 0


@dataclass
class Answer:
    """One reply of an agent."""

    key: UUID
    organisation_id: int
    conversation_id: UUID
    asked_at: float = field(default_factory=time.monotonic)
    acknowledged_at: float | None = None
    round: int = 0


class Ledger:
    """Written by the load's threads, read by the checks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._questions: list[Question] = []
        self._answers: list[Answer] = []
        self.round = 0

    def ask(self, question: Question) -> None:
        question.round = self.round
        with self._lock:
            self._questions.append(question)

    def answer(self, answer: Answer) -> None:
        answer.round = self.round
        with self._lock:
            self._answers.append(answer)

    def questions(self) -> list[Question]:
        with self._lock:
            return list(self._questions)

    def answers(self) -> list[Answer]:
        with self._lock:
            return list(self._answers)

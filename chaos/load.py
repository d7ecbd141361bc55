"""The world outside: residents and agents who try again until they hear "yes"."""

import random
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, close_old_connections
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import PERSONAL_LINK, Conversation
from mijngemeente.intake.actions import keep
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for

from .ledger import Answer, Ledger, Question
from .world import Town

#: Longest pause between two messages of one person.
PAUSE_SECONDS = 0.12
AGAIN_SECONDS = 0.05
ANSWER_SECONDS = 15.0
#: How many give up after the first refusal, press twice, or carry on an earlier conversation.
IMPATIENT, DOUBLE, FOLLOWING = 0.1, 0.1, 0.35

FAULTS = (DatabaseError, InterfaceError, PoolTimeout, ConnectorException, OSError, HTTPException)


class Person(threading.Thread):
    """Does its thing over and over while the load is on."""

    def __init__(self, town: Town, ledger: Ledger, seed: str) -> None:
        super().__init__(daemon=True)
        self.town = town
        self.ledger = ledger
        self.chance = random.Random(seed)  # same seed, same person
        self.wanted = threading.Event()
        self.over = threading.Event()
        self.resting = threading.Event()
        self.faults = 0

    def run(self) -> None:
        while not self.over.is_set():
            if not self.wanted.is_set():
                self.resting.set()
                self.wanted.wait(0.02)
                continue
            self.resting.clear()
            self.act()
            time.sleep(self.chance.uniform(0, PAUSE_SECONDS))

    def act(self) -> None:
        raise NotImplementedError

    def insist(self, attempt: Callable[[], None]) -> bool:
        """Until it succeeds, or once for who is impatient; True if we were told "yes"."""
        patient = self.chance.random() >= IMPATIENT
        while not self.over.is_set():
            try:
                attempt()
                return True
            except FAULTS:
                self.faults += 1
                if not patient:
                    return False
                time.sleep(AGAIN_SECONDS)
            finally:
                close_old_connections()
        return False


class Resident(Person):
    """Asks, and carries on what was asked before."""

    def act(self) -> None:
        tag = str(uuid4())
        conversation_id = self._pick() if self.chance.random() < FOLLOWING else None
        question = Question(tag, self.town.organisation.id, conversation_id or id_made_ago(5))
        self.ledger.ask(question)
        attempt = self.attempt(question, is_new=conversation_id is None)
        if self.insist(attempt):
            question.acknowledged_at = time.monotonic()
            if self.chance.random() < DOUBLE:
                self.insist(attempt)

    def attempt(self, question: Question, *, is_new: bool) -> Callable[[], None]:
        """How to hand it in; the second time is the same as the first."""
        raise NotImplementedError

    def _pick(self) -> UUID | None:
        """A conversation that we were told is there; perhaps nobody has read it in yet."""
        mine = [
            each.conversation_id
            for each in self.ledger.questions()[-50:]
            if each.organisation_id == self.town.organisation.id and each.acknowledged_at is not None
        ]
        return self.chance.choice(mine) if mine else None


class Machine(Resident):
    """Another system: hands in bytes, as a pulled channel does."""

    def attempt(self, question: Question, *, is_new: bool) -> Callable[[], None]:
        body = body_of(
            Submission(
                key=uuid4(),
                text=f"Wanneer wordt het grofvuil opgehaald? #{question.tag}",
                conversation_id=question.conversation_id,
                new_conversation_id=question.conversation_id if is_new else None,
            )
        )

        def hand_in() -> None:
            with acting_for(self.town.organisation.id):
                keep(inbox=self.town.web, body=body, conversation_id=question.conversation_id)

        return hand_in


class Visitor(Resident):
    """Somebody with a browser: the form at the front door, or the one on the personal page."""

    def __init__(self, town: Town, ledger: Ledger, seed: str, port: int) -> None:
        super().__init__(town, ledger, seed)
        self.port = port

    def attempt(self, question: Question, *, is_new: bool) -> Callable[[], None]:
        assert question.conversation_id is not None
        slug, text = self.town.organisation.slug, f"Mag ik mijn hond hier los laten? #{question.tag}"
        if is_new:
            mark = make_token(f"question {question.organisation_id}", question.conversation_id)
            return lambda: self._post(f"/{slug}/contact/", {"formulier": mark, "text": text, "email": ""})
        page = f"/{slug}/contact/{make_token(PERSONAL_LINK, question.conversation_id)}/"
        mark = make_token(f"addition {question.conversation_id}", id_made_ago(5))
        return lambda: self._post(page, {"formulier": mark, "text": text})

    def _post(self, path: str, fields: dict[str, str]) -> None:
        """Raises OSError or HTTPException unless the answer is "stored, look there"."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"198.51.{self.chance.randrange(256)}.{self.chance.randrange(256)}",
            "X-Forwarded-Proto": "http",
        }
        line = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            line.request("POST", path, urlencode(fields), headers)
            answer = line.getresponse()
            answer.read()
        finally:
            line.close()
        if answer.status != HTTPStatus.SEE_OTHER:
            raise HTTPException(f"{path} {answer.status}")


def id_made_ago(seconds: float) -> UUID:
    """A new id as it was made so long ago: a person does not fill in a form in no time."""
    made = uuid7()
    return UUID(int=made.int - (int(seconds * 1000) << 80))


class Agent(Person):
    """Answers what is on the desk; presses the button again when the screen hangs."""

    def act(self) -> None:
        conversation_id = self._pick()
        if conversation_id is None:
            return
        answer = Answer(uuid4(), self.town.organisation.id, conversation_id)
        self.ledger.answer(answer)
        if self.insist(lambda: self._press(answer)):
            answer.acknowledged_at = time.monotonic()
            if self.chance.random() < DOUBLE:
                self.insist(lambda: self._press(answer))

    def _pick(self) -> UUID | None:
        picked: list[UUID] = []

        def look() -> None:
            with acting_for(self.town.organisation.id):
                rows = Conversation.objects.order_by("-id").values_list("id", flat=True)
                picked.extend(rows[:20])

        self.insist(look)
        return self.chance.choice(picked) if picked else None

    def _press(self, answer: Answer) -> None:
        with acting_for(self.town.organisation.id):
            send_reply(
                conversation=Conversation.objects.get(id=answer.conversation_id),
                by=self.town.agent,
                text=f"Dinsdag. ({answer.key})",
                key=answer.key,
            )


class Load:
    """Everybody together, switched on and off by the rounds."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        for person in people:
            person.start()

    def on(self) -> None:
        for person in self.people:
            person.wanted.set()

    def off(self) -> None:
        """Whoever is waiting for an answer goes on waiting."""
        for person in self.people:
            person.wanted.clear()

    def rest(self, seconds: float) -> bool:
        """Wait until everybody has their answer; False if somebody has not."""
        until = time.monotonic() + seconds
        return all(person.resting.wait(max(0.0, until - time.monotonic())) for person in self.people)

    def stop(self) -> None:
        for person in self.people:
            person.over.set()
        for person in self.people:
            person.join(5)

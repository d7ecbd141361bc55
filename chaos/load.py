"""The world outside: residents and agents who try again until they hear "yes"."""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.message import EmailMessage
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from smtplib import SMTP
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import PERSONAL_LINK, Conversation
from mijngemeente.desk import actions as desk
from mijngemeente.intake.actions import keep
from mijngemeente.organisations.models import Member
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for

from .ledger import Answer, Ledger, Question
from .stage import LISTEN_PORT, PORT
from .world import Town, front_door

log = logging.getLogger(__name__)

#: Longest pause between two messages of one person.
PAUSE_SECONDS = 0.3
AGAIN_SECONDS = 0.05
ANSWER_SECONDS = 15.0
#: How many give up after the first refusal, press twice, or carry on an earlier conversation.
IMPATIENT, DOUBLE, FOLLOWING = 0.1, 0.1, 0.35

#: How long an answer can be taken back, and how far ahead one is planned.
UNDO_SECONDS = 1
PLANNED = timedelta(seconds=0.5)

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
        self.last_fault: Exception | None = None

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
            except FAULTS as fault:
                self.faults += 1
                self.last_fault = fault
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


class Traveller(Machine):
    """Writes to the whole country about one municipality: it is passed on, or one question comes back."""

    #: What is written → the organisation that it goes to; None: the resident is asked which one it is.
    TEXTS: Mapping[str, int | None] = {
        "De stoeptegels bij de speeltuin in Berkel-Enschot liggen los.": 11,
        "In Utrecht staat bij ons een boom scheef.": 12,
        "Er ligt rommel in Bergen.": None,
    }

    def __init__(self, town: Town, ledger: Ledger, seed: str) -> None:
        super().__init__(town, ledger, seed)
        self._door = front_door()

    def act(self) -> None:
        text, passes_to = self.chance.choice(list(self.TEXTS.items()))
        question = Question(str(uuid4()), self._door.organisation_id, id_made_ago(5), passes_to=passes_to)
        self.ledger.ask(question)
        body = body_of(
            Submission(
                key=uuid4(),
                text=f"{text} #{question.tag}",
                conversation_id=question.conversation_id,
                new_conversation_id=question.conversation_id,
            )
        )
        if self.insist(lambda: self._hand_in(body, question)):
            question.acknowledged_at = time.monotonic()
            if self.chance.random() < DOUBLE:
                self.insist(lambda: self._hand_in(body, question))

    def _hand_in(self, body: bytes, question: Question) -> None:
        with acting_for(self._door.organisation_id):
            keep(inbox=self._door, body=body, conversation_id=question.conversation_id)


class Writer(Resident):
    """Somebody with a mail program, or the server it hands its mails to."""

    def act(self) -> None:
        first = self._earlier() if self.chance.random() < FOLLOWING else None
        question = Question(str(uuid4()), self.town.organisation.id, None, continues=first)
        self.ledger.ask(question)
        mail = self._mail(question.tag, first)
        if self.insist(lambda: self._bring(mail)):
            question.acknowledged_at = time.monotonic()
            if first is None:
                self._written.append(question.tag)
            if self.chance.random() < DOUBLE:
                self.insist(lambda: self._bring(mail))

    def __init__(self, town: Town, ledger: Ledger, seed: str) -> None:
        super().__init__(town, ledger, seed)
        self._written: list[str] = []

    def _earlier(self) -> str | None:
        return self.chance.choice(self._written[-20:]) if self._written else None

    def _mail(self, tag: str, first: str | None) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = f"Fatma <fatma.{first or tag}@provider.example>"
        mail["To"] = self.town.email.address
        mail["Subject"] = f"{'Re: ' if first else ''}Kapmelding {(first or tag)[:8]}"
        mail["Message-ID"] = f"<{tag}@provider.example>"
        if first:
            mail["In-Reply-To"] = f"<{first}@provider.example>"
        mail.set_content(f"Bij ons in de straat staat een boom scheef. #{tag}")
        return mail

    def _bring(self, mail: EmailMessage) -> None:
        with SMTP("127.0.0.1", LISTEN_PORT, timeout=ANSWER_SECONDS) as server:
            server.send_message(mail)


class Visitor(Resident):
    """Somebody with a browser: the form at the front door, or the one on the personal page."""

    def attempt(self, question: Question, *, is_new: bool) -> Callable[[], None]:
        assert question.conversation_id is not None
        slug, text = self.town.organisation.slug, f"Mag ik mijn hond hier los laten? #{question.tag}"
        if is_new:
            mark = make_token(f"question {question.organisation_id}", question.conversation_id)
            email = self.chance.choice(["", f"fatma.{question.tag}@provider.example"])
            fields = {"formulier": mark, "text": text, "email": email}
            return lambda: self._post(f"/{slug}/contact/", fields)
        page = f"/{slug}/contact/{make_token(PERSONAL_LINK, question.conversation_id)}/"
        mark = make_token(f"addition {question.conversation_id}", id_made_ago(5))
        return lambda: self._post(page, {"formulier": mark, "text": text})

    def _post(self, path: str, fields: dict[str, str]) -> None:
        address = f"198.51.{self.chance.randrange(256)}.{self.chance.randrange(256)}"
        post(path, fields, {"X-Forwarded-For": address}, HTTPStatus.SEE_OTHER)


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
        """Past the screen: the action itself."""
        with acting_for(self.town.organisation.id):
            send_reply(
                conversation=Conversation.objects.get(id=answer.conversation_id),
                by=self.town.agent,
                text=f"Dinsdag. #{answer.key}",
                key=answer.key,
                wait_seconds=self.chance.choice((0, UNDO_SECONDS)),
            )


class Planner(Agent):
    """Lets an answer wait for its moment; if somebody speaks first, it is held."""

    def _press(self, answer: Answer) -> None:
        with acting_for(self.town.organisation.id):
            desk.plan(
                conversation=Conversation.objects.get(id=answer.conversation_id),
                by=self.town.agent,
                # As if all was read, as the clerk does.
                written=desk.Answer(f"Donderdag. #{answer.key}", answer.key, seen=9999),
                at=timezone.now() + PLANNED,
            )


class Clerk(Agent):
    """An agent with a browser, signed in."""

    def __init__(self, town: Town, ledger: Ledger, seed: str) -> None:
        super().__init__(town, ledger, seed)
        self._cookies = signed_in(town.agent)

    def _press(self, answer: Answer) -> None:
        slug = self.town.organisation.slug
        path = f"/{slug}/werkplek/gesprekken/{answer.conversation_id}/antwoord/"
        # As if all was read: what came in meanwhile does not stop the answer.
        fields = {"key": str(answer.key), "body": f"Woensdag. #{answer.key}", "seen": "9999"}
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "HX-Request": "true"}
        post(path, fields | {"csrfmiddlewaretoken": self._cookies["csrftoken"]}, headers, HTTPStatus.OK)


def signed_in(member: Member) -> dict[str, str]:
    """The cookies of somebody who went through the door before all this began."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.person.get_session_auth_hash()
    session.create()
    close_old_connections()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), settings.CSRF_COOKIE_NAME: "c" * 32}


def post(path: str, fields: dict[str, str], headers: dict[str, str], expected: HTTPStatus) -> None:
    """Raises OSError or HTTPException unless that is the answer."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Proto": "http"}
    line = HTTPConnection("127.0.0.1", PORT, timeout=ANSWER_SECONDS)
    try:
        line.request("POST", path, urlencode(fields), form | headers)
        answer = line.getresponse()
        said = answer.read()
    finally:
        line.close()
    if answer.status != expected:
        log.debug("%s %s %s", path, answer.status, said[:2000])
        raise HTTPException(f"{path} {answer.status}")


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

    def rest(self, seconds: float) -> list[str]:
        """Wait until everybody has their answer; returns who has not, and what they heard last."""
        until = time.monotonic() + seconds
        waiting = [each for each in self.people if not each.resting.wait(max(0.0, until - time.monotonic()))]
        return [f"{type(each).__name__}: {each.last_fault!r}"[:200] for each in waiting]

    def stop(self) -> None:
        for person in self.people:
            person.over.set()
        for person in self.people:
            person.join(5)

"""What must be true in the database, asked past all our own code."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg

from .counterpart import Handler
from .ledger import Answer, Ledger, Question

#: promises.md, P2: an uncertain outcome is on screen within a minute.
UNCERTAIN_SECONDS = 60.0
#: How a message's text is recognised.
TAG = "#([0-9a-f-]{36})"
#: Statements about what is left behind, each true of no row once all is quiet.
LEFT_BEHIND = {
    "job waiting": "SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND queue_name <> 'clock'"
    " AND (scheduled_at IS NULL OR scheduled_at < now() + interval '1 minute')",
    "job of a dead worker": "SELECT id FROM procrastinate_jobs WHERE status = 'doing'",
    "job failed for good": "SELECT id FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')",
    "payload kept, not read": "SELECT id FROM intake_payload WHERE state = 'kept'",
    "payload that could not be read": "SELECT id FROM intake_payload WHERE state = 'unreadable'",
    "delivery neither sent nor given up": "SELECT id FROM conversations_delivery"
    " WHERE state IN ('waiting', 'queued', 'sending')",
    "handed over and not arrived": "SELECT id FROM conversations_link"
    " WHERE kind = 'handed_over_to' AND arrived_at IS NULL",
    "planned answer neither sent nor held": "SELECT id FROM conversations_pendingreply"
    " WHERE state IN ('planned', 'leaving')",
}


@dataclass(frozen=True)
class Finding:
    """A promise that was broken."""

    promise: str
    about: str
    round: int


class Checks:
    """Reads as the owner, whom row security lets see everything."""

    def __init__(self, owner_url: str, ledger: Ledger, mails: Handler) -> None:
        self.ledger = ledger
        self.mails = mails
        self._url = owner_url

    def is_quiet(self) -> bool:
        """Nothing is under way any more."""
        with psycopg.connect(self._url) as connection:
            return not any(connection.execute(query).fetchone() for query in LEFT_BEHIND.values())

    def left_behind(self) -> Iterator[Finding]:
        with psycopg.connect(self._url) as connection:
            for what, query in LEFT_BEHIND.items():
                for (row,) in connection.execute(query):
                    yield Finding(f"{what} is left behind", str(row), self.ledger.round)

    def wait_for_quiet(self, seconds: float) -> float | None:
        """How long it took; None if it never came."""
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            if self.is_quiet():
                return time.monotonic() - begun
            time.sleep(0.1)
        return None

    def overdue(self) -> list[Finding]:
        """Deliveries that hang longer than promised."""
        with psycopg.connect(self._url) as connection:
            rows = connection.execute(
                "SELECT id FROM conversations_delivery WHERE state = 'sending'"
                " AND claimed_at < now() - make_interval(secs => %s)",
                [UNCERTAIN_SECONDS],
            ).fetchall()
        return [Finding("not shown as uncertain in time", str(row), self.ledger.round) for (row,) in rows]

    def counts(self) -> dict[str, int]:
        """How much there was to lose."""
        questions, answers = self.ledger.questions(), self.ledger.answers()
        with psycopg.connect(self._url) as connection:
            states = connection.execute(
                "SELECT 'deliveries ' || state, count(*) FROM conversations_delivery GROUP BY 1 ORDER BY 1"
            ).fetchall()
        return {
            "questions asked": len(questions),
            "questions acknowledged": sum(each.acknowledged_at is not None for each in questions),
            "answers pressed": len(answers),
            "answers acknowledged": sum(each.acknowledged_at is not None for each in answers),
            **dict(states),
        }

    def all(self) -> list[Finding]:
        """Everything, once all is quiet."""
        with psycopg.connect(self._url) as connection:
            return [
                *self.left_behind(),
                *_questions(connection, self.ledger.questions()),
                *_answers(connection, self.ledger.answers()),
                *_receipts(connection),
                *_mails(connection, self.mails),
                *_numbers(connection),
            ]


def _questions(connection: psycopg.Connection, questions: Iterable[Question]) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT substring(text from %s), conversation_id, organisation_id FROM conversations_message"
        " WHERE direction = 'in'",
        [TAG],
    ).fetchall()
    stored = Counter((tag, organisation_id) for tag, _, organisation_id in rows)
    where = {(tag, organisation_id): conversation_id for tag, conversation_id, organisation_id in rows}
    places: dict[str, set[int]] = defaultdict(set)
    for tag, _, organisation_id in rows:
        places[tag].add(organisation_id)
    for each in questions:
        here, there = (each.tag, each.organisation_id), (each.tag, each.passes_to)
        if each.acknowledged_at is not None and not stored[here]:
            yield Finding("acknowledged and lost", each.tag, each.round)
        if each.acknowledged_at is not None and each.passes_to and not stored[there]:
            yield Finding("passed on and lost", each.tag, each.round)
        if max(stored[here], stored[there]) > 1:
            yield Finding("stored twice", each.tag, each.round)
        expected = each.conversation_id
        if each.continues:
            expected = where.get((each.continues, each.organisation_id), expected)
        is_misplaced = stored[here] and expected not in (None, where[here])
        if is_misplaced or places[each.tag] - {each.organisation_id, each.passes_to}:
            yield Finding("in the wrong conversation", each.tag, each.round)


def _answers(connection: psycopg.Connection, answers: Iterable[Answer]) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT m.key, m.conversation_id, d.state FROM conversations_message m"
        " LEFT JOIN conversations_delivery d ON d.message_id = m.id WHERE m.key IS NOT NULL"
        # A planned answer that somebody was before, which a person decides about.
        " UNION ALL SELECT key, conversation_id, state FROM conversations_pendingreply"
    ).fetchall()
    stored = Counter(key for key, _, _ in rows)
    where = {key: (conversation_id, state) for key, conversation_id, state in rows}
    for each in answers:
        if each.acknowledged_at is not None and not stored[each.key]:
            yield Finding("answered and lost", str(each.key), each.round)
        if stored[each.key] > 1:
            yield Finding("answered twice", str(each.key), each.round)
        if stored[each.key] and where[each.key][0] != each.conversation_id:
            yield Finding("answered in the wrong conversation", str(each.key), each.round)
        if stored[each.key] and where[each.key][1] is None:
            yield Finding("answer without a delivery", str(each.key), each.round)


def _mails(connection: psycopg.Connection, mails: Handler) -> Iterator[Finding]:
    """What arrived at the other side, against what we say of it."""
    for message_id, times in mails.by_id.items():
        if times > 1:
            yield Finding(f"arrived {times} times", message_id, 0)
    rows = connection.execute(
        "SELECT m.key::text, d.state FROM conversations_message m JOIN conversations_delivery d"
        " ON d.message_id = m.id JOIN organisations_inboxaddress i ON i.id = d.inbox_id"
        " WHERE m.key IS NOT NULL AND i.kind = 'email'"
    ).fetchall()
    for key, state in rows:
        times = mails.by_tag[key]
        if times > 1 or (state == "sent") > times or (state == "failed" and times):
            yield Finding(f"arrived {times} times, and we say {state}", key, 0)


def _receipts(connection: psycopg.Connection) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT c.id, count(m.id) FROM conversations_conversation c LEFT JOIN conversations_message m"
        " ON m.conversation_id = c.id AND m.direction = 'out' AND m.is_automatic"
        # Whoever was passed on heard that where they wrote.
        " WHERE NOT EXISTS (SELECT FROM conversations_link AS link WHERE link.conversation_id = c.id"
        " AND link.kind = 'handed_over_from')"
        " GROUP BY c.id HAVING count(m.id) <> 1"
    )
    for conversation, receipts in rows:
        yield Finding(f"{receipts} receipts", str(conversation), 0)


def _numbers(connection: psycopg.Connection) -> Iterator[Finding]:
    """Numbers are given out without gaps, as the counter is part of the transaction."""
    rows = connection.execute(
        "SELECT organisation_id, count(*), max(number) FROM conversations_conversation GROUP BY 1"
        " HAVING count(*) <> max(number)"
    )
    for organisation_id, count, highest in rows:
        yield Finding("numbers with a gap", f"{organisation_id}: {count} of {highest}", 0)

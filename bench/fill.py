"""A million messages in minutes: written by the database itself, as they would have been left behind."""

import json
import subprocess
import sys
from collections.abc import Mapping

import psycopg

from .ground import ROOT, Database

#: Two and a half messages in a conversation: a question, a receipt, and every other time an answer.
MESSAGES_PER_CONVERSATION = 2.5

TEXT = (
    "De grijze container in onze straat is deze week weer niet geleegd. Ik heb hierover al twee keer gebeld,"
    " maar kreeg geen antwoord. Kunt u mij vertellen wanneer hij komt? "
)
#: What stands in a column that must have something and is not named below.
NEUTRAL = {
    "boolean": "false",
    "character varying": "''",
    "text": "''",
    "integer": "0",
    "smallint": "0",
    "bigint": "0",
    "jsonb": "'[]'",
    "ARRAY": "'{}'",
    "timestamp with time zone": "now()",
    "bytea": "'x'",
}

# One row for each conversation, with the keys of all that hangs on it; half of it at the first municipality.
PLAN = """
CREATE TEMPORARY TABLE plan AS
SELECT i, uuidv7(age) AS id, uuidv7(age) AS contact, uuidv7(age) AS question, uuidv7(age) AS receipt,
  uuidv7(age) AS answer, now() + age AS at, (ARRAY[{first}, {second}])[1 + i % 2] AS organisation,
  (ARRAY[{first_inbox}, {second_inbox}]::uuid[])[1 + i % 2] AS inbox
FROM generate_series(1, {count}) AS i, LATERAL (SELECT make_interval(mins => -({count} - i)) AS age) AS older
"""

#: Table → (columns → what goes into them, which rows of the plan).
TABLES: Mapping[str, tuple[Mapping[str, str], str]] = {
    "conversations_contact": (
        {"id": "contact", "organisation_id": "organisation", "name": "'Bewoner ' || i", "created_at": "at"},
        "true",
    ),
    "conversations_contactaddress": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "contact_id": "contact",
            "kind": "'email'",
            "value": "md5(i::text) || '@provider.example'",
        },
        "true",
    ),
    "conversations_conversation": (
        {
            "id": "id",
            "organisation_id": "organisation",
            "number": "(i + 1) / 2",
            "subject": "'Container niet geleegd ' || i",
            "contact_id": "contact",
            "inbox_id": "inbox",
            "channel": "'email'",
            "status": "CASE WHEN i %% 50 = 0 THEN 'open' ELSE 'closed' END",
            "covered_by_id": "organisation",
            "last_message_at": "at",
            "excerpt": "'De grijze container in onze straat is deze week weer niet geleegd.'",
            "created_at": "at",
        },
        "true",
    ),
    "conversations_message": (
        {
            "id": "question",
            "organisation_id": "organisation",
            "conversation_id": "id",
            "direction": "'in'",
            "contact_id": "contact",
            "inbox_id": "inbox",
            "external_id": "'<' || md5('q' || i) || '@provider.example>'",
            "text": "repeat(%(text)s, 1 + i %% 4)",
            "created_at": "at",
        },
        "true",
    ),
    "conversations_message receipts": (
        {
            "id": "receipt",
            "organisation_id": "organisation",
            "conversation_id": "id",
            "direction": "'out'",
            "is_automatic": "true",
            "inbox_id": "inbox",
            "external_id": "'<mg' || md5('r' || i) || '@duinrand.example>'",
            "text": "%(text)s",
            "created_at": "at",
        },
        "true",
    ),
    "conversations_message answers": (
        {
            "id": "answer",
            "organisation_id": "organisation",
            "conversation_id": "id",
            "direction": "'in'",
            "contact_id": "contact",
            "inbox_id": "inbox",
            "external_id": "'<' || md5('a' || i) || '@provider.example>'",
            "text": "repeat(%(text)s, 1 + i %% 3)",
            "created_at": "at",
        },
        "i %% 2 = 0",
    ),
    "conversations_messagereference": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "message_id": "answer",
            "inbox_id": "inbox",
            "external_id": "'<' || md5('q' || i) || '@provider.example>'",
        },
        "i %% 2 = 0",
    ),
    "conversations_delivery": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "message_id": "receipt",
            "inbox_id": "inbox",
            "recipient_address": "md5(i::text) || '@provider.example'",
            "state": "'sent'",
            "attempts": "1",
            "changed_at": "at",
        },
        "true",
    ),
    "platform_auditline": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "at": "at",
            "verb": "'message.received'",
            "subject_id": "question",
            "conversation_id": "id",
            "detail": "'{}'",
        },
        "true",
    ),
    "platform_auditline openings": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "at": "at",
            "verb": "'conversation.opened'",
            "subject_id": "id",
            "conversation_id": "id",
            "detail": "'{}'",
        },
        "true",
    ),
    "intake_payload": (
        {
            "id": "uuidv7()",
            "organisation_id": "organisation",
            "inbox_id": "inbox",
            "digest": "sha256(i::text::bytea)",
            "body": "convert_to(%(text)s, 'utf-8')",
            "size_bytes": "170",
            "received_at": "at",
            "state": "'taken_in'",
            "message_id": "question",
        },
        "true",
    ),
}


def towns_of(database: Database) -> list[dict[str, str]]:
    """The two municipalities; the second time they are found."""
    done = subprocess.run(
        (sys.executable, "-m", "bench.world"),
        env=database.environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    towns: list[dict[str, str]] = json.loads(done.stdout)
    return towns


def fill(database: Database, messages: int) -> None:
    """All tables as they stand after so many messages."""
    first, second = towns_of(database)
    count = int(messages / MESSAGES_PER_CONVERSATION)
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        # No triggers: foreign keys would be checked one row at a time, for rows that are right by making.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute(
            PLAN.format(
                count=count,
                first=first["organisation"],
                second=second["organisation"],
                first_inbox=f"'{first['email']}'",
                second_inbox=f"'{second['email']}'",
            )
        )
        for name, (columns, which) in TABLES.items():
            insert(connection, name.split()[0], columns, which)
        connection.execute(
            "INSERT INTO conversations_counter (id, organisation_id, last_number)"
            " SELECT uuidv7(), organisation, max((i + 1) / 2) FROM plan GROUP BY organisation"
        )
        connection.execute("VACUUM ANALYZE")


def insert(
    connection: psycopg.Connection,
    table: str,
    columns: Mapping[str, str],
    which: str = "true",
    source: str = "plan",
) -> None:
    """Rows for all of `source`; what must stand in a column and is not given is neutral."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL",
        [table],
    ).fetchall()
    neutral = {name: NEUTRAL[kind] for name, kind in rows if name not in columns}
    filled = {**neutral, **columns}
    names, values = ", ".join(filled), ", ".join(filled.values())
    query = f"INSERT INTO {table} ({names}) SELECT {values} FROM {source} WHERE {which}"
    connection.execute(query.encode(), {"text": TEXT})

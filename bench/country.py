"""342 municipalities with five years of conversations, and agents who cover one, thirty and all."""

from dataclasses import dataclass

import psycopg

from .fill import insert, towns_of
from .ground import Database

MUNICIPALITIES = 342
FIRST = 1_001
COVERED = (1, 30, MUNICIPALITIES)
#: The organisation that covers so many; who covers one works there.
PROVIDERS = {1: FIRST, 30: 901, MUNICIPALITIES: 902}
# Five years, the latest today; of the last weeks most is not finished, of the rest almost all.
DAYS = 1_825
FRESH_DAYS = 60
STREETS = 5_000
#: The newest open conversations of the first municipality get so many messages each.
LONG, MESSAGES = 3, 40

TEXTS = (
    "Beste gemeente, de grijze container in onze straat is deze week weer niet geleegd. Wanneer komt hij?",
    "Goedemiddag gemeente, de lantaarnpaal voor ons huis is al drie weken stuk. Kunt u hem laten maken?",
    "Ik wil een paspoort aanvragen. Welke pasfoto heb ik nodig en wat kost het bij de gemeente?",
    "Er staat een oude bank naast de afvalcontainer. Haalt de gemeente het grofvuil op?",
    "Onze parkeervergunning verloopt. Hoe vraag ik bij de gemeente een nieuwe aan voor mijn auto?",
    "De boom voor de deur verliest takken. Wordt hij door de gemeente gesnoeid of gekapt?",
    "Hartelijk dank voor uw bericht aan de gemeente. Wij hebben uw melding doorgegeven aan de buitendienst.",
    "Ik ben verhuisd en wil mijn nieuwe adres doorgeven aan de gemeente. Kan dat online?",
    "Op het fietspad ligt glas. Iemand van de gemeente moet dit opruimen, mijn band is al lek.",
    "Waar kan ik bezwaar maken tegen de rioolheffing van de gemeente? De aanslag klopt niet.",
    "De honden lopen los in het park, en de poep blijft liggen. Treedt de gemeente hiertegen op?",
    "Dank u wel, het is opgelost! Fijn dat de gemeente zo snel kwam.",
)

# What happens to a conversation is drawn from a hash of its number: a remainder of the number itself would
# give a municipality always the same text, as 342 and the number of texts share factors.
PLAN = """
CREATE TEMPORARY TABLE plan AS
SELECT i, {first} + i % {municipalities} AS organisation, at, is_fresh, chance,
  uuidv7(at - now()) AS id, uuidv7(at - now()) AS contact, uuidv7(at - now()) AS message,
  1 + chance / 7 % {texts} AS text, 'wilgenlaan' || i::bigint * 7919 % {streets} AS street,
  CASE WHEN is_fresh AND chance % 20 < 8 OR chance % 200 = 0 THEN 'open'
    WHEN is_fresh AND chance % 20 < 13 THEN 'waiting_resident'
    WHEN is_fresh AND chance % 20 = 13 THEN 'waiting_department'
    WHEN is_fresh AND chance % 20 = 14 THEN 'snoozed' ELSE 'closed' END AS status
FROM generate_series(1, {count}) AS i,
  LATERAL (SELECT now() - make_interval(secs => ({count} - i) * {days} * 86400.0 / {count}) AS at) AS said,
  LATERAL (SELECT at > now() - interval '{fresh} days' AS is_fresh,
    hashint4(i)::bigint & 2147483647 AS chance) AS drawn
"""
MARKS = """
  ' ''o:' || organisation || ''' ''n:' || i || ''' ''c:email'' ''d:in'' ''y:' || to_char(at, 'YYYY')
  || ''' ''m:' || to_char(at, 'YYYYMM') || ''' ''w:' || to_char(at, 'IYYYIW') || ''' ''' || street || ''':60'
"""
STAFF = """
CREATE TEMPORARY TABLE plan AS
SELECT organisation, uuidv7() AS person, uuidv7() AS member
FROM generate_series({first}, {first} + {municipalities} - 1) AS organisation
UNION ALL SELECT each, uuidv7(), uuidv7() FROM unnest(ARRAY[901, 902]) AS each
"""
INBOX = "md5('inbox ' || organisation)::uuid"


@dataclass(frozen=True)
class Agent:
    """Who clicks, and how many municipalities they cover."""

    covered: int
    member_id: str
    person_id: str


def agents() -> list[Agent]:
    """The same every time; after `fill_country`."""
    from mijngemeente.organisations.models import Member

    rows = Member.objects.filter(organisation_id__in=PROVIDERS.values(), person__name="Sanne")
    at = {each.organisation_id: each for each in rows}
    return [
        Agent(covered, str(at[number].id), str(at[number].person_id)) for covered, number in PROVIDERS.items()
    ]


def fill_country(database: Database, conversations: int) -> None:
    """Two and a half messages in a conversation, each with its entry; three conversations are long."""
    from mijngemeente.reference.rules.lexemes import vector_of

    vectors = [vector_of([], [("A", "Vraag"), ("B", "Bewoner"), ("", text)]).text for text in TEXTS]
    towns_of(database)
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        _insert_organisations(connection)
        connection.execute("DROP INDEX search_words")
        settings = {
            "first": FIRST, "municipalities": MUNICIPALITIES, "texts": len(TEXTS), "streets": STREETS,
            "count": conversations, "days": DAYS, "fresh": FRESH_DAYS,
        }  # fmt: skip
        connection.execute(PLAN.format(**settings).encode())
        _insert_conversations(connection)
        for _ in range(2):
            _insert_messages(connection, vectors, "true")
            connection.execute("UPDATE plan SET message = uuidv7(at - now()), text = 1 + (text + 5) % 12")
        _insert_messages(connection, vectors, "i %% 2 = 0")
        _insert_long(connection)
        connection.execute(
            "CREATE INDEX search_words ON conversations_searchentry USING gin (words) WITH (fastupdate = off)"
        )
        connection.execute(
            "INSERT INTO conversations_counter (id, organisation_id, last_number)"
            " SELECT uuidv7(), organisation, max(i) FROM plan GROUP BY organisation"
        )
        connection.execute("VACUUM ANALYZE")


def _insert_organisations(connection: psycopg.Connection) -> None:
    connection.execute(STAFF.format(first=FIRST, municipalities=MUNICIPALITIES).encode())
    columns = {
        "id": "organisation", "kind": "CASE WHEN organisation < 1000 THEN 'region' ELSE 'municipality' END",
        "name": "'Gemeente ' || organisation", "slug": "'gemeente-' || organisation", "is_active": "true",
    }  # fmt: skip
    insert(connection, "organisations_organisation", columns)
    insert(
        connection,
        "organisations_inboxaddress",
        {
            "id": INBOX, "kind": "'email'", "address": "'info@' || organisation || '.example'",
            "organisation_id": "organisation", "name": "'Mail'", "token": "'bench-' || organisation",
            "is_active": "true",
        },
    )  # fmt: skip
    columns = {
        "id": "person", "email": "'sanne@' || organisation || '.example'", "name": "'Sanne'",
        "is_active": "true", "has_shortcuts": "true", "password": "'!'", "undo_seconds": "0",
    }  # fmt: skip
    insert(connection, "organisations_person", columns)
    columns = {
        "id": "member", "organisation_id": "organisation", "person_id": "person", "roles": "'{agent}'",
    }  # fmt: skip
    insert(connection, "organisations_member", columns)
    for covered, provider in PROVIDERS.items():
        if covered > 1:
            columns = {
                "id": "uuidv7()", "provider_id": str(provider), "client_id": "organisation",
                "starts_on": "'2020-01-01'",
            }  # fmt: skip
            which = f"organisation BETWEEN {FIRST} AND {FIRST + covered - 1}"
            insert(connection, "organisations_serviceagreement", columns, which)
    connection.execute("ALTER TABLE plan RENAME TO staff")


def _insert_conversations(connection: psycopg.Connection) -> None:
    columns = {
        "id": "contact", "organisation_id": "organisation", "name": "'Bewoner ' || i", "created_at": "at",
    }  # fmt: skip
    insert(connection, "conversations_contact", columns)
    columns = {
        "id": "uuidv7()", "organisation_id": "organisation", "contact_id": "contact", "kind": "'email'",
        "value": "'bewoner.' || i || '@provider.example'",
    }  # fmt: skip
    insert(connection, "conversations_contactaddress", columns)
    columns = {
        "id": "id", "organisation_id": "organisation", "number": "i", "subject": "'Vraag ' || i",
        "contact_id": "contact", "inbox_id": INBOX, "channel": "'email'", "covered_by_id": "organisation",
        "status": "status", "last_message_at": "at", "created_at": "at",
        "topic_id": "(SELECT array_agg(slug) FROM reference_topic)"
        "[1 + chance %% (SELECT count(*) FROM reference_topic)]",
        "assignee_id": "CASE WHEN status <> 'closed' THEN CASE"
        f" WHEN organisation < {FIRST + 30} AND chance / 200 %% 4 = 0 THEN"
        f" (SELECT member FROM staff WHERE organisation = {PROVIDERS[30]})"
        f" WHEN chance / 200 %% 400 = 1 THEN"
        f" (SELECT member FROM staff WHERE organisation = {PROVIDERS[MUNICIPALITIES]})"
        " WHEN chance / 200 %% 4 = 2 THEN"
        " (SELECT member FROM staff WHERE staff.organisation = plan.organisation) END END",
        "waiting_since": "CASE WHEN status = 'open' THEN at END",
        "snoozed_until": "CASE WHEN status = 'snoozed' THEN now() + interval '3 days' END",
        "closed_at": "CASE WHEN status = 'closed' THEN at + interval '1 day' END",
        "due_norm": "CASE WHEN status = 'open' THEN 'first_reply' ELSE '' END",
        "due_at": "CASE WHEN status = 'open' THEN at + interval '50 days' END",
        "amber_at": "CASE WHEN status = 'open' THEN at + interval '45 days' END",
        "excerpt": "'De grijze container in onze straat is deze week weer niet geleegd.'",
    }  # fmt: skip
    insert(connection, "conversations_conversation", columns)


def _insert_messages(connection: psycopg.Connection, vectors: list[str], which: str) -> None:
    connection.execute("DROP TABLE IF EXISTS said")
    connection.execute("CREATE TEMPORARY TABLE said (text int, words text, body text)")
    for number, (words, body) in enumerate(zip(vectors, TEXTS, strict=True), start=1):
        connection.execute("INSERT INTO said VALUES (%s, %s, %s)", [number, words, body])
    columns = {
        "id": "message", "organisation_id": "organisation", "conversation_id": "id", "direction": "'in'",
        "contact_id": "contact", "inbox_id": INBOX, "text": "body || ' ' || street", "created_at": "at",
    }  # fmt: skip
    source = "plan JOIN said USING (text)"
    insert(connection, "conversations_message", columns, which, source)
    columns = {
        "id": "message", "message_id": "message", "organisation_id": "organisation", "conversation_id": "id",
        "words": f"(words || {MARKS})::tsvector", "version": "1",
    }  # fmt: skip
    insert(connection, "conversations_searchentry", columns, which, source)
    columns = {
        "id": "uuidv7()", "organisation_id": "organisation", "at": "at", "verb": "'message.received'",
        "subject_id": "message", "conversation_id": "id", "detail": "'{}'",
    }  # fmt: skip
    insert(connection, "platform_auditline", columns, which)


def _insert_long(connection: psycopg.Connection) -> None:
    """By turns the resident and an agent, with the delivery of each answer."""
    connection.execute(
        "CREATE TEMPORARY TABLE long AS SELECT talk.*, uuidv7(at - now()) AS said_id, turn,"
        " (SELECT member FROM staff WHERE staff.organisation = talk.organisation) AS member"
        f" FROM (SELECT * FROM plan WHERE organisation = {FIRST} AND status = 'open'"
        f" ORDER BY i DESC LIMIT {LONG}) AS talk, generate_series(1, {MESSAGES}) AS turn"
    )
    said = {
        "id": "said_id", "organisation_id": "organisation", "conversation_id": "id", "inbox_id": INBOX,
        "text": "'Bericht ' || turn || repeat(' dat een paar regels lang is.', 12)", "created_at": "at",
    }  # fmt: skip
    asked = said | {"direction": "'in'", "contact_id": "contact"}
    insert(connection, "conversations_message", asked, "turn %% 2 = 1", "long")
    answered = said | {"direction": "'out'", "author_id": "member"}
    insert(connection, "conversations_message", answered, "turn %% 2 = 0", "long")
    columns = {
        "id": "uuidv7()", "organisation_id": "organisation", "message_id": "said_id", "inbox_id": INBOX,
        "recipient_address": "'bewoner@provider.example'", "state": "'sent'", "attempts": "1",
        "changed_at": "at",
    }  # fmt: skip
    insert(connection, "conversations_delivery", columns, "turn %% 2 = 0", "long")

"""Searching 2.5 messages a conversation over all municipalities, for who covers one, thirty or all."""

import time
from collections.abc import Callable

import psycopg

from .fill import insert, towns_of
from .ground import Database
from .web import middle_and_95
from .work import prepare_django

MUNICIPALITIES = 342
FIRST = 1_001
COVERED = (1, 30, MUNICIPALITIES)
TIMES = 20
# Five years, the latest today.
DAYS = 1_825
STREETS = 5_000

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
#: What is typed; {} is another street each time, which stands in one message of 5,000.
SEARCHES = {
    "rare word": "wilgenlaan{}",
    "common word": "gemeente",
    "common and rare": "container wilgenlaan{}",
    "sentence": '"grijze container"',
    "beginning": "lantaa",
    "wrong spelling": "contianer ",
}

PLAN = """
CREATE TEMPORARY TABLE plan AS
SELECT i, {first} + i % {municipalities} AS organisation, {inbox}::uuid AS inbox, at,
  uuidv7(at - now()) AS id, uuidv7(at - now()) AS contact, uuidv7(at - now()) AS message,
  1 + i % {texts} AS text, 'wilgenlaan' || i::bigint * 7919 % {streets} AS street
FROM generate_series(1, {count}) AS i,
  LATERAL (SELECT now() - make_interval(secs => ({count} - i) * {days} * 86400.0 / {count}) AS at) AS said
"""
MARKS = """
  ' ''o:' || organisation || ''' ''n:' || i || ''' ''c:email'' ''d:in'' ''y:' || to_char(at, 'YYYY')
  || ''' ''m:' || to_char(at, 'YYYYMM') || ''' ''w:' || to_char(at, 'IYYYIW') || ''' ''' || street || ''':60'
"""


def fill_search(database: Database, conversations: int) -> None:
    """One conversation in so many has one message more; each message has its entry."""
    from mijngemeente.reference.rules.lexemes import vector_of

    vectors = [vector_of([], [("A", "Vraag"), ("B", "Bewoner"), ("", text)]).text for text in TEXTS]
    inbox = towns_of(database)[0]["email"]
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute(
            "CREATE TEMPORARY TABLE plan AS SELECT generate_series(0, %s) AS i", [MUNICIPALITIES - 1]
        )
        insert(
            connection,
            "organisations_organisation",
            {
                "id": f"{FIRST} + i", "kind": "'municipality'", "name": "'Gemeente ' || i",
                "slug": "'gemeente-' || i", "is_active": "true",
            },
        )  # fmt: skip
        connection.execute("DROP TABLE plan")
        connection.execute("DROP INDEX search_words")
        settings = {
            "first": FIRST, "municipalities": MUNICIPALITIES, "inbox": f"'{inbox}'", "texts": len(TEXTS),
            "streets": STREETS, "count": conversations, "days": DAYS,
        }  # fmt: skip
        connection.execute(PLAN.format(**settings))
        _insert_conversations(connection)
        for _ in range(2):
            _insert_messages(connection, vectors, "true")
            connection.execute("UPDATE plan SET message = uuidv7(at - now()), text = 1 + (text + 5) % 12")
        _insert_messages(connection, vectors, "i %% 2 = 0")
        connection.execute(
            "CREATE INDEX search_words ON conversations_searchentry USING gin (words) WITH (fastupdate = off)"
        )
        connection.execute(
            "INSERT INTO conversations_counter (id, organisation_id, last_number)"
            " SELECT uuidv7(), organisation, max(i) FROM plan GROUP BY organisation"
        )
        connection.execute("VACUUM ANALYZE")


def _insert_conversations(connection: psycopg.Connection) -> None:
    insert(
        connection,
        "conversations_contact",
        {"id": "contact", "organisation_id": "organisation", "name": "'Bewoner ' || i", "created_at": "at"},
    )
    columns = {
        "id": "id", "organisation_id": "organisation", "number": "i", "subject": "'Vraag ' || i",
        "contact_id": "contact", "inbox_id": "inbox", "channel": "'email'", "covered_by_id": "organisation",
        "status": "CASE WHEN i %% 50 = 0 THEN 'open' ELSE 'closed' END", "last_message_at": "at",
        "created_at": "at",
    }  # fmt: skip
    insert(connection, "conversations_conversation", columns)


def _insert_messages(connection: psycopg.Connection, vectors: list[str], which: str) -> None:
    connection.execute("DROP TABLE IF EXISTS said")
    connection.execute("CREATE TEMPORARY TABLE said (text int, words text, body text)")
    for number, (words, body) in enumerate(zip(vectors, TEXTS, strict=True), start=1):
        connection.execute("INSERT INTO said VALUES (%s, %s, %s)", [number, words, body])
    columns = {
        "id": "message", "organisation_id": "organisation", "conversation_id": "id", "direction": "'in'",
        "contact_id": "contact", "inbox_id": "inbox", "text": "body || ' ' || street", "created_at": "at",
    }  # fmt: skip
    source = "plan JOIN said USING (text)"
    insert(connection, "conversations_message", columns, which, source)
    columns = {
        "id": "message", "message_id": "message", "organisation_id": "organisation", "conversation_id": "id",
        "words": f"(words || {MARKS})::tsvector", "version": "1",
    }  # fmt: skip
    insert(connection, "conversations_searchentry", columns, which, source)


def searches(database: Database) -> dict[str, list[tuple[float, float]]]:
    """What → median and 95th percentile in milliseconds, for each of COVERED."""
    prepare_django(database)
    return {
        what: [middle_and_95(_timed(typed, organisations)) for organisations in COVERED]
        for what, typed in SEARCHES.items()
    }


def _timed(typed: str, organisations: int) -> list[float]:
    ask = _asker(organisations)
    ask(typed.format(0))
    seconds = []
    for number in range(1, TIMES + 1):
        begun = time.perf_counter()
        ask(typed.format(number * 37))
        seconds.append(time.perf_counter() - begun)
    return seconds


def _asker(organisations: int) -> Callable[[str], None]:
    """One search with all that its page shows."""
    from django.utils import timezone

    from mijngemeente.conversations.queries.searches import Narrowing
    from mijngemeente.conversations.rules.searches import read_search
    from mijngemeente.desk.queries.choices import Workplace
    from mijngemeente.desk.queries.searches import results_of
    from mijngemeente.organisations.models import Organisation
    from mijngemeente.platform.tenancy import covering

    known = Organisation.objects.in_bulk(range(FIRST, FIRST + organisations))
    workplace = Workplace(known, frozenset(), frozenset())

    def ask(typed: str) -> None:
        with covering(workplace.ids):
            results_of(read_search(typed), Narrowing(), workplace, page="", now=timezone.now())

    return ask

"""Finding what was said, in every organisation the unit reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, UUIDField
from django.db.models.expressions import RawSQL

from mijngemeente.reference.rules.lexemes import quoted
from mijngemeente.reference.rules.words import is_known, lexeme_of

from ..rules.searches import Asked, read_search, spellings_of

#: Messages that one search looks at; of more the newest.
MOST = 200
# A condition on words counts and acts on all it finds; past this the words say nothing.
MOST_IN_CONDITION = 100_000


@dataclass(frozen=True)
class Narrowing:
    """What else must be true; None and empty ask nothing."""

    organisation_ids: list[int] | None = None
    channels: Sequence[str] = ()
    statuses: list[str] | None = None
    kinds: list[str] | None = None
    topics: list[str] | None = None
    assignees: list[UUID] | None = None
    is_unassigned: bool = False
    has_file: bool = False
    said_from: datetime | None = None
    said_until: datetime | None = None


@dataclass(frozen=True)
class Hit:
    """A message that was found."""

    message_id: UUID
    conversation_id: UUID
    organisation_id: int
    #: How well it fits; only of use beside others of the same search.
    rank: float


def search(asked: Asked, narrowing: Narrowing, *, most: int = MOST) -> list[Hit]:
    """The newest messages that were asked for, newest first, at most so many.

    A last word that may not be finished is first looked for as it is: all that begins like it is gathered
    from the whole index, which takes as long as all of it is common.
    """
    whole = _searched(asked.whole, narrowing, most) if asked.beginnings else []
    return whole if len(whole) == most else _searched(asked, narrowing, most)


def _searched(asked: Asked, narrowing: Narrowing, most: int) -> list[Hit]:
    if not asked.query:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM search_entries(%s::tsquery, %s::int, %s::int[], %s::text[], %s::text[],"
            " %s::text[], %s::uuid[], %s::boolean, %s::timestamptz, %s::timestamptz)",
            [
                _with_marks(asked.query, narrowing),
                most,
                narrowing.organisation_ids,
                narrowing.statuses,
                narrowing.kinds,
                narrowing.topics,
                narrowing.assignees,
                narrowing.is_unassigned,
                narrowing.said_from,
                narrowing.said_until,
            ],
        )
        return [Hit(*row) for row in cursor.fetchall()]


def _with_marks(query: str, narrowing: Narrowing) -> str:
    channels = " | ".join(quoted(f"c:{each}") for each in narrowing.channels)
    marks = [f"({channels})"] if channels else []
    if narrowing.has_file:
        marks.append(quoted("f:1"))
    return " & ".join([query, *marks])


def with_words(text: str) -> Q:
    """The conversations in which this was said, as a condition; `text` as it is typed in the search box.

    Text without a word in it matches nothing.
    """
    query = read_search(f"{text} ").query
    if not query:
        return Q(pk__in=[])
    found = RawSQL(
        "SELECT conversation_id FROM search_entries(%s::tsquery, %s)",
        [query, MOST_IN_CONDITION],
        output_field=UUIDField(),
    )
    return Q(id__in=found)


def guess(asked: Asked, narrowing: Narrowing) -> tuple[Asked, dict[str, str]] | None:
    """What somebody may have meant whose search found nothing, and which word became which.

    Guesses are words that stand in what this person may read. There is no list of words beside the index: it
    would tell of other organisations, or remember what was erased.
    """
    meant, changed = asked, {}
    for place, term in enumerate(asked.terms):
        if not term.word or term.is_without or is_known(term.word) or _stands(term.query, narrowing):
            continue
        better = _better(term.word, narrowing)
        if better is not None:
            meant = meant.with_word(place, lexeme_of(better))
            changed[term.word] = better
    return (meant, changed) if changed else None


def _stands(query: str, narrowing: Narrowing) -> bool:
    # Asked for one, PostgreSQL expects to come by it soon, and reads all: six seconds of a million.
    return bool(_found(query, narrowing, most=MOST))


def _found(query: str, narrowing: Narrowing, *, most: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id FROM search_entries(%s::tsquery, %s::int, %s::int[])",
            [query, most, narrowing.organisation_ids],
        )
        return [number for (number,) in cursor.fetchall()]


def _better(word: str, narrowing: Narrowing) -> str | None:
    """The spelling that stands in most of the newest messages with any of them."""
    spellings = {lexeme_of(each): each for each in reversed(list(spellings_of(word)))}
    standing = _standing(list(spellings), narrowing)
    if not standing:
        return None
    found = _found(" | ".join(map(quoted, standing)), narrowing, most=MOST)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme FROM conversations_searchentry AS entry,"
            " unnest(tsvector_to_array(entry.words)) AS lexeme WHERE entry.id = ANY (%s)"
            " AND lexeme = ANY (%s) GROUP BY lexeme ORDER BY count(*) DESC, lexeme LIMIT 1",
            [found, standing],
        )
        row = cursor.fetchone()
    return spellings[row[0]] if row else None


def _standing(lexemes: list[str], narrowing: Narrowing) -> list[str]:
    """Those that stand somewhere in what is searched."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM search_spellings(%s::text[], %s::int[])", [lexemes, narrowing.organisation_ids]
        )
        return [lexeme for (lexeme,) in cursor.fetchall()]

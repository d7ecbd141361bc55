"""What a search found, as the page shows it: each conversation once, with the places in its messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.conversations.queries.searches import MOST, Hit, Narrowing, guess, search
from mijngemeente.conversations.rules.searches import Asked, Fragment, holds, marked
from mijngemeente.platform.ids import made_at

from .choices import Workplace
from .queues import url_of

CONVERSATIONS = 20
SNIPPETS = 2
SNIPPET_CHARACTERS = 220
TITLE_CHARACTERS = 120
# After so many days a message counts for half of one of today.
HALF_DAYS = 120


@dataclass(frozen=True)
class Snippet:
    """A place in a message."""

    url: str
    #: "Inwoner", "Antwoord" or "Notitie".
    by: str
    said_at: datetime
    fragments: list[Fragment]


@dataclass(frozen=True)
class Row:
    """A conversation that was found."""

    url: str
    number: int
    who: list[Fragment]
    subject: list[Fragment]
    place: str
    channel_icon: str
    channel_name: str
    status: str
    last_at: datetime
    snippets: list[Snippet]


@dataclass(frozen=True)
class Results:
    """One page of what was found."""

    rows: list[Row]
    page: "Page[list[Hit]]"
    #: There is more than was looked at: these are the newest.
    is_capped: bool
    #: What was typed → what was searched for instead, as the first was found nowhere.
    meant: dict[str, str]


def results_of(
    asked: Asked, narrowing: Narrowing, workplace: Workplace, *, page: str, now: datetime
) -> Results:
    """What was found, the best and newest first."""
    meant: dict[str, str] = {}
    hits = search(asked, narrowing)
    if not hits and asked.query:
        guessed = guess(asked, narrowing)
        if guessed is not None:
            asked, meant = guessed
            hits = search(asked, narrowing)
    is_capped = len(hits) >= MOST
    found = Paginator(_by_conversation(_exact(asked, hits), now), CONVERSATIONS).get_page(page)
    return Results(_rows(asked, list(found), workplace), found, is_capped, meant)


def _exact(asked: Asked, hits: list[Hit]) -> list[Hit]:
    """For an exact sentence the index is not enough: it knows words by one form."""
    if not asked.phrases:
        return hits
    said = _messages(hits).values_list(
        "id", "text", "folded", "conversation__subject", "conversation__contact__name"
    )
    texts = {number: found for number, *found in said}
    return [
        hit
        for hit in hits
        if all(any(holds(phrase, text) for text in texts.get(hit.message_id, ())) for phrase in asked.phrases)
    ]


def _messages(hits: Sequence[Hit]) -> QuerySet[Message]:
    return Message.objects.filter(
        organisation_id__in={hit.organisation_id for hit in hits}, id__in=[hit.message_id for hit in hits]
    )


def _by_conversation(hits: list[Hit], now: datetime) -> list[list[Hit]]:
    grouped: dict[UUID, list[Hit]] = {}
    for hit in sorted(hits, key=lambda each: _weight(each, now), reverse=True):
        grouped.setdefault(hit.conversation_id, []).append(hit)
    return list(grouped.values())


def _weight(hit: Hit, now: datetime) -> float:
    """How well it fits, and how new it is."""
    days = max((now - made_at(hit.message_id)).total_seconds() / 86_400, 0)
    return hit.rank / (1 + days / HALF_DAYS)


def _rows(asked: Asked, found: list[list[Hit]], workplace: Workplace) -> list[Row]:
    shown = [hit for hits in found for hit in hits[:SNIPPETS]]
    related = _messages(shown).select_related("conversation__contact").prefetch_related("attachments")
    messages = {each.id: each for each in related}
    kept = [[hit for hit in hits if hit.message_id in messages] for hits in found]
    return [_row(asked, [messages[hit.message_id] for hit in hits], workplace) for hits in kept if hits]


def _row(asked: Asked, messages: list[Message], workplace: Workplace) -> Row:
    conversation = messages[0].conversation
    organisation = workplace.organisations[conversation.organisation_id]
    channel = CHANNELS.get(conversation.channel)
    url = url_of(organisation.slug, conversation.id)
    return Row(
        url=f"{url}#message-{messages[0].id}",
        number=conversation.number,
        who=_title(str(conversation.contact), asked),
        subject=_title(conversation.subject or conversation.excerpt, asked),
        place=organisation.name if len(workplace.organisations) > 1 else "",
        channel_icon=channel.icon if channel else "envelope",
        channel_name=channel.name if channel else conversation.channel,
        status=Conversation.Status(conversation.status).label,
        last_at=conversation.last_message_at,
        snippets=_snippets(messages, url, asked),
    )


def _title(text: str, asked: Asked) -> list[Fragment]:
    return marked(text, asked, characters=TITLE_CHARACTERS) or [Fragment(text[:TITLE_CHARACTERS])]


_BY = {
    Message.Direction.INCOMING: "Inwoner",
    Message.Direction.OUTGOING: "Antwoord",
    Message.Direction.NOTE: "Notitie",
}


def _snippets(messages: list[Message], url: str, asked: Asked) -> list[Snippet]:
    """Where the words stand in the messages; how the first begins if they stand only above them."""
    snippets = [_snippet(each, url, asked) for each in messages]
    telling = [each for each in snippets if any(piece.is_marked for piece in each.fragments)]
    return telling or snippets[:1]


def _snippet(message: Message, url: str, asked: Asked) -> Snippet:
    return Snippet(
        f"{url}#message-{message.id}",
        _BY[Message.Direction(message.direction)],
        message.created_at,
        _fragments(message, asked),
    )


def _fragments(message: Message, asked: Asked) -> list[Fragment]:
    """Where it stands in the message, in what is folded away, or among its files; else how it begins."""
    files = " · ".join(each.name for each in message.attachments.all())
    for text in (message.text, files, message.folded):
        found = marked(text, asked, characters=SNIPPET_CHARACTERS)
        if found:
            return found
    return [Fragment(message.text[:SNIPPET_CHARACTERS])]

"""Other conversations to choose from, and messages to take out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mijngemeente.conversations.models import ContactAddress, Conversation, Message
from mijngemeente.conversations.queries import family_ids

from .. import rules
from .threads import writer_of_note

OTHERS = 20


@dataclass(frozen=True)
class Other:
    """A conversation to choose."""

    id: UUID
    number: int
    who: str
    subject: str
    status_text: str
    at: datetime
    is_same_resident: bool


def others_for(conversation: Conversation, words: str, where: int | None = None) -> list[Other]:
    """What the words find: a number, an address or a name; without words the same resident's latest.

    `where` is another organisation that the reader may read. There words are needed: nobody is followed from
    one municipality to another.
    """
    organisation_id = where or conversation.organisation_id
    if organisation_id != conversation.organisation_id and not words.strip():
        return []
    rows = Conversation.objects.filter(organisation_id=organisation_id, merged_into=None)
    wanted = _condition(conversation, words.strip(), organisation_id)
    others = rows.filter(wanted).exclude(id=conversation.id).select_related("contact", "topic")
    return [_other(each, conversation) for each in others.order_by("-last_message_at")[:OTHERS]]


def _condition(conversation: Conversation, words: str, organisation_id: int) -> Q:
    if not words:
        return Q(contact=conversation.contact_id)
    if words.isdecimal() and len(words) < 10:
        return Q(number=int(words))
    if "@" in words:
        addresses = ContactAddress.objects.filter(
            organisation_id=organisation_id, kind="email", value=words.lower()
        )
        return Q(contact__in=addresses.values("contact"))
    return Q(contact__name__icontains=words) | Q(subject__icontains=words)


def _other(each: Conversation, conversation: Conversation) -> Other:
    return Other(
        id=each.id,
        number=each.number,
        who=str(each.contact),
        subject=each.subject or str(each.topic or each.excerpt),
        status_text=each.get_status_display(),
        at=each.last_message_at,
        is_same_resident=each.contact_id == conversation.contact_id,
    )


@dataclass(frozen=True)
class Part:
    """A message that can be taken out."""

    id: UUID
    author: str
    at: datetime
    words: str
    #: Why the resident no longer sees it; empty while they do.
    hidden_because: str = ""


def parts_of(conversation: Conversation) -> list[Part]:
    """The messages of a conversation, oldest first."""
    return [_part(each) for each in _spoken(conversation)]


def shown_parts(conversation: Conversation) -> list[Part]:
    """What the resident sees."""
    return [each for each in _between(conversation) if not each.hidden_because]


def hidden_parts(conversation: Conversation) -> list[Part]:
    """What only colleagues still see, with why."""
    return [each for each in _between(conversation) if each.hidden_because]


def _between(conversation: Conversation) -> list[Part]:
    spoken = (Message.Direction.INCOMING, Message.Direction.OUTGOING)
    return [_part(each) for each in _spoken(conversation) if each.direction in spoken]


def _part(message: Message) -> Part:
    return Part(
        message.id,
        _author_of(message),
        message.created_at,
        rules.first_words(message.text),
        message.hiding.reason if hasattr(message, "hiding") else "",
    )


def _author_of(message: Message) -> str:
    if message.is_note:
        return f"Notitie: {writer_of_note(message)}"
    return str(message.author or message.contact or "Automatisch bericht")


def _spoken(conversation: Conversation) -> Iterable[Message]:
    rows: QuerySet[Message] = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=family_ids(conversation)
    ).exclude(direction=Message.Direction.WITHDRAWN)
    return rows.select_related("author__person", "contact", "hiding").defer("html", "folded").order_by("id")

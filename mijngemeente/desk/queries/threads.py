"""What was said in a conversation, as it is drawn."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Prefetch, QuerySet, Value, When, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, Delivery, Message
from mijngemeente.conversations.queries import family_ids
from mijngemeente.organisations.models import Member, Organisation

from .. import rules
from .glances import Glance


@dataclass(frozen=True)
class ShownFile:
    """An attachment under a message."""

    name: str
    #: In bytes.
    size: int
    url: str


@dataclass(frozen=True)
class ShownDelivery:
    """What became of a message."""

    id: UUID
    state: str
    at: datetime
    why: str
    #: Where somebody sends it again; empty when there is no need.
    retry_url: str = ""
    #: Somebody may know that it did arrive.
    may_settle: bool = False
    #: While it can be taken back, by this person alone: where, and for how long still.
    take_back_url: str = ""
    writer_id: UUID | None = None
    seconds_left: int = 0


@dataclass(frozen=True)
class ShownMessage:
    """One message, the same in page, answer and live update."""

    id: UUID
    #: resident, municipality, automatic or note
    kind: str
    author: str
    #: Who typed it in the municipality's name, or wrote it down; empty for residents themselves.
    typed_by: str
    channel_icon: str
    channel_name: str
    sent_at: datetime
    text: str
    #: Quotes and signature, folded away.
    quoted: str
    #: The mail as it was made up, in a sandboxed frame; empty without HTML.
    html_url: str
    attachments: list[ShownFile]
    delivery: ShownDelivery | None
    is_from_stranger: bool
    problems: list[str]
    #: The conversation it was written in, when that was merged into this one.
    origin: str = ""
    #: Why the resident no longer sees it; empty while they do.
    hidden_because: str = ""


@dataclass(frozen=True)
class Entry:
    """One item of the thread: a message, or the day it begins with."""

    kind: str
    id: str
    day: str = ""
    message: ShownMessage | None = None


@dataclass(frozen=True)
class Seen:
    """How far somebody's screen goes."""

    count: int
    last_id: str


@dataclass(frozen=True)
class Thread:
    """The messages of a conversation."""

    entries: list[Entry]
    seen: Seen
    #: Messages that count for a crossing reply: the resident's and colleagues' answers.
    spoken: int


def thread_of(conversation: Conversation, organisation: Organisation, glance: Glance) -> Thread:
    """Everything that was said, oldest first."""
    messages = _messages(conversation, glance)
    standing = [each for each in messages if each.direction != Message.Direction.WITHDRAWN]
    has_files = glance.has_files or glance.has_merged
    shown = [_shown(each, conversation, organisation, has_files=has_files) for each in standing]
    last = str(standing[-1].id) if standing else ""
    return Thread(_with_days(shown), Seen(len(standing), last), len(list(filter(_is_spoken, messages))))


def news_of(thread: Thread, seen: Seen) -> list[Entry] | None:
    """What came after `seen`; None if that cannot be appended and all must be drawn anew."""
    messages = [entry for entry in thread.entries if entry.message is not None]
    if seen.count == 0 or seen.count > len(messages) or messages[seen.count - 1].id != seen.last_id:
        return None
    place = thread.entries.index(messages[seen.count - 1])
    return thread.entries[place + 1 :]


def spoken_since(conversation: Conversation, seen: int) -> list[Message]:
    """What the resident or a colleague said after the first `seen` of their messages."""
    rows = _rows(conversation).filter(is_automatic=False)
    spoken = rows.exclude(direction=Message.Direction.NOTE).order_by("id")
    newer = spoken.select_related("author__person", "contact").defer("html", "folded")[seen:]
    return [each for each in newer if each.direction != Message.Direction.WITHDRAWN]


def spoken_until(conversation: Conversation, message_id: UUID | None) -> int:
    """How many messages somebody saw who read to this one; without one: all there are now."""
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, is_automatic=False
    ).exclude(direction=Message.Direction.NOTE)
    return rows.filter(id__lte=message_id).count() if message_id else rows.count()


def has_written_since(conversation: Conversation, last_id: UUID) -> bool:
    """Whether the resident said something after this message."""
    rows = _rows(conversation).filter(id__gt=last_id)
    return rows.filter(direction=Message.Direction.INCOMING, is_automatic=False).exists()


def _is_spoken(message: Message) -> bool:
    return not message.is_automatic and not message.is_note


def _rows(conversation: Conversation) -> QuerySet[Message]:
    """The messages of the conversation, and of those that were merged into it."""
    return Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=family_ids(conversation)
    )


def _messages(conversation: Conversation, glance: Glance) -> list[Message]:
    has_html = Case(When(html="", then=Value(False)), default=Value(True))
    family = family_ids(conversation) if glance.has_merged else [conversation.id]
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation__in=family)
    related = rows.select_related("delivery", "hiding").defer("html").annotate(has_html=has_html)
    messages: list[Message] = [*related.order_by("id")]
    for each in messages:
        _share(each, conversation)
    # Joined, each message would bring its own copy of the same few colleagues.
    writers = Prefetch("author", Member.objects.select_related("person"))
    files = ["attachments"] if glance.has_files or glance.has_merged else []
    prefetch_related_objects(messages, writers, "contact", "inbox", "conversation", *files)
    return messages


def _share(message: Message, conversation: Conversation) -> None:
    """What nearly every message has in common with its conversation is read once."""
    if message.conversation_id == conversation.id:
        message.conversation = conversation
    if message.contact_id == conversation.contact_id:
        message.contact = conversation.contact
    if message.inbox_id == conversation.inbox_id:
        message.inbox = conversation.inbox


def _with_days(messages: Iterable[ShownMessage]) -> list[Entry]:
    today = timezone.localdate()
    entries: list[Entry] = []
    before = None
    for message in messages:
        day = timezone.localtime(message.sent_at).date()
        if day != before:
            entries.append(Entry("day", f"day-{day:%Y%m%d}", day=rules.day_words(day, today)))
        entries.append(Entry("message", str(message.id), message=message))
        before = day
    return entries


def _shown(
    message: Message, conversation: Conversation, organisation: Organisation, *, has_files: bool
) -> ShownMessage:
    channel = CHANNELS.get(message.inbox.kind)
    place = [organisation.slug, message.conversation_id, message.id]
    is_own = message.conversation_id == conversation.id
    typed_by = str(message.author) if message.author else ""
    kind = _kind_of(message)
    return ShownMessage(
        id=message.id,
        kind=kind,
        author=_author_of(message, kind, organisation),
        typed_by="" if kind == "note" else typed_by,
        channel_icon=channel.icon if channel else "envelope",
        channel_name=channel.name if channel else message.inbox.kind,
        sent_at=message.created_at,
        text=message.text,
        quoted=message.folded,
        html_url=reverse("desk:html", args=place) if getattr(message, "has_html", False) else "",
        attachments=_files_of(message, organisation) if has_files else [],
        delivery=_delivery_of(message, place),
        is_from_stranger=message.is_from_stranger,
        problems=list(message.problems),
        origin="" if is_own else f"gesprek {message.conversation.number}",
        hidden_because=message.hiding.reason if hasattr(message, "hiding") else "",
    )


def _kind_of(message: Message) -> str:
    if message.is_note:
        return "note"
    if message.direction == Message.Direction.INCOMING:
        return "resident"
    return "automatic" if message.is_automatic else "municipality"


def _author_of(message: Message, kind: str, organisation: Organisation) -> str:
    if kind == "resident":
        return str(message.contact or "onbekende inwoner")
    return writer_of_note(message) if kind == "note" else organisation.full_name


def writer_of_note(message: Message) -> str:
    """A colleague, or else whoever of elsewhere or whatever machine wrote it."""
    return str(message.author or ("Automatisch" if message.is_automatic else "Een afdeling"))


def _files_of(message: Message, organisation: Organisation) -> list[ShownFile]:
    return [
        ShownFile(
            each.name or "bijlage",
            each.size_bytes,
            reverse("desk:attachment", args=[organisation.slug, message.conversation_id, each.id]),
        )
        for each in message.attachments.all()
    ]


def _delivery_of(message: Message, place: Sequence[object]) -> ShownDelivery | None:
    if message.direction != Message.Direction.OUTGOING or not hasattr(message, "delivery"):
        return None
    delivery = message.delivery
    url = reverse("desk:delivery", args=place)
    is_stuck = delivery.state in (Delivery.State.FAILED, Delivery.State.UNCERTAIN)
    is_waiting = delivery.state == Delivery.State.WAITING
    return ShownDelivery(
        id=delivery.id,
        state=delivery.state,
        at=delivery.changed_at,
        why=delivery.problem,
        retry_url=url if is_stuck else "",
        may_settle=delivery.state == Delivery.State.UNCERTAIN,
        take_back_url=reverse("desk:take_back", args=place) if is_waiting else "",
        writer_id=message.author.person_id if message.author else None,
        seconds_left=_seconds_to(delivery.next_attempt_at),
    )


def _seconds_to(at: datetime | None) -> int:
    return max(0, math.ceil((at - timezone.now()).total_seconds())) if at else 0

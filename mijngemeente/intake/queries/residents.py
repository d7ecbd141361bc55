"""What a resident may see of a conversation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from mijngemeente.channels.contract import Incoming, Unreadable
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import (
    PERSONAL_LINK,
    Attachment,
    Closure,
    Conversation,
    Delivery,
    Link,
    Message,
)
from mijngemeente.conversations.queries import current_of, email_of, inbox_for, shown_to_resident
from mijngemeente.desk.models import Satisfaction
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform.file_types import safe_name, without_direction_tricks
from mijngemeente.platform.seals import make_token

from .. import rules
from ..models import Payload
from .evidence import alarm_in, is_national, open_choices

#: Status of a conversation that nobody has read in yet.
PENDING = "pending"


@dataclass(frozen=True)
class ShownFile:
    """A file as the resident sees it."""

    name: str
    #: In bytes.
    size: int
    #: Empty while the message waits to be read in.
    url: str = ""


@dataclass(frozen=True)
class ShownMessage:
    """A message as the resident sees it."""

    #: The same before and after it is read in, so that a live page keeps its place.
    id: str
    is_mine: bool
    is_automatic: bool
    author: str
    sent_at: datetime
    text: str
    attachments: tuple[ShownFile, ...] = ()


@dataclass(frozen=True)
class Moved:
    """Where a conversation was handed over to."""

    name: str
    url: str
    #: It stands there, so that one can go on there.
    has_arrived: bool


@dataclass(frozen=True)
class Mark:
    """What the resident thought of it."""

    score: int
    reason: str


@dataclass(frozen=True)
class ShownConversation:
    """A conversation as the resident sees it: never notes, never who works on it."""

    id: UUID
    #: None until the first message is read in.
    number: int | None
    subject: str
    status: str
    language: str
    messages: tuple[ShownMessage, ...]
    #: Some of it was sent but not read in yet.
    is_pending: bool
    #: The answer goes there by e-mail as well.
    has_email: bool = False
    may_be_rated: bool = False
    mark: Mark | None = None
    moved: Moved | None = None
    #: Municipalities to choose from, while the resident is asked which one it is.
    choices: tuple[rules.Choice, ...] = ()
    #: It was written to the whole country, and may go on at a municipality.
    may_move: bool = False
    #: A value of `Conversation.Alarm`: then help stands at the top.
    alarm: str = ""

    @property
    def is_closed(self) -> bool:
        """Done, until somebody writes again."""
        return self.status == Conversation.Status.CLOSED

    @property
    def is_answered(self) -> bool:
        """A person of the municipality has said something."""
        return any(not (message.is_mine or message.is_automatic) for message in self.messages)


def personal_path(organisation: Organisation, conversation_id: UUID) -> str:
    """Where the resident finds the conversation."""
    token = make_token(PERSONAL_LINK, conversation_id)
    return reverse("intake:personal", kwargs={"organisation": organisation.slug, "token": token})


def shown_conversation(organisation: Organisation, conversation_id: UUID) -> ShownConversation | None:
    """What the resident may see, with what was sent but not read in yet; None if there is nothing."""
    rows = Conversation.objects.filter(organisation_id=organisation.id, id=conversation_id)
    conversation = rows.first()
    awaited = list(_awaited(organisation.id, conversation_id))
    if conversation is None and not awaited:
        return None
    waiting = tuple(_shown_awaited(at, incoming) for at, incoming in awaited)
    if conversation is None:
        language = awaited[0][1].language
        return ShownConversation(
            conversation_id,
            None,
            "",
            PENDING,
            language,
            waiting,
            is_pending=True,
            may_move=is_national(organisation),
            alarm=_alarm_in(awaited),
        )
    return _shown(organisation, conversation, waiting, awaited)


def _alarm_in(awaited: Sequence[tuple[datetime, Incoming]]) -> str:
    """What was sent and not read in yet may not wait for that."""
    return next(filter(None, (alarm_in(incoming.text) for _, incoming in awaited)), "")


def _shown(
    organisation: Organisation,
    conversation: Conversation,
    waiting: tuple[ShownMessage, ...],
    awaited: Sequence[tuple[datetime, Incoming]],
) -> ShownConversation:
    mark = Satisfaction.objects.filter(organisation_id=organisation.id, conversation=conversation).first()
    choices = tuple(open_choices(conversation)) if is_national(organisation) else ()
    said = tuple(_messages(organisation, conversation))
    return ShownConversation(
        id=conversation.id,
        number=conversation.number,
        subject=without_direction_tricks(conversation.subject),
        status=_lasting(conversation).status,
        language=conversation.language,
        messages=(*(_without_question(said) if choices else said), *waiting),
        is_pending=bool(waiting),
        has_email=bool(email_of(conversation)) and inbox_for(organisation.id, "email") is not None,
        may_be_rated=_may_be_rated(conversation),
        mark=Mark(mark.score, mark.reason) if mark else None,
        moved=_moved(_lasting(conversation)),
        choices=choices,
        may_move=is_national(organisation),
        alarm=conversation.alarm or _alarm_in(awaited),
    )


def _without_question(said: tuple[ShownMessage, ...]) -> tuple[ShownMessage, ...]:
    """Without the last thing that we said by ourselves: the question stands above its buttons already."""
    places = [place for place, each in enumerate(said) if each.is_automatic and not each.is_mine]
    return said[: places[-1]] + said[places[-1] + 1 :] if places else said


def _lasting(conversation: Conversation) -> Conversation:
    """Where the resident's question goes on, if it was merged with another one of the same resident."""
    current = current_of(conversation)
    return current if current.contact_id == conversation.contact_id else conversation


def _awaited(organisation_id: int, conversation_id: UUID) -> Iterator[tuple[datetime, Incoming]]:
    """What was sent for this conversation and not read in yet."""
    rows = Payload.objects.filter(organisation_id=organisation_id, conversation_id=conversation_id)
    waiting = rows.exclude(state=Payload.State.TAKEN_IN).select_related("inbox").order_by("id")
    for payload in waiting:
        try:
            content = CHANNELS[payload.inbox.kind].wire.parse(bytes(payload.body))
        except Unreadable:
            continue
        if isinstance(content, Incoming):
            yield payload.received_at, content


def _shown_awaited(received_at: datetime, incoming: Incoming) -> ShownMessage:
    return ShownMessage(
        id=incoming.external_id,
        is_mine=True,
        is_automatic=False,
        author="",
        sent_at=received_at,
        text=without_direction_tricks(incoming.text),
        attachments=tuple(ShownFile(safe_name(file.name), len(file.content)) for file in incoming.files),
    )


def visible_messages(organisation_id: int, conversation_id: UUID) -> Iterable[Message]:
    """What was said between resident and municipality.

    Not what a colleague wrote down about it, nor an answer that its writer can still take back.
    """
    shown = shown_to_resident(organisation_id, conversation_id)
    rows = Message.objects.filter(shown, organisation_id=organisation_id, hiding=None)
    said = rows.filter(direction__in=(Message.Direction.INCOMING, Message.Direction.OUTGOING))
    between = said.exclude(direction=Message.Direction.INCOMING, author__isnull=False).exclude(
        delivery__state=Delivery.State.WAITING
    )
    return between.select_related("author__person").prefetch_related("attachments").order_by("id")


def _messages(organisation: Organisation, conversation: Conversation) -> Iterator[ShownMessage]:
    page = personal_path(organisation, conversation.id)
    signature = rules_of(organisation.id).signature
    for message in visible_messages(organisation.id, conversation.id):
        is_mine = message.direction == Message.Direction.INCOMING
        author = message.author.person.name if message.author else ""
        yield ShownMessage(
            id=message.external_id if is_mine and message.external_id else str(message.id),
            is_mine=is_mine,
            is_automatic=message.is_automatic,
            author=rules.shown_author(organisation.full_name, signature, author),
            sent_at=message.created_at,
            text=without_direction_tricks(message.text),
            attachments=tuple(_file(page, each) for each in message.attachments.all()),
        )


def _file(page: str, attachment: Attachment) -> ShownFile:
    return ShownFile(attachment.name, attachment.size_bytes, f"{page}bijlage/{attachment.id}/")


def attachment_of(organisation_id: int, conversation_id: UUID, attachment_id: UUID) -> Attachment | None:
    """A file of a message that the resident may see."""
    messages = visible_messages(organisation_id, conversation_id)
    rows = Attachment.objects.filter(organisation_id=organisation_id, id=attachment_id, message__in=messages)
    return rows.select_related("file").first()


def _may_be_rated(conversation: Conversation) -> bool:
    """Closed with an answer; what was passed on is rated where it went."""
    closures = Closure.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, reopened_at=None
    )
    last = closures.order_by("-id").first()
    return conversation.is_closed and last is not None and last.reason == Closure.Reason.ANSWERED


def _moved(conversation: Conversation) -> Moved | None:
    rows = Link.objects.filter(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        kind=Link.Kind.HANDED_OVER_TO,
    )
    link = rows.select_related("other_organisation").order_by("-id").first()
    if link is None:
        return None
    there = link.other_organisation
    url = personal_path(there, link.other_conversation_id)
    return Moved(there.full_name, url, link.arrived_at is not None)

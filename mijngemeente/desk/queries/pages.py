"""One open conversation: what can be done with it, as whom one speaks, and who the resident is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.errors import NoAddress
from mijngemeente.conversations.models import Conversation, ConversationLabel, Label, Message
from mijngemeente.conversations.queries import family_ids, personal_url, way_to
from mijngemeente.organisations.models import Absence, EngagementRules, Member, Organisation
from mijngemeente.organisations.queries import absences_on, members_answering_for, rules_of
from mijngemeente.organisations.requests import MemberRequest

from .. import rules
from ..models import Satisfaction
from .addresses import address_of
from .glances import Glance
from .queues import Due, due_of, priority_words, status_words
from .related import Earlier, Linked, Merged, earlier_of, gone_to, linked_with, merged_with
from .timelines import timeline_of


@dataclass(frozen=True)
class Links:
    """Where each deed is posted; each carries the list one came from."""

    thread: str
    read: str
    presence: str
    reply: str
    note: str
    draft: str
    answers: str
    assign: str
    status: str
    snooze: str
    prioritise: str
    follow: str
    reminders: str
    ask: str
    names: str
    topic: str
    kind: str
    label: str
    close: str
    reopen: str
    hand_over: str
    merge: str
    split: str
    link: str
    block: str
    hide: str
    first_answer: str
    answer_likewise: str
    refer: str
    #: The conversation itself, and the list one came from.
    conversation: str
    back: str


def links_of(slug: str, conversation_id: UUID, query: str) -> Links:
    """The addresses under one conversation."""
    names = [each.name for each in fields(Links) if each.name != "back"]
    found = {name: f"{address_of(name, slug, conversation_id)}?{query}" for name in names}
    return Links(**found, back=f"{reverse('desk:desk')}?{query}")


@dataclass(frozen=True)
class Option:
    """One of a list to choose from."""

    value: str
    name: str
    is_on: bool
    group: str = ""


@dataclass(frozen=True)
class Head:
    """Above the messages: who, where, about what, how it stands."""

    id: UUID
    number: int
    who: str
    subject: str
    place: str
    #: Which other team has it, and why; empty for the own team.
    covered: str
    topic: str
    kind: str
    channel_icon: str
    channel_name: str
    status: str
    status_text: str
    #: As a badge; empty when it is ordinary.
    priority: str
    is_closed: bool
    assignee: Member | None
    due: Due | None
    labels: list[str]
    list_url: str
    #: Where it goes on, for a screen that stood open while it was merged.
    merged: Merged | None


def head_of(
    conversation: Conversation, organisation: Organisation, glance: Glance, *, now: datetime, query: str
) -> Head:
    """The head of the conversation."""
    channel = CHANNELS.get(conversation.channel)
    return Head(
        id=conversation.id,
        number=conversation.number,
        who=str(conversation.contact),
        subject=conversation.subject,
        place=organisation.full_name,
        covered=_covered(conversation),
        topic=str(conversation.topic or ""),
        kind=conversation.get_kind_display(),
        channel_icon=channel.icon if channel else "envelope",
        channel_name=channel.name if channel else conversation.channel,
        status=conversation.status,
        status_text=status_words(conversation, now),
        priority=priority_words(conversation),
        is_closed=conversation.is_closed,
        assignee=conversation.assignee,
        due=due_of(conversation, now),
        labels=_labels_on(conversation) if glance.has_labels else [],
        list_url=f"{reverse('desk:desk')}?{query}",
        merged=gone_to(conversation, organisation.slug, query),
    )


def _covered(conversation: Conversation) -> str:
    if conversation.covered_by_id == conversation.organisation_id:
        return ""
    because = conversation.get_covered_because_display()
    return f"{because}: {conversation.covered_by.name}" if because else conversation.covered_by.name


def _labels_on(conversation: Conversation) -> list[str]:
    return [each.label.name for each in conversation.labellings.select_related("label")]


@dataclass(frozen=True)
class Choices:
    """What can be chosen for a conversation."""

    members: list[Option]
    kinds: list[Option]
    statuses: list[Option]
    moments: list[rules.Preset]
    priorities: list[Option]
    is_followed: bool
    labels: list[Option]


_CHOOSABLE = [
    Conversation.Status.OPEN,
    Conversation.Status.WAITING_RESIDENT,
    Conversation.Status.WAITING_DEPARTMENT,
]


def choices_of(conversation: Conversation, by: Member, *, is_followed: bool) -> Choices:
    """The people, topics, kinds, states and labels to choose from."""
    return Choices(
        members=_member_options(conversation, by),
        kinds=[Option(each.value, each.label, each == conversation.kind) for each in Conversation.Kind],
        statuses=[Option(each.value, each.label, each == conversation.status) for each in _CHOOSABLE],
        moments=rules.presets(timezone.now()),
        priorities=[
            Option(str(each.value), each.label, each == conversation.priority)
            for each in Conversation.Priority
        ],
        is_followed=is_followed,
        labels=_label_options(conversation),
    )


def _member_options(conversation: Conversation, by: Member) -> list[Option]:
    members = _first(by, members_answering_for(conversation.organisation_id))
    away = absences_on((each.person_id for each in members), timezone.localdate())
    return [
        Option(str(each.id), _name_for(each, conversation, by, away), each.id == conversation.assignee_id)
        for each in members
    ]


def _name_for(member: Member, conversation: Conversation, by: Member, away: Mapping[UUID, Absence]) -> str:
    """As the reader sees a colleague: who works elsewhere or is away is told so."""
    name = "Ikzelf" if member == by else member.name_at(conversation.organisation_id)
    absence = away.get(member.person_id)
    return f"{name} (afwezig tot en met {absence.ends_on:%-d-%-m})" if absence else name


def _first(by: Member, members: Iterable[Member]) -> list[Member]:
    return sorted(members, key=lambda each: each != by)


def _label_options(conversation: Conversation) -> list[Option]:
    on = ConversationLabel.objects.filter(conversation=conversation, label=OuterRef("id"))
    labels = Label.objects.filter(organisation_id=conversation.organisation_id)
    return [Option(str(each.id), each.name, each.is_on) for each in labels.annotate(is_on=Exists(on))]


@dataclass(frozen=True)
class AsWhom:
    """In whose name one writes, to whom and how."""

    name: str
    #: je or u
    addresses: str
    channel_name: str
    #: Address it goes to; empty when the personal page is the way.
    to: str
    limit_characters: int
    limit_bytes: int
    #: The letter before anything is written, and where the writing starts.
    opening: str
    caret: int
    #: As the writer would sign.
    signature: str


def as_whom(
    conversation: Conversation,
    organisation: Organisation,
    by: Member,
    engagement: EngagementRules | None = None,
) -> AsWhom | None:
    """How an answer leaves; None if there is no way to reach the resident.

    `engagement` is for who has read the rules of the organisation already.
    """
    try:
        inbox, address = way_to(conversation)
    except NoAddress:
        return None
    channel = CHANNELS[inbox.kind]
    engagement = engagement or rules_of(organisation.id)
    is_letter = inbox.kind == "email" or not _has_answer(conversation)
    letterhead = _letterhead(conversation, by, engagement, organisation)
    opening, caret = rules.opening_of(letterhead) if is_letter else ("", 0)
    return AsWhom(
        name=organisation.full_name,
        addresses=engagement.form_of_address,
        channel_name=channel.name,
        to=address,
        limit_characters=channel.wire.limits.text_characters,
        limit_bytes=channel.wire.limits.total_bytes,
        opening=opening,
        caret=caret,
        signature=letterhead.signed,
    )


def _has_answer(conversation: Conversation) -> bool:
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=family_ids(conversation)
    )
    return rows.filter(direction=Message.Direction.OUTGOING, is_automatic=False).exists()


def _letterhead(
    conversation: Conversation, by: Member, engagement: EngagementRules, organisation: Organisation
) -> rules.Letterhead:
    return rules.Letterhead(
        salutation=engagement.salutation,
        signature=engagement.signature,
        resident=conversation.contact.name,
        agent=by.person.name,
        organisation=organisation.full_name,
    )


@dataclass(frozen=True)
class Side:
    """Beside the messages."""

    engagement: EngagementRules
    rules_of: str
    #: As the reader would sign.
    signature: str
    contact: str
    #: Everything we know of the resident.
    contact_url: str
    addresses: list[str]
    earlier: list[Earlier]
    linked: list[Linked]
    merged: list[Merged]
    survey: Satisfaction | None
    personal_url: str
    events: list[rules.Line]


def side_of(
    conversation: Conversation,
    request: MemberRequest,
    glance: Glance,
    *,
    engagement: EngagementRules,
    query: str,
) -> Side:
    """Who this is, how to speak, and what else is known."""
    organisation = request.organisation
    return Side(
        engagement=engagement,
        rules_of=organisation.full_name,
        signature=_letterhead(conversation, request.member, engagement, organisation).signed,
        contact=str(conversation.contact),
        contact_url=_resident_url(conversation, organisation.slug),
        addresses=list(
            conversation.contact.addresses.order_by("kind", "value").values_list("value", flat=True)
        ),
        earlier=earlier_of(conversation, organisation.slug, query),
        linked=linked_with(conversation, request, query) if glance.has_links else [],
        merged=merged_with(conversation, organisation.slug, query) if glance.has_merged else [],
        survey=_survey_of(conversation) if glance.has_survey else None,
        personal_url=personal_url(conversation, organisation.slug),
        events=timeline_of(conversation),
    )


def _survey_of(conversation: Conversation) -> Satisfaction | None:
    rows = Satisfaction.objects.filter(organisation_id=conversation.organisation_id)
    return rows.filter(conversation=conversation).first()


def _resident_url(conversation: Conversation, slug: str) -> str:
    url = reverse("desk:resident", args=[slug, conversation.contact_id])
    return f"{url}?gesprek={conversation.id}"

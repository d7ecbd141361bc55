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
from mijngemeente.conversations.models import Conversation, ConversationLabel, Label, Link, Message
from mijngemeente.conversations.queries import current_of, family_ids, personal_url, way_to
from mijngemeente.organisations.models import Absence, EngagementRules, Member, Organisation
from mijngemeente.organisations.queries import absences_on, members_answering_for, rules_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.reference.queries import topics

from .. import rules
from ..models import Satisfaction
from .notifications import is_followed
from .queues import Due, due_of, priority_words, status_words, url_of

EARLIER = 5


@dataclass(frozen=True)
class Links:
    """Where each deed is posted; each carries the list one came from."""

    thread: str
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
    refer: str
    #: The conversation itself, and the list one came from.
    conversation: str
    back: str


def links_of(slug: str, conversation_id: UUID, query: str) -> Links:
    """The addresses under one conversation."""
    names = [each.name for each in fields(Links) if each.name != "back"]
    found = {name: f"{reverse(f'desk:{name}', args=[slug, conversation_id])}?{query}" for name in names}
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
    merged: "Merged | None"


def head_of(conversation: Conversation, organisation: Organisation, *, now: datetime, query: str) -> Head:
    """The head of the conversation."""
    channel = CHANNELS.get(conversation.channel)
    return Head(
        id=conversation.id,
        number=conversation.number,
        who=str(conversation.contact),
        subject=conversation.subject,
        place=organisation.full_name,
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
        labels=[each.label.name for each in conversation.labellings.select_related("label")],
        list_url=f"{reverse('desk:desk')}?{query}",
        merged=_gone_to(conversation, organisation.slug, query),
    )


@dataclass(frozen=True)
class Merged:
    """A conversation that was merged with this one."""

    number: int
    who: str
    url: str
    #: Where it is taken out again.
    unmerge_url: str


def _gone_to(conversation: Conversation, slug: str, query: str) -> Merged | None:
    return _merged(current_of(conversation), slug, query) if conversation.merged_into else None


def _merged(conversation: Conversation, slug: str, query: str) -> Merged:
    return Merged(
        conversation.number,
        str(conversation.contact),
        f"{url_of(slug, conversation.id)}?{query}",
        f"{reverse('desk:unmerge', args=[slug, conversation.id])}?{query}",
    )


@dataclass(frozen=True)
class Choices:
    """What can be chosen for a conversation."""

    members: list[Option]
    topics: list[Option]
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


def choices_of(conversation: Conversation, by: Member) -> Choices:
    """The people, topics, kinds, states and labels to choose from."""
    return Choices(
        members=_member_options(conversation, by),
        topics=[
            Option(each.slug, each.label, each.slug == conversation.topic_id, each.group) for each in topics()
        ],
        kinds=[Option(each.value, each.label, each == conversation.kind) for each in Conversation.Kind],
        statuses=[Option(each.value, each.label, each == conversation.status) for each in _CHOOSABLE],
        moments=rules.presets(timezone.now()),
        priorities=[
            Option(str(each.value), each.label, each == conversation.priority)
            for each in Conversation.Priority
        ],
        is_followed=is_followed(conversation, by),
        labels=_label_options(conversation),
    )


def _member_options(conversation: Conversation, by: Member) -> list[Option]:
    members = _first(by, members_answering_for(conversation.organisation_id))
    away = absences_on((each.person_id for each in members), timezone.localdate())
    return [
        Option(str(each.id), _name_for(each, by, away), each.id == conversation.assignee_id)
        for each in members
    ]


def _name_for(member: Member, by: Member, away: Mapping[UUID, Absence]) -> str:
    """As the reader sees a colleague: whoever is away is told so."""
    name = "Ikzelf" if member == by else str(member)
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


def as_whom(conversation: Conversation, organisation: Organisation, by: Member) -> AsWhom | None:
    """How an answer leaves; None if there is no way to reach the resident."""
    try:
        inbox, address = way_to(conversation)
    except NoAddress:
        return None
    channel = CHANNELS[inbox.kind]
    engagement = rules_of(organisation.id)
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
class Earlier:
    """Another conversation of the same resident."""

    number: int
    subject: str
    url: str
    status_text: str
    at: datetime


@dataclass(frozen=True)
class Linked:
    """A conversation that belongs with this one, perhaps elsewhere."""

    number: str
    place: str
    why: str
    #: Empty when the reader does not cover that organisation.
    url: str
    #: Where the link is taken away; empty when it tells where a question went or came from.
    unlink_url: str


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


def side_of(conversation: Conversation, request: MemberRequest, events: list[rules.Line], query: str) -> Side:
    """Who this is, how to speak, and what else is known."""
    organisation = request.organisation
    engagement = rules_of(organisation.id)
    return Side(
        engagement=engagement,
        rules_of=organisation.full_name,
        signature=_letterhead(conversation, request.member, engagement, organisation).signed,
        contact=str(conversation.contact),
        contact_url=_resident_url(conversation, organisation.slug),
        addresses=[each.value for each in conversation.contact.addresses.order_by("kind", "value")],
        earlier=_earlier(conversation, organisation.slug, query),
        linked=_linked(conversation, request, query),
        merged=[_merged(each, organisation.slug, query) for each in _went_up_in(conversation)],
        survey=Satisfaction.objects.filter(
            organisation_id=organisation.id, conversation=conversation
        ).first(),
        personal_url=personal_url(conversation, organisation.slug),
        events=events,
    )


def _resident_url(conversation: Conversation, slug: str) -> str:
    url = reverse("desk:resident", args=[slug, conversation.contact_id])
    return f"{url}?gesprek={conversation.id}"


def _earlier(conversation: Conversation, slug: str, query: str) -> list[Earlier]:
    rows = Conversation.objects.filter(
        organisation_id=conversation.organisation_id, contact=conversation.contact_id
    )
    others = rows.exclude(id=conversation.id).select_related("topic").order_by("-last_message_at")
    return [
        Earlier(
            each.number,
            each.subject or str(each.topic or each.excerpt),
            f"{url_of(slug, each.id)}?{query}",
            each.get_status_display(),
            each.last_message_at,
        )
        for each in others[:EARLIER]
    ]


def _went_up_in(conversation: Conversation) -> Iterable[Conversation]:
    rows = Conversation.objects.filter(organisation_id=conversation.organisation_id, merged_into=conversation)
    return rows.select_related("contact").order_by("merged_at")


def _linked(conversation: Conversation, request: MemberRequest, query: str) -> list[Linked]:
    links = list(conversation.links.select_related("other_organisation").order_by("made_at"))
    here = {each.other_conversation_id for each in links}
    numbers = dict(
        Conversation.objects.filter(organisation_id=conversation.organisation_id, id__in=here).values_list(
            "id", "number"
        )
    )
    return [_shown_link(each, request, numbers, query) for each in links]


def _shown_link(link: Link, request: MemberRequest, numbers: Mapping[UUID, int], query: str) -> Linked:
    other = link.other_organisation
    covered = request.coverage.get(other.id)
    is_ours = link.kind == Link.Kind.RELATED
    place = [request.organisation.slug, link.conversation_id, link.id]
    may_read = other.is_active and covered is not None and Right.READ in covered.rights
    number = numbers.get(link.other_conversation_id)
    return Linked(
        number=f"gesprek {number}" if number else "ander gesprek",
        place=other.full_name,
        why=link.get_kind_display(),
        url=f"{url_of(other.slug, link.other_conversation_id)}?{query}" if may_read else "",
        unlink_url=f"{reverse('desk:unlink', args=place)}?{query}" if is_ours else "",
    )

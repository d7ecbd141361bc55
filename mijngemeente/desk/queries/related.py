"""Other conversations that one open conversation belongs with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from mijngemeente.conversations.models import Conversation, Link
from mijngemeente.conversations.queries import current_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.organisations.rules import Right

from .queues import url_of

EARLIER = 5


@dataclass(frozen=True)
class Merged:
    """A conversation that was merged with this one."""

    number: int
    who: str
    url: str
    #: Where it is taken out again.
    unmerge_url: str


def gone_to(conversation: Conversation, slug: str, query: str) -> Merged | None:
    """Where the conversation goes on, if it was merged."""
    return _merged(current_of(conversation), slug, query) if conversation.merged_into else None


def _merged(conversation: Conversation, slug: str, query: str) -> Merged:
    return Merged(
        conversation.number,
        str(conversation.contact),
        f"{url_of(slug, conversation.id)}?{query}",
        f"{reverse('desk:unmerge', args=[slug, conversation.id])}?{query}",
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


def earlier_of(conversation: Conversation, slug: str, query: str) -> list[Earlier]:
    """The resident's other conversations, the newest first."""
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


def merged_with(conversation: Conversation, slug: str, query: str) -> list[Merged]:
    """What went up in it, in that order."""
    return [_merged(each, slug, query) for each in _went_up_in(conversation)]


def _went_up_in(conversation: Conversation) -> Iterable[Conversation]:
    rows = Conversation.objects.filter(organisation_id=conversation.organisation_id, merged_into=conversation)
    return rows.select_related("contact").order_by("merged_at")


def linked_with(conversation: Conversation, request: MemberRequest, query: str) -> list[Linked]:
    """What it was linked with, in that order."""
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

"""What is known of a formal message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from mijngemeente.conversations.models import Conversation, Designation
from mijngemeente.organisations.queries import rules_of

from .. import rules
from .threads import Thread

KINDS = dict(Conversation.FormalKind.choices)


def designation_of(organisation_id: int, kind: str) -> Designation | None:
    """Where the organisation wants this kind of formal message."""
    return Designation.objects.filter(organisation_id=organisation_id, kind=kind).first()


def way_of(designation: Designation | None) -> rules.Way:
    """The designated way in plain words; unknown if nobody filled it in."""
    if designation is None:
        return rules.Way()
    return rules.Way(designation.url, designation.email, designation.post, designation.terms)


def arrival_of(conversation: Conversation, kind: str) -> rules.Arrival:
    """What the receipt tells."""
    return rules.Arrival(
        kind=kind,
        number=conversation.number,
        received_at=timezone.localtime(conversation.created_at),
        organisation=conversation.organisation.full_name,
        addressed_as=rules_of(conversation.organisation_id).form_of_address,
    )


@dataclass(frozen=True)
class ShownFormal:
    """What the desk tells about a formal message, or about what looks like one."""

    kind: str
    #: As a person reads it: "bezwaar".
    name: str
    is_marked: bool
    receipt_at: datetime | None
    way: rules.Way


def formal_of(conversation: Conversation, thread: Thread) -> ShownFormal | None:
    """What a person said it is, or else what it looks like while nobody chose a kind."""
    marked = conversation.formal_kind
    kind = marked or ("" if conversation.kind or conversation.is_closed else _suggested(conversation, thread))
    if not kind:
        return None
    designation = designation_of(conversation.organisation_id, kind)
    return ShownFormal(
        kind, str(KINDS[kind]), bool(marked), conversation.formal_receipt_at, way_of(designation)
    )


def _suggested(conversation: Conversation, thread: Thread) -> str:
    texts: Iterable[str] = (
        each.message.text for each in thread.entries if each.message and each.message.kind == "resident"
    )
    found = (rules.suggested_formal(conversation.subject, text) for text in texts)
    return next(filter(None, found), "")

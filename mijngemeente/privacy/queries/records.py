"""What was erased, and what erasing would take along."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mijngemeente.conversations.models import Conversation, Message

from ..models import Erasure, RetentionRun
from ..register import REGISTER
from .traces import Traces, files_of

SHOWN = 50


@dataclass(frozen=True)
class Facts:
    """How much would go."""

    conversations: int
    open: int
    messages: int
    files: int


def facts_of(traces: Traces) -> Facts:
    """How much hangs on these traces."""
    rows = Conversation.objects.filter(organisation_id=traces.organisation_id, id__in=traces.conversations)
    said = Message.objects.filter(organisation_id=traces.organisation_id, id__in=traces.messages)
    return Facts(rows.count(), rows.open().count(), said.count(), len(files_of(traces)))


def counted(erasure: Erasure) -> list[tuple[str, int]]:
    """What was touched, as a person reads it, most first."""
    names = {each.table: each.what for each in REGISTER}
    found = [(names.get(table, table), count) for table, count in erasure.counts.items()]
    return sorted(found, key=lambda each: -each[1])


def erasures_of(organisation_id: int) -> QuerySet[Erasure]:
    """What was asked to be erased, newest first."""
    rows = Erasure.objects.filter(organisation_id=organisation_id)
    return rows.select_related("by__person").order_by("-asked_at")


def runs_of(organisation_id: int) -> QuerySet[RetentionRun]:
    """The last nights."""
    return RetentionRun.objects.filter(organisation_id=organisation_id).order_by("-id")[:SHOWN]

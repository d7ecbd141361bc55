"""What became of everything that came in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BinaryField, F, Func, Q, QuerySet

from mijngemeente.channels.contract import Direction
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Delivery
from mijngemeente.organisations.models import InboxAddress, InboxHealth, Organisation
from mijngemeente.platform import files
from mijngemeente.platform.audit import AuditLine

from ..models import Payload

# Queue and channel take seconds; what waits longer deserves a look.
NORMAL_WAIT = timedelta(minutes=5)
# A page of what got stuck; more at once have one cause.
STUCK_SHOWN = 200
LINES_SHOWN = 20


def same_payload(payload: Payload) -> Payload:
    """The one we had already, of the same bytes in the same inbox."""
    same = Payload.objects.filter(organisation_id=payload.organisation_id, inbox=payload.inbox_id)
    return same.get(digest=payload.digest)


@dataclass(frozen=True)
class Health:
    """How an inbox does, both ways; None where nothing happened yet."""

    incoming: InboxHealth | None = None
    outgoing: InboxHealth | None = None

    @property
    def failing(self) -> tuple[InboxHealth, ...]:
        """The ways in which it does not work."""
        both = (self.incoming, self.outgoing)
        return tuple(each for each in both if each and each.failing_since)


def inboxes_with_health(organisation: Organisation) -> list[tuple[InboxAddress, Health]]:
    """Every inbox of the organisation, stopped ones last, with how it does."""
    rows = InboxAddress.objects.filter(organisation=organisation).order_by("-is_active", "kind", "address")
    known = {
        (each.inbox_id, each.direction): each
        for each in InboxHealth.objects.filter(organisation=organisation)
    }
    ways = InboxHealth.Direction
    return [
        (inbox, Health(known.get((inbox.id, ways.INCOMING)), known.get((inbox.id, ways.OUTGOING))))
        for inbox in rows
    ]


def stuck_deliveries(organisation: Organisation, now: datetime) -> list[Delivery]:
    """Failed, uncertain, or waiting longer than normal; the oldest first, without what was written."""
    unsent = (Delivery.State.QUEUED, Delivery.State.WAITING)
    waits = Q(state__in=unsent, message__created_at__lt=now - NORMAL_WAIT)
    ended = Q(state__in=[Delivery.State.FAILED, Delivery.State.UNCERTAIN])
    rows = Delivery.objects.filter(waits | ended, organisation=organisation)
    wanted = rows.select_related("message__conversation", "inbox").only(
        "state",
        "problem",
        "attempts",
        "organisation",
        "inbox__kind",
        "message__created_at",
        "message__conversation__number",
    )
    return list(wanted.order_by("id")[:STUCK_SHOWN])


def waiting_count(organisation: Organisation) -> int:
    """Messages on their way out."""
    under_way = (Delivery.State.WAITING, Delivery.State.QUEUED, Delivery.State.SENDING)
    return Delivery.objects.filter(organisation=organisation, state__in=under_way).count()


def payloads_without_message(organisation: Organisation) -> QuerySet[Payload]:
    """What did not become a message, without the bytes."""
    rows = Payload.objects.filter(organisation=organisation).exclude(state=Payload.State.TAKEN_IN)
    return rows.select_related("inbox").defer("body")


def unfinished_payloads(organisation: Organisation, now: datetime) -> QuerySet[Payload]:
    """Unreadable, or waiting longer than normal; the newest first."""
    waits = Q(state=Payload.State.KEPT, received_at__lt=now - NORMAL_WAIT)
    rows = payloads_without_message(organisation).filter(waits | Q(state=Payload.State.UNREADABLE))
    return rows.order_by("-received_at", "-id")


def body_of(payload: Payload) -> bytes:
    """All the bytes; what the row does not have yet is read in pieces."""
    have = bytes(payload.body if payload.first_piece is None else payload.first_piece)
    rest = files.pieces_of(payload, "body", payload.size_bytes, after=len(have))
    return b"".join([have, *rest])


def start_of(payload: Payload, limit_bytes: int) -> bytes:
    """The first bytes of the body, cut by the database so that 40 MB never travels for a look."""
    start = Func(F("body"), 1, limit_bytes, function="substr", output_field=BinaryField())
    rows = Payload.objects.filter(organisation_id=payload.organisation_id, id=payload.id)
    return bytes(rows.annotate(start=start).values_list("start", flat=True).get())


def administration_lines(organisation: Organisation) -> list[AuditLine]:
    """What administrators did lately; nothing about conversations, nor who looked at which resident."""
    rows = AuditLine.objects.filter(organisation=organisation, conversation_id__isnull=True)
    rows = rows.exclude(verb__startswith="contact.")
    return list(rows.select_related("member__person").order_by("-id")[:LINES_SHOWN])


def pulled_inboxes() -> list[InboxAddress]:
    """Every account that we fetch from ourselves."""
    kinds = [kind for kind, channel in CHANNELS.items() if channel.wire.direction == Direction.PULLED]
    rows = InboxAddress.objects.filter(kind__in=kinds, is_active=True, organisation__is_active=True)
    return list(rows)


def position_of(inbox: InboxAddress) -> str:
    """Where reading of a pulled inbox stopped; empty at the beginning. Inside the owner's unit."""
    rows = InboxHealth.objects.filter(
        organisation_id=inbox.organisation_id, inbox=inbox, direction=InboxHealth.Direction.INCOMING
    )
    return rows.values_list("position", flat=True).first() or ""

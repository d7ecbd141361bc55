"""Whose it is, how it stands, and what it is about."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from mijngemeente.organisations.errors import NotCovered
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Right
from mijngemeente.organisations.rules.covering import Because
from mijngemeente.platform import audit, live, rows
from mijngemeente.platform.tenancy import parts
from mijngemeente.reference.models import Topic

from .. import queries
from ..errors import MergedElsewhere
from ..models import (
    Closure,
    Conversation,
    ConversationLabel,
    ConversationQuerySet,
    Correction,
    Label,
    Notification,
)
from .clocks import keep_clock, minutes_shut
from .notifications import notify
from .readings import correct

#: What opening again writes.
STATE_FIELDS = ["status", "waiting_since", "snoozed_until", "closed_at", "reopened_at"]


def view(*, conversation: Conversation, by: Member) -> None:
    """Write down that somebody opened the conversation (promise P4: every detail view is logged)."""
    audit.record("conversation.viewed", conversation, by=by)


def assign(*, conversation: Conversation, to: Member, by: Member | None, rule_id: UUID | None = None) -> bool:
    """Give the conversation to one member; True if that changed anything. Without `by` that rule did.

    Raises NotCovered if `to` may not answer for this organisation.
    """
    covered = coverage_of(to.person).get(conversation.organisation_id)
    if covered is None or Right.REPLY not in covered.rights:
        raise NotCovered
    is_lent = not covered.reaches(conversation.covered_by_id)
    if is_lent and conversation.organisation_id in parts():
        # Who reaches a part themselves lends nothing on.
        raise NotCovered
    with transaction.atomic():
        moved = _same(conversation).exclude(assignee=to).update(assignee=to) == 1
        if moved and is_lent:
            # Who is given one sees it, also when their team reaches only what it has.
            cover(conversation=conversation, by_team=to.organisation_id, because=Because.LENT)
        if moved:
            line = audit.line("conversation.assigned", conversation, by=by, to=to.id, rule=rule_id or "")
            rows.add(line)
            notify(conversation=conversation, to=to, kind=Notification.Kind.ASSIGNED, about=line.id, by=by)
            live.publish(conversation)
    return moved


def release(*, conversation: Conversation, by: Member) -> bool:
    """Make the conversation nobody's; True if that changed anything."""
    with transaction.atomic():
        moved = _same(conversation).exclude(assignee=None).update(assignee=None) == 1
        # What was lent to one person goes home again.
        _same(conversation).filter(covered_because=Because.LENT).update(covers_until=timezone.now())
        if moved:
            audit.record("conversation.released", conversation, by=by)
            live.publish(conversation)
    return moved


def cover(
    *,
    conversation: Conversation,
    by_team: int,
    because: Because | None,
    until: datetime | None = None,
    rule_id: UUID | None = None,
) -> bool:
    """Let this team answer until then, or until something else changes; True if another one did.

    Without `because` it is the organisation's own team. Changes the given row as well.
    """
    wanted = (by_team, because or "", until)
    if (conversation.covered_by_id, conversation.covered_because, conversation.covers_until) == wanted:
        return False
    conversation.covered_by_id, conversation.covered_because, conversation.covers_until = wanted
    with transaction.atomic():
        moved = _same(conversation).exclude(covered_by=by_team).update(covered_by=by_team) == 1
        _same(conversation).update(covered_because=because or "", covers_until=until)
        if moved:
            why = because or ""
            audit.record("conversation.covered", conversation, to=by_team, because=why, rule=rule_id or "")
            keep_clock(conversation)
            live.publish(conversation)
    return moved


def hold_cover(*, conversation: Conversation, until: datetime) -> None:
    """Somebody works on it: it stays where it is until then, if it was to move before."""
    _same(conversation).filter(covers_until__lt=until).update(covers_until=until)


def look_again(*, organisation_id: int) -> int:
    """Have everything open of an organisation asked anew who covers it; returns how many that are."""
    rows = Conversation.objects.open().filter(organisation_id=organisation_id)
    return rows.update(covers_until=timezone.now())


def change_status(*, conversation: Conversation, status: str, by: Member) -> bool:
    """Open, or waiting for the resident or a department; closing is `close`, and what is closed stays so.

    The clock stops while the resident has the turn.
    """
    still = Coalesce("waiting_since", Value(timezone.now()))
    waiting = None if status == Conversation.Status.WAITING_RESIDENT else still
    others = _same(conversation).open().exclude(status=status)
    return _change(
        others,
        conversation,
        "conversation.status_changed",
        by,
        status=status,
        waiting_since=waiting,
        snoozed_until=None,
    )


def change_topic(*, conversation: Conversation, topic: Topic | None, by: Member) -> bool:
    """Say what the conversation is about."""
    slug = topic.pk if topic else None
    others = _same(conversation).exclude(topic_id=slug)
    what = Correction.What.TOPIC
    return _change(
        others, conversation, "conversation.topic_changed", by, what, topic_id=slug, **_who_covers()
    )


def change_kind(*, conversation: Conversation, kind: str, by: Member) -> bool:
    """Say what sort of message it is."""
    others = _same(conversation).exclude(kind=kind)
    what = Correction.What.KIND
    return _change(others, conversation, "conversation.kind_changed", by, what, kind=kind, **_who_covers())


def prioritise(*, conversation: Conversation, priority: int, by: Member) -> bool:
    """Say how much haste there is; with less than the most, nobody is in danger any more."""
    calm = {} if priority == Conversation.Priority.URGENT else {"alarm": ""}
    others, what = _same(conversation).exclude(priority=priority), Correction.What.URGENCY
    return _change(others, conversation, "conversation.prioritised", by, what, priority=priority, **calm)


def _who_covers() -> dict[str, object]:
    """It may be for another team now."""
    return {"covers_until": timezone.now()}


def _change(
    others: ConversationQuerySet,
    conversation: Conversation,
    verb: str,
    by: Member,
    what: str = "",
    **values: object,
) -> bool:
    """Set the values in `others`: the conversation, if they differ there. The timeline tells the first.

    `what` names what was perhaps read otherwise by itself.
    """
    value = next(iter(values.values()))
    with transaction.atomic():
        changed = others.update(**values) == 1
        if changed:
            if what:
                correct(conversation=conversation, what=what, became=value, by=by)
            keep_clock(conversation)
            audit.record(verb, conversation, by=by, to=value)
            live.publish(conversation)
    return changed


def close(*, conversation: Conversation, by: Member | None, reason: str, explanation: str = "") -> bool:
    """Close the conversation; False if it already was."""
    shut = {
        "status": Conversation.Status.CLOSED,
        "waiting_since": None,
        "snoozed_until": None,
        "closed_at": timezone.now(),
    }
    with transaction.atomic():
        closed = _same(conversation).open().update(**shut) == 1
        if closed:
            Closure.objects.create(
                organisation_id=conversation.organisation_id,
                conversation=conversation,
                by=by,
                reason=reason,
                explanation=explanation,
            )
            keep_clock(conversation)
            audit.record("conversation.closed", conversation, by=by, reason=reason)
            live.publish(conversation)
    return closed


def reopen(*, conversation: Conversation, by: Member) -> bool:
    """Open a closed conversation again; False if it was open. Raises MergedElsewhere."""
    refuse_merged(conversation)
    now = timezone.now()
    again = {"status": Conversation.Status.OPEN, "closed_at": None}
    with transaction.atomic():
        closed = _same(conversation).closed().select_for_update(of=("self",)).first()
        if closed is not None:
            _same(conversation).update(**again, **_turn_of(closed, now))
            _end_closure(conversation, now)
            keep_clock(conversation)
            audit.record("conversation.reopened", conversation, by=by)
            live.publish(conversation)
    return closed is not None


def _turn_of(closed: Conversation, at: datetime) -> dict[str, object]:
    """Since when the resident waits. What nobody answered is not begun anew: what was too late stays so."""
    asked = queries.first_unanswered(closed)
    if asked is None or closed.closed_at is None:
        return {"waiting_since": at, "reopened_at": at, "paused_minutes": 0, "turn_paused_minutes": 0}
    shut = minutes_shut(closed, at)
    return {
        "waiting_since": asked.created_at,
        "paused_minutes": closed.paused_minutes + shut,
        "turn_paused_minutes": closed.turn_paused_minutes + shut,
    }


def refuse_merged(conversation: Conversation) -> None:
    """Raises MergedElsewhere if the conversation went up in another one, perhaps just now."""
    for each in _same(conversation).filter(merged_into__isnull=False):
        raise MergedElsewhere(each.number, queries.current_of(each).number)


def take_apart(*, conversation: Conversation, by: Member) -> None:
    """What was closed by merging is open again, with the turn at whoever has it."""
    merged = Closure.objects.filter(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        reason=Closure.Reason.MERGED,
        reopened_at=None,
    )
    if merged.exists() and reopen(conversation=conversation, by=by):
        asked = queries.first_unanswered(conversation)
        if asked is None:
            change_status(conversation=conversation, status=Conversation.Status.WAITING_RESIDENT, by=by)
        else:
            _same(conversation).update(waiting_since=asked.created_at)
            keep_clock(conversation)


def reopen_for_resident(conversation: Conversation, *, at: datetime) -> None:
    """The resident wrote: the turn is ours again. Changes the given row; the caller saves it."""
    if conversation.is_closed:
        _end_closure(conversation, at)
        audit.record("conversation.reopened", conversation)
        conversation.reopened_at, conversation.paused_minutes = at, 0
        conversation.turn_paused_minutes = 0
    conversation.status = Conversation.Status.OPEN
    conversation.closed_at = conversation.snoozed_until = None
    conversation.waiting_since = conversation.waiting_since or at


def _end_closure(conversation: Conversation, at: datetime) -> None:
    Closure.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, reopened_at=None
    ).update(reopened_at=at)


def label(*, conversation: Conversation, name: str, by: Member) -> bool:
    """Put a label on the conversation, making the label if need be; True if that changed anything."""
    organisation_id = conversation.organisation_id
    with transaction.atomic():
        rows.add_once(Label(organisation_id=organisation_id, name=name))
        words = Label.objects.annotate(lower=Lower("name"))
        word = words.get(organisation_id=organisation_id, lower=Lower(Value(name)))
        is_new = rows.add_once(
            ConversationLabel(organisation_id=organisation_id, conversation=conversation, label=word)
        )
        if is_new:
            audit.record("conversation.labelled", conversation, by=by, label=word.id)
            live.publish(conversation)
    return is_new


def unlabel(*, conversation: Conversation, label: Label, by: Member) -> bool:
    """Take a label off; True if it was on."""
    labelled = ConversationLabel.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, label=label
    )
    with transaction.atomic():
        removed, _ = labelled.delete()
        if removed:
            audit.record("conversation.unlabelled", conversation, by=by, label=label.id)
            live.publish(conversation)
    return bool(removed)


def _same(conversation: Conversation) -> ConversationQuerySet:
    return Conversation.objects.filter(organisation_id=conversation.organisation_id, id=conversation.id)

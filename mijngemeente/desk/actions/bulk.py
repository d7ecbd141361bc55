"""Deeds on many conversations at once, and undoing them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.actions.restoring import locked, restore, state_of
from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.organisations.models import Member
from mijngemeente.platform import jobs
from mijngemeente.platform.errors import Refused
from mijngemeente.reference.models import Topic

from ..models import BulkAct, BulkChange
from ..rules.bulk import Deed, Verb

State = BulkChange.State
#: Whoever wants an act undone later than this does it one by one.
RECORD_AGE = timedelta(days=30)


def begin_bulk(*, batch: UUID, by: Member, organisation_id: int, deed: Deed, ids: Iterable[UUID]) -> BulkAct:
    """Write down what is going to be done; asking again for the same batch changes nothing."""
    act, is_new = BulkAct.objects.get_or_create(
        organisation_id=organisation_id,
        batch=batch,
        defaults={"by": by, "verb": deed.verb, "value": deed.value, "explanation": deed.explanation},
    )
    if is_new:
        BulkChange.objects.bulk_create(
            BulkChange(organisation_id=organisation_id, act=act, conversation_id=each) for each in ids
        )
    return act


def refuse_all(act: BulkAct) -> None:
    """Write down that this person may not do it there."""
    rows = BulkChange.objects.filter(organisation_id=act.organisation_id, act=act, state=State.WAITING)
    rows.update(state=State.REFUSED)


def carry_out_later(act: BulkAct) -> None:
    """Leave it to the worker."""
    _later("desk.carry_out", act)


def carry_out(act: BulkAct, *, most: int) -> bool:
    """Do the deed with the next so many conversations; True while there are more."""
    return _with_each(act, State.WAITING, most, _do)


def undo(act: BulkAct, *, most: int) -> bool:
    """Take the deed back from the next so many conversations; True while there are more."""
    return _with_each(act, State.DONE, most, _undo)


def undo_later(act: BulkAct) -> None:
    """Leave it to the worker."""
    _later("desk.undo_bulk", act)


def _later(job: str, act: BulkAct) -> None:
    """In turn: two workers with one act would pass over each other's rows without end."""
    jobs.later(
        job,
        organisation_id=act.organisation_id,
        in_turn=f"bulk {act.id}",
        haste=jobs.Haste.PERSON,
        id=act.id,
    )


def _with_each(
    act: BulkAct, state: str, most: int, deed: Callable[[BulkAct, BulkChange, Conversation], None]
) -> bool:
    waiting = BulkChange.objects.filter(organisation_id=act.organisation_id, act=act, state=state)
    with transaction.atomic():
        # Locked, so that of two workers each conversation has one.
        rows = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("id")
        for change in rows[:most]:
            deed(act, change, locked(act.organisation_id, change.conversation_id))
            change.save(update_fields=["state", "before", "after", "label_id"])
    return waiting.exists()


def _do(act: BulkAct, change: BulkChange, conversation: Conversation) -> None:
    before = state_of(conversation)
    try:
        with transaction.atomic():
            is_changed = _DEEDS[Verb(act.verb)](act, conversation)
    except Refused:
        change.state = State.REFUSED
        return
    after = state_of(locked(act.organisation_id, conversation.id))
    moved = [name for name in before if before[name] != after[name]]
    change.before = {name: before[name] for name in moved}
    change.after = {name: after[name] for name in moved}
    if is_changed and act.verb == Verb.LABEL:
        change.label_id = _label(act).id
    change.state = State.DONE if is_changed else State.SAME


def _undo(act: BulkAct, change: BulkChange, conversation: Conversation) -> None:
    if act.verb == Verb.LABEL:
        is_back = _take_off(act, change, conversation)
    else:
        is_back = restore(conversation=conversation, to=change.before, since=change.after, by=act.by)
    change.state = State.UNDONE if is_back else State.KEPT


def _take_off(act: BulkAct, change: BulkChange, conversation: Conversation) -> bool:
    rows = Label.objects.filter(organisation_id=act.organisation_id, id__in=[change.label_id])
    label = rows.first()
    return label is not None and conversations.unlabel(conversation=conversation, label=label, by=act.by)


def _assign(act: BulkAct, conversation: Conversation) -> bool:
    if not act.value:
        return conversations.release(conversation=conversation, by=act.by)
    to = Member.objects.current().select_related("person").filter(id=act.value).first()
    if to is None:
        raise Refused
    return conversations.assign(conversation=conversation, to=to, by=act.by)


def _put_label(act: BulkAct, conversation: Conversation) -> bool:
    return conversations.label(conversation=conversation, name=act.value, by=act.by)


def _label(act: BulkAct) -> Label:
    named = Label.objects.annotate(lower=Lower("name"))
    return named.get(organisation_id=act.organisation_id, lower=Lower(Value(act.value)))


def _choose_topic(act: BulkAct, conversation: Conversation) -> bool:
    topic = Topic.objects.filter(slug=act.value).first()
    return conversations.change_topic(conversation=conversation, topic=topic, by=act.by)


def _change_status(act: BulkAct, conversation: Conversation) -> bool:
    if conversation.is_closed:
        conversations.reopen(conversation=conversation, by=act.by)
        return conversations.change_status(conversation=conversation, status=act.value, by=act.by) or True
    return conversations.change_status(conversation=conversation, status=act.value, by=act.by)


def _prioritise(act: BulkAct, conversation: Conversation) -> bool:
    return conversations.prioritise(conversation=conversation, priority=int(act.value), by=act.by)


def _snooze(act: BulkAct, conversation: Conversation) -> bool:
    until = datetime.fromisoformat(act.value)
    return conversations.snooze(conversation=conversation, until=until, by=act.by)


def _close(act: BulkAct, conversation: Conversation) -> bool:
    return conversations.close_because(
        conversation=conversation, by=act.by, reason=act.value, explanation=act.explanation
    )


_DEEDS: Mapping[Verb, Callable[[BulkAct, Conversation], bool]] = {
    Verb.ASSIGN: _assign,
    Verb.LABEL: _put_label,
    Verb.TOPIC: _choose_topic,
    Verb.STATUS: _change_status,
    Verb.PRIORITY: _prioritise,
    Verb.SNOOZE: _snooze,
    Verb.CLOSE: _close,
}


def forget_bulk(*, organisation_id: int, now: datetime) -> int:
    """Remove the records of acts of RECORD_AGE ago, which nobody undoes any more; how many rows."""
    old = BulkAct.objects.filter(organisation_id=organisation_id, at__lt=now - RECORD_AGE)
    return old.delete()[0]

"""Taking traces away: the one place that knows how, for every table there is.

It writes tables of every room below, as no other action would: what is forgotten here stays for ever.
"""

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from mijngemeente.conversations.models import Contact, Conversation, Delivery, Message
from mijngemeente.intake.models import Payload
from mijngemeente.platform import live
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.guard import tenant_keys

from ..models import Export, Way
from ..queries.traces import ROOTS, Table, Traces, files_of, tables, unused_files
from ..register import REGISTER, Holding

Counts = Counter[str]


def clear(traces: Traces, way: str) -> Counts:
    """Take the traces away, in the caller's transaction; returns how many rows of which table it touched."""
    files = files_of(traces)
    _stop_sending(traces)
    _drop_exports(traces)
    counts = _take_out_addresses(traces)
    counts["intake.Payload"] += _empty_unreadable(traces)
    for table in tables():
        counts[table.model._meta.label] += _clear_table(table, traces, way)
    if way == Way.ERASE:
        _let_go(traces)
    else:
        _mark(traces)
    counts["platform.StoredFile"] += _remove_files(traces.organisation_id, files)
    return +counts


def _clear_table(table: Table, traces: Traces, way: str) -> int:
    stays = table.holding is not None and table.holding.stays
    if way == Way.ANONYMISE or stays:
        return _empty(table, traces.everywhere)
    return _remove(table, traces) + _empty(table, traces.only_elsewhere)


def _remove(table: Table, traces: Traces) -> int:
    # Keys between the rows are checked at commit, so their order does not matter, and nobody has to be asked.
    rows = cast(Any, table.rows(traces).order_by())
    return int(rows._raw_delete(DEFAULT_DB_ALIAS) or 0)


def _empty(table: Table, traces: Traces) -> int:
    """A table that nobody decided about is emptied whole: too much gone is seen, too little is not."""
    if table.holding is None or table.holding.is_removed:
        return _remove(table, traces)
    values = {name: _nothing_in(table.model, name) for name in table.holding.empties}
    values |= table.holding.says
    return table.rows(traces).update(**values) if values else 0


def _nothing_in(model: type[models.Model], name: str) -> object:
    column = cast("models.Field[Any, Any]", model._meta.get_field(name))
    if column.null:
        return None
    if isinstance(column, models.BinaryField):
        return b""
    return column.get_default() if column.has_default() else ""


def _stop_sending(traces: Traces) -> None:
    """What is not out yet must not go out without its text."""
    rows = Delivery.objects.filter(organisation_id=traces.organisation_id, message__in=traces.messages)
    unsent = rows.exclude(state__in=[Delivery.State.SENT, Delivery.State.DELIVERED])
    cast(Any, unsent)._raw_delete(DEFAULT_DB_ALIAS)


def _drop_exports(traces: Traces) -> None:
    """What was made to hand over tells the same again."""
    told = Conversation.objects.filter(
        organisation_id=traces.organisation_id, id__in=traces.conversations
    ).values("contact")
    Export.objects.filter(organisation_id=traces.organisation_id, contact__in=told).delete()


def _take_out_addresses(traces: Traces) -> Counts:
    """An address also stands where a message of somebody else was sent to, or where no key leads."""
    ids = [str(each) for each in (*traces.contacts, *traces.conversations)]
    counts: Counts = Counter({"conversations.Message": _take_out_recipients(traces)})
    for holding in REGISTER:
        if holding.mentions:
            counts[holding.table] += _empty_where(holding, holding.mentions, traces, traces.addresses)
        if holding.quotes:
            counts[holding.table] += _empty_where(holding, holding.quotes, traces, [*traces.addresses, *ids])
    return counts


def _take_out_recipients(traces: Traces) -> int:
    if not traces.addresses:
        return 0
    rows = Message.objects.filter(organisation_id=traces.organisation_id)
    sent = list(rows.filter(recipients__overlap=list(traces.addresses)).values_list("id", flat=True))
    for address in traces.addresses if sent else ():
        without = Func(F("recipients"), Value(address), function="array_remove")
        rows.filter(id__in=sent).update(recipients=without)
    return len(sent)


def _empty_where(holding: Holding, columns: tuple[str, ...], traces: Traces, words: Sequence[str]) -> int:
    """Empty the columns wherever one of the words stands in them."""
    count, model = 0, holding.model
    for column in columns if words else ():
        named = reduce(or_, (Q(**{f"{column}__icontains": word}) for word in words))
        rows = model._default_manager.filter(named, organisation_id=traces.organisation_id)
        count += rows.update(**{column: _nothing_in(model, column)})
    return count


def _empty_unreadable(traces: Traces) -> int:
    """What could not be read became nobody's message: only a look in the bytes tells whose it was."""
    if not traces.addresses:
        return 0
    rows = Payload.objects.filter(organisation_id=traces.organisation_id, state=Payload.State.UNREADABLE)
    wanted = [each.encode() for each in traces.addresses]
    found = [
        each.id
        for each in rows.only("body").iterator(chunk_size=1)
        if any(address in bytes(each.body).lower() for address in wanted)
    ]
    return rows.filter(id__in=found).update(state=Payload.State.TAKEN_IN, body=b"", problem="")


def _mark(traces: Traces) -> None:
    """What stays is nobody's: a conversation alone goes to a contact without a name."""
    now, organisation_id = timezone.now(), traces.organisation_id
    people = Contact.objects.filter(organisation_id=organisation_id, id__in=traces.contacts)
    people.update(anonymised_at=now)
    said = Conversation.objects.filter(organisation_id=organisation_id, id__in=traces.conversations)
    for each in said.exclude(contact__in=traces.contacts):
        nobody = Contact.objects.create(organisation_id=organisation_id, anonymised_at=now)
        Conversation.objects.filter(organisation_id=organisation_id, id=each.id).update(contact=nobody)
        written = Message.objects.filter(organisation_id=organisation_id, conversation=each)
        written.exclude(contact=None).update(contact=nobody)
    said.update(anonymised_at=now)
    for each in said:
        live.publish(each)


def _let_go(traces: Traces) -> None:
    """Rows that stay must not point at rows that are gone."""
    for model in ROOTS:
        for key in tenant_keys(model):
            if key.null and key.remote_field.model in ROOTS:
                gone = getattr(traces, ROOTS[key.remote_field.model])
                rows = model._default_manager.filter(organisation_id=traces.organisation_id)
                rows.filter(**{f"{key.name}__in": gone}).update(**{key.name: None})


def _remove_files(organisation_id: int, files: list[UUID]) -> int:
    unused = unused_files(organisation_id, files)
    rows = StoredFile.objects.filter(organisation_id=organisation_id, id__in=unused)
    return int(cast(Any, rows)._raw_delete(DEFAULT_DB_ALIAS) or 0)

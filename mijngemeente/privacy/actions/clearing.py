"""Taking traces away: the one place that knows how, for every table there is.

It writes tables of every room below, as no other action would: what is forgotten here stays for ever.
"""

from collections import Counter
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from mijngemeente.conversations.models import Contact, Conversation, Delivery, Message
from mijngemeente.platform import live
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.guard import tenant_keys

from ..models import Export, Way
from ..queries.traces import ROOTS, Table, Traces, files_of, tables, unused_files
from ..register import REGISTER
from .mentions import empty_where

Counts = Counter[str]


def clear(traces: Traces, way: str) -> Counts:
    """Take the traces away, in the caller's transaction; returns how many rows of which table it touched.

    Their addresses may stand in rows of others too: those are for mentions.py.
    """
    files = files_of(traces)
    _stop_sending(traces)
    _drop_exports(traces)
    counts = _take_out_ids(traces)
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


def _take_out_ids(traces: Traces) -> Counts:
    """What quotes our own answers: these tables stay small."""
    ids = [str(each) for each in (*traces.contacts, *traces.conversations)]
    counts: Counts = Counter()
    for holding in REGISTER:
        for column in holding.quotes:
            counts[holding.table] += empty_where(holding, column, traces.organisation_id, ids)
    return counts


def _mark(traces: Traces) -> None:
    """What stays is nobody's: a conversation alone goes to a contact without a name."""
    now, organisation_id = timezone.now(), traces.organisation_id
    people = Contact.objects.filter(organisation_id=organisation_id, id__in=traces.contacts)
    people.update(anonymised_at=now)
    said = Conversation.objects.filter(organisation_id=organisation_id, id__in=traces.conversations)
    alone = list(said.exclude(contact__in=traces.contacts).only("id", "organisation_id"))
    for each in alone:
        each.contact = Contact(organisation_id=organisation_id, anonymised_at=now)
    Contact.objects.bulk_create(each.contact for each in alone)
    Conversation.objects.bulk_update(alone, ["contact"])
    written = Message.objects.filter(organisation_id=organisation_id, conversation__in=alone)
    theirs = Conversation.objects.filter(organisation_id=organisation_id, id=OuterRef("conversation_id"))
    written.exclude(contact=None).update(contact=Subquery(theirs.values("contact")))
    said.update(anonymised_at=now)
    live.publish_all(organisation_id, traces.conversations)


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

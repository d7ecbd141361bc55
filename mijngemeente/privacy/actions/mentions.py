"""An address also stands where a message of somebody else was sent to, and where no key leads."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import islice
from operator import or_
from uuid import UUID

from ahocorasick_rs import AhoCorasick
from django.db import models
from django.db.models import Q

from mijngemeente.conversations.models import Message
from mijngemeente.intake.models import Payload

from ..register import REGISTER, Holding

#: Above this the database would look for each word in each row; then we read along all of them once.
FEW = 20
_AT_ONCE = 1000


def take_out(organisation_id: int, addresses: Collection[str]) -> Counter[str]:
    """Empty whatever names one of these addresses; how many rows of which table.

    As large as the organisation, not as the number of addresses: for a whole night's at once.
    """
    if not addresses:
        return Counter()
    counts = Counter({"conversations.Message": _take_out_recipients(organisation_id, frozenset(addresses))})
    for holding in REGISTER:
        for column in (*holding.mentions, *holding.quotes):
            counts[holding.table] += empty_where(holding, column, organisation_id, addresses)
    counts["intake.Payload"] += _empty_unreadable(organisation_id, addresses)
    return counts


def _take_out_recipients(organisation_id: int, addresses: frozenset[str]) -> int:
    rows = Message.objects.filter(organisation_id=organisation_id)
    wanted = rows.exclude(recipients=[])
    if len(addresses) <= FEW:
        wanted = wanted.filter(recipients__overlap=list(addresses))
    found = {
        number: [each for each in sent_to if each not in addresses]
        for number, sent_to in wanted.values_list("id", "recipients").iterator()
        if not addresses.isdisjoint(sent_to)
    }
    for part in _parts(found):
        changed = [Message(id=each, recipients=found[each]) for each in part]
        rows.bulk_update(changed, ["recipients"])
    return len(found)


def empty_where(holding: Holding, column: str, organisation_id: int, words: Collection[str]) -> int:
    """Empty the column wherever one of the words stands in it."""
    rows = holding.model._default_manager.filter(organisation_id=organisation_id).exclude(**{column: ""})
    wanted = (
        rows.filter(reduce(or_, (Q(**{f"{column}__icontains": each}) for each in words)))
        if (0 < len(words) <= FEW)
        else rows
    )
    named = _Named(words)
    texts = wanted.values_list("pk", column).iterator() if words else ()
    found = [number for number, text in texts if named.is_in(str(text))]
    return sum(
        rows.filter(pk__in=part).update(**{column: _nothing(holding, column)}) for part in _parts(found)
    )


def _nothing(holding: Holding, column: str) -> object:
    field = holding.model._meta.get_field(column)
    assert isinstance(field, models.Field)
    return None if field.null else field.get_default()


def _empty_unreadable(organisation_id: int, addresses: Collection[str]) -> int:
    """What could not be read became nobody's message: only a look in the bytes tells whose it was."""
    rows = Payload.objects.filter(organisation_id=organisation_id, state=Payload.State.UNREADABLE)
    named = _Named(addresses)
    found = [
        each.id
        for each in rows.only("body").iterator(chunk_size=1)
        if named.is_in(bytes(each.body).decode("latin-1"))
    ]
    return rows.filter(id__in=found).update(state=Payload.State.TAKEN_IN, body=b"", problem="")


class _Named:
    """Whether one of many words stands in a text; capitals are no difference."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = AhoCorasick([each.lower() for each in words if each])

    def is_in(self, text: str) -> bool:
        return bool(self._words.find_matches_as_indexes(text.lower()))


def _parts(found: Iterable[UUID]) -> Iterator[tuple[UUID, ...]]:
    left = iter(found)
    while part := tuple(islice(left, _AT_ONCE)):
        yield part

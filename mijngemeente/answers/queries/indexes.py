"""The lexemes of all published answers, kept per process until an answer changes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from django.db.models import Count, Max, QuerySet, Sum

from ..models import Answer, SharedAnswer, State
from ..rules.ranking import Candidate, Index

#: Organisations of which one process keeps the lexemes.
KEPT = 24


class _Shelf:
    """Indexes by organisation (None: the shared ones), the one used longest ago forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[int | None, tuple[Hashable, Index]] = OrderedDict()

    def index(self, key: int | None, rows: "QuerySet[Answer] | QuerySet[SharedAnswer]") -> Index:
        """The index of these rows as they stand now."""
        stamp = _stamp(rows)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept[0] != stamp:
            kept = (stamp, Index(_candidates(rows)))
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept[1]


_shelf = _Shelf()


def _stamp(rows: "QuerySet[Answer] | QuerySet[SharedAnswer]") -> Hashable:
    """Another one after each change: versions too, as a change may be stored later than a newer one."""
    found = rows.aggregate(count=Count("id"), versions=Sum("version"), newest=Max("changed_at"))
    return tuple(found.values())


def _candidates(rows: "QuerySet[Answer] | QuerySet[SharedAnswer]") -> list[Candidate]:
    return [
        Candidate(
            id=each.id,
            organisation_id=each.organisation_id,
            title=each.title,
            topic=each.topic_id or "",
            languages=frozenset(each.languages),
            text="\n".join((each.text_nl, each.text_en, each.text_fy)),
        )
        for each in rows
    ]


def indexes_for(organisation_id: int) -> list[Index]:
    """Of everything shared, and of this organisation's own."""
    shared = SharedAnswer.objects.filter(state=State.PUBLISHED)
    own = Answer.objects.filter(organisation_id=organisation_id, state=State.PUBLISHED)
    return [_shelf.index(None, shared), _shelf.index(organisation_id, own)]

"""How often people knew better than the machine: of what, how, and from month to month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from mijngemeente.conversations.models import Conversation, Correction, Reading
from mijngemeente.reference.models import Municipality
from mijngemeente.reference.queries import topics

from .. import rules
from ..models import ReadingTally
from .facts import moment

#: More pairs are chance.
CONFUSED = 15
WHAT: Mapping[str, str] = dict(Correction.What.choices)


@dataclass(frozen=True)
class MonthRead:
    """One month: how many messages were read, and how many of these somebody mended."""

    words: str
    model: str
    read: int
    #: Of what, and how often.
    mended: list[tuple[str, int]]


@dataclass(frozen=True)
class Confused:
    """What was often taken for something else."""

    what: str
    was: str
    became: str
    count: int


def months_of(organisation_ids: Iterable[int], since: date) -> list[MonthRead]:
    """The latest first; a month in which two models read is two lines.

    A month that was written down stands, also when the conversations behind it are gone.
    """
    ids = list(organisation_ids)
    kept = ReadingTally.objects.filter(organisation_id__in=ids, month__gte=since.replace(day=1))
    known = {(each.organisation_id, each.month, each.model_version): each for each in kept}
    for each in _counted(ids, since):
        key = (each.organisation_id, each.month, each.model_version)
        if key not in known or known[key].read <= each.read:
            known[key] = each
    months: dict[tuple[date, str], list[ReadingTally]] = defaultdict(list)
    for each in known.values():
        months[each.month, each.model_version].append(each)
    return [_month(each, months[each]) for each in sorted(months, reverse=True)]


def _month(which: tuple[date, str], tallies: Sequence[ReadingTally]) -> MonthRead:
    month, version = which
    mended = [(str(name), sum(each.mended.get(what, 0) for each in tallies)) for what, name in WHAT.items()]
    return MonthRead(
        rules.month_words(month), _model_words(version), sum(each.read for each in tallies), mended
    )


def counted_since(organisation_id: int, since: date) -> list[ReadingTally]:
    """What each month came to for one organisation, as it stands now; not stored."""
    return _counted([organisation_id], since.replace(day=1))


def _counted(organisation_ids: Sequence[int], since: date) -> list[ReadingTally]:
    read = Reading.objects.filter(organisation_id__in=organisation_ids, read_at__gte=moment(since))
    grouped = read.order_by().values_list("organisation_id", TruncMonth("read_at"), "model_version")
    mended = _corrections(organisation_ids, since).values_list(
        "organisation_id", TruncMonth("conversation__reading__read_at"), "model_version", "what"
    )
    counts: dict[tuple[int, date, str], Counter[str]] = defaultdict(Counter)
    for organisation_id, month, version, what in mended:
        counts[organisation_id, month.date(), version][what] += 1
    return [
        ReadingTally(
            organisation_id=organisation_id,
            month=month.date(),
            model_version=version,
            read=count,
            mended=dict(counts[organisation_id, month.date(), version]),
        )
        for organisation_id, month, version, count in grouped.annotate(count=Count("id"))
    ]


def _model_words(version: str) -> str:
    """Without trained weights it reads by its rules."""
    return "alleen regels" if version == "rules" else version


def confused_in(organisation_ids: Iterable[int], since: date, *, least: int = 1) -> list[Confused]:
    """The pairs that were mended most often, and at least so often."""
    rows = _corrections(organisation_ids, since).order_by().values("what", "was", "became")
    found = rows.annotate(count=Count("id")).filter(count__gte=least)
    found = found.order_by("-count", "what", "was", "became")[:CONFUSED]
    names = _names()
    return [
        Confused(
            str(WHAT[each["what"]]),
            _named(names, each["what"], each["was"]),
            _named(names, each["what"], each["became"]),
            each["count"],
        )
        for each in found
    ]


def _corrections(organisation_ids: Iterable[int], since: date) -> "QuerySet[Correction]":
    """Of what was read since then; what an erased conversation taught is gone with it."""
    return Correction.objects.filter(
        organisation_id__in=list(organisation_ids), conversation__reading__read_at__gte=moment(since)
    )


def _names() -> dict[str, Mapping[str, str]]:
    priorities = {str(number): name for number, name in Conversation.Priority.choices}
    return {
        Correction.What.TOPIC: {each.slug: each.label for each in topics()},
        Correction.What.KIND: {str(value): str(name) for value, name in Conversation.Kind.choices},
        Correction.What.URGENCY: {number: str(name) for number, name in priorities.items()},
        Correction.What.MUNICIPALITY: dict(Municipality.objects.values_list("code", "official_name")),
    }


def _named(names: Mapping[str, Mapping[str, str]], what: str, value: str) -> str:
    return names[what].get(value, value) or "niets"

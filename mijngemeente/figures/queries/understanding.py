"""How often people knew better than the machine: of what, how, and from month to month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncMonth

from mijngemeente.conversations.models import Conversation, Correction, Reading
from mijngemeente.reference.models import Municipality
from mijngemeente.reference.queries import topics

from .. import rules
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
    """The latest first; a month in which two models read is two lines."""
    ids = list(organisation_ids)
    read = Reading.objects.filter(organisation_id__in=ids, read_at__gte=moment(since))
    mended = _corrections(ids, since).values_list(
        TruncMonth("conversation__reading__read_at"), "model_version", "what"
    )
    counts: dict[tuple[object, str], Counter[str]] = defaultdict(Counter)
    for month, version, what in mended:
        counts[month, version][what] += 1
    rows = read.order_by().values(month=TruncMonth("read_at"), version=F("model_version"))
    found = rows.annotate(count=Count("id")).order_by("-month", "-version")
    return [
        MonthRead(
            rules.month_words(each["month"]),
            _model_words(each["version"]),
            each["count"],
            [(str(name), counts[each["month"], each["version"]][what]) for what, name in WHAT.items()],
        )
        for each in found
    ]


def _model_words(version: str) -> str:
    """Without trained weights it reads by its rules."""
    return "alleen regels" if version == "rules" else version


def confused_in(organisation_ids: Iterable[int], since: date) -> list[Confused]:
    """The pairs that were mended most often."""
    rows = _corrections(organisation_ids, since).order_by().values("what", "was", "became")
    found = rows.annotate(count=Count("id")).order_by("-count", "what", "was", "became")[:CONFUSED]
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

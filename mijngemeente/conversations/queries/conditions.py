"""Conditions asked of the database: the same answer for views, rules, figures, exports and bulk acts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import InboxAddress, Member, Organisation, ServiceAgreement
from mijngemeente.reference.models import Topic

from ..models import ContactAddress, Conversation, ConversationLabel, ConversationQuerySet, Label
from ..rules.conditions import (
    All,
    Condition,
    Leaf,
    Names,
    Not,
    duration_of,
    inwards,
    is_gone,
    leaves_of,
    problems_in,
    told,
)
from ..rules.fields import FIELDS, ME, NOBODY, Operator, Source
from .hours import within_hours
from .searches import with_words


@dataclass(frozen=True)
class Asker:
    """For whom and when a condition is asked; the unit must be able to read these organisations."""

    now: datetime
    organisation_ids: tuple[int, ...]
    #: Who "mijzelf" is.
    member_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What a condition means now."""

    #: Unordered, and already kept to the asker's organisations.
    rows: ConversationQuerySet
    sentence: str
    #: What it names and is gone, each in a sentence; those comparisons match nothing.
    problems: list[str]


def ask(condition: Condition, asker: Asker) -> Answer:
    """The conversations for which a condition holds, and the condition in words."""
    names = names_in(condition, asker)
    rows = Conversation.objects.filter(organisation_id__in=asker.organisation_ids)
    return Answer(
        rows.filter(_where(inwards(condition), asker, names)),
        told(condition, names),
        problems_in(condition, names),
    )


def capped_count(rows: ConversationQuerySet, most: int) -> int:
    """How many there are, counted no further than `most`."""
    return rows.order_by()[:most].count()


def _where(condition: Condition, asker: Asker, names: Names) -> Q:
    if isinstance(condition, Leaf):
        return _NOTHING if is_gone(condition, names) else _compared(condition, asker)
    if isinstance(condition, Not):
        # Since `inwards` there stands a leaf; what is gone matches nothing, denied or not.
        part = _where(condition.part, asker, names)
        return part if part is _NOTHING else ~part
    found = [_where(each, asker, names) for each in condition.parts]
    together = found[0]
    for each in found[1:]:
        together = together & each if isinstance(condition, All) else together | each
    return together


_NOTHING = Q(pk__in=[])


def _compared(leaf: Leaf, asker: Asker) -> Q:
    special = _SPECIAL.get(leaf.field)
    if special is not None:
        return special(leaf, asker)
    column = _COLUMNS.get(leaf.field, leaf.field)
    return _LOOKUPS[leaf.operator](column, leaf, asker)


_COLUMNS = {
    "topic": "topic_id",
    "inbox": "inbox_id",
    "covered_by": "covered_by_id",
    "organisation": "organisation_id",
    "contact_name": "contact__name",
    "score": "satisfaction__score",
}
_BLANK = {"kind", "language", "subject", "alarm", "place"}


def _is(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{f"{column}__in": leaf.values})


def _contains(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{f"{column}__icontains": leaf.values[0]})


def _empty(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{column: ""}) if leaf.field in _BLANK else Q(**{f"{column}__isnull": True})


def _within_last(column: str, leaf: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__gt": asker.now - duration_of(leaf.values[0])})


def _longer_ago(column: str, leaf: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__lte": asker.now - duration_of(leaf.values[0])})


def _before(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{f"{column}__lt": _midnight(date.fromisoformat(leaf.values[0]))})


def _after(column: str, leaf: Leaf, _: Asker) -> Q:
    day_after = date.fromisoformat(leaf.values[0]) + timedelta(days=1)
    return Q(**{f"{column}__gte": _midnight(day_after)})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _at_least(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{f"{column}__gte": int(leaf.values[0])})


def _at_most(column: str, leaf: Leaf, _: Asker) -> Q:
    return Q(**{f"{column}__lte": int(leaf.values[0])})


def _overdue(column: str, _: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__lt": asker.now})


def _near(column: str, _: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__gte": asker.now, "amber_at__lte": asker.now})


def _in_hours(column: str, _: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__isnull": False}) & within_hours(column, asker.organisation_ids)


def _outside_hours(column: str, _: Leaf, asker: Asker) -> Q:
    return Q(**{f"{column}__isnull": False}) & ~within_hours(column, asker.organisation_ids)


_Lookup = Callable[[str, Leaf, Asker], Q]


def _denied(lookup: _Lookup) -> _Lookup:
    return lambda column, leaf, asker: ~lookup(column, leaf, asker)


_LOOKUPS: Mapping[Operator, _Lookup] = {
    Operator.IS: _is,
    Operator.IS_NOT: _denied(_is),
    Operator.ONE_OF: _is,
    Operator.NONE_OF: _denied(_is),
    Operator.CONTAINS: _contains,
    Operator.CONTAINS_NOT: _denied(_contains),
    Operator.WITHIN_LAST: _within_last,
    Operator.LONGER_AGO: _longer_ago,
    Operator.BEFORE: _before,
    Operator.AFTER: _after,
    Operator.AT_LEAST: _at_least,
    Operator.AT_MOST: _at_most,
    Operator.OVERDUE: _overdue,
    Operator.NEAR: _near,
    Operator.IN_HOURS: _in_hours,
    Operator.OUTSIDE_HOURS: _outside_hours,
    Operator.EMPTY: _empty,
    Operator.NOT_EMPTY: _denied(_empty),
}
_DENYING = {Operator.IS_NOT, Operator.NONE_OF, Operator.CONTAINS_NOT, Operator.EMPTY}


def _signed(leaf: Leaf, found: Q | Exists) -> Q:
    """What was found, or its contrary where the operator asks for that."""
    return ~Q(found) if leaf.operator in _DENYING else Q(found)


def _by_label(leaf: Leaf, asker: Asker) -> Q:
    on = ConversationLabel.objects.filter(
        organisation_id=OuterRef("organisation_id"), conversation_id=OuterRef("id")
    )
    if leaf.values:
        on = on.filter(label_id__in=list(_labels(leaf.values, asker).values_list("id", flat=True)))
    return _signed(leaf, Exists(on))


def _by_assignee(leaf: Leaf, asker: Asker) -> Q:
    members = {each for each in leaf.values if each not in (ME, NOBODY)}
    if ME in leaf.values:
        members |= set(map(str, asker.member_ids))
    found = Q(assignee_id__in=members)
    return _signed(leaf, found | Q(assignee_id__isnull=True) if NOBODY in leaf.values else found)


def _by_topic_group(leaf: Leaf, _: Asker) -> Q:
    return _signed(leaf, Q(topic_id__in=Topic.objects.filter(group__in=leaf.values).values("slug")))


def _by_contact_address(leaf: Leaf, _: Asker) -> Q:
    known = ContactAddress.objects.filter(
        organisation_id=OuterRef("organisation_id"), contact_id=OuterRef("contact_id")
    )
    if leaf.values:
        known = known.filter(value__icontains=leaf.values[0])
    return _signed(leaf, Exists(known))


def _by_text(leaf: Leaf, _: Asker) -> Q:
    """As the search box reads it; one question to the index, not a look into every message."""
    return _signed(leaf, with_words(leaf.values[0]))


_SPECIAL: Mapping[str, Callable[[Leaf, Asker], Q]] = {
    "label": _by_label,
    "assignee": _by_assignee,
    "topic_group": _by_topic_group,
    "contact_address": _by_contact_address,
    "text": _by_text,
}


def names_in(condition: Condition, asker: Asker) -> Names:
    """What the values in a condition are called; values that are gone, or not the asker's, have no name."""
    wanted: dict[Source, set[str]] = {}
    for leaf in leaves_of(condition):
        source = FIELDS[leaf.field].source
        if source is not None:
            wanted.setdefault(source, set()).update(leaf.values)
    return {source: _NAMED[source](values, asker) for source, values in wanted.items()}


def _labels(values: Iterable[str], asker: Asker) -> QuerySet[Label]:
    named = Label.objects.annotate(lower=Lower("name"))
    return named.filter(
        organisation_id__in=asker.organisation_ids, lower__in=[each.lower() for each in values]
    )


def _label_names(values: Iterable[str], asker: Asker) -> dict[str, str]:
    return {name.lower(): name for name in _labels(values, asker).values_list("name", flat=True)}


def _topic_names(values: Iterable[str], _: Asker) -> dict[str, str]:
    return dict(Topic.objects.filter(slug__in=values).values_list("slug", "label"))


def _group_names(values: Iterable[str], _: Asker) -> dict[str, str]:
    groups = Topic.objects.filter(group__in=values).order_by().values_list("group", flat=True)
    return {group: group for group in groups.distinct()}


def _inbox_names(values: Iterable[str], asker: Asker) -> dict[str, str]:
    rows = InboxAddress.objects.filter(organisation_id__in=asker.organisation_ids, id__in=_ids(values))
    return {str(number): name for number, name in rows.values_list("id", "name")}


def _member_names(values: Iterable[str], asker: Asker) -> dict[str, str]:
    providers = ServiceAgreement.objects.in_force(timezone.localdate()).filter(
        client_id__in=asker.organisation_ids
    )
    rows = Member.objects.current().filter(
        Q(organisation_id__in=asker.organisation_ids)
        | Q(organisation_id__in=providers.values("provider_id")),
        id__in=_ids(values),
    )
    return {str(number): name for number, name in rows.values_list("id", "person__name")}


def _organisation_names(values: Iterable[str], _: Asker) -> dict[str, str]:
    numbers = [int(each) for each in values if each.isdecimal() and len(each) < 10]
    rows = Organisation.objects.filter(id__in=numbers, is_active=True)
    return {str(number): name for number, name in rows.values_list("id", "name")}


def _ids(values: Iterable[str]) -> list[UUID]:
    """Those that are ids at all."""
    return [UUID(each) for each in values if _is_id(each)]


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _fixed(names: Mapping[str, str]) -> Callable[[Iterable[str], Asker], dict[str, str]]:
    """Names that stand in the program; also those that were not asked for."""
    return lambda values, asker: dict(names)


_NAMED: Mapping[Source, Callable[[Iterable[str], Asker], dict[str, str]]] = {
    Source.STATUS: _fixed({each.value: str(each.label) for each in Conversation.Status}),
    Source.KIND: _fixed({each.value: str(each.label) for each in Conversation.Kind}),
    Source.PRIORITY: _fixed({str(each.value): str(each.label) for each in Conversation.Priority}),
    Source.CHANNEL: _fixed({kind: channel.name for kind, channel in CHANNELS.items()}),
    Source.LANGUAGE: _fixed(dict(settings.LANGUAGES)),
    Source.TOPIC: _topic_names,
    Source.TOPIC_GROUP: _group_names,
    Source.LABEL: _label_names,
    Source.INBOX: _inbox_names,
    Source.MEMBER: _member_names,
    Source.ORGANISATION: _organisation_names,
}

"""The page on which somebody puts conditions together: its rows, what can be chosen, and what matches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.conversations.queries.conditions import Asker, ask, capped_count
from mijngemeente.conversations.rules.conditions import DEPTH, Condition, condition_of
from mijngemeente.conversations.rules.fields import FIELDS, ME, NOBODY, Source, Takes
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.errors import Refused
from mijngemeente.reference.models import Topic

from ..models import SavedView
from ..rules import AUDIENCES, MOST_COUNTED, Audience, count_words
from ..rules.sketches import ROOT, Group, Row, json_in
from .choices import Choice, Workplace, list_url
from .pages import Option
from .queues import Row as ListRow
from .queues import row_of

#: So many of the first conversations are shown.
SAMPLE = 5


@dataclass(frozen=True)
class RowEditor:
    """One comparison as it is edited."""

    path: str
    fields: list[Option]
    operators: list[Option]
    takes: Takes
    choices: list[Option]
    value: str
    unit: str


@dataclass(frozen=True)
class GroupEditor:
    """A group as it is edited."""

    path: str
    modes: list[Option]
    #: Rows and groups in their order; one of the two is set.
    parts: list["PartEditor"]
    #: A group may be put in it.
    has_room: bool


@dataclass(frozen=True)
class PartEditor:
    """A row or a group, and where it is taken away."""

    path: str
    row: RowEditor | None = None
    group: GroupEditor | None = None


_MODES = {"all": "alle", "any": "een of meer", "none": "geen"}
UNITS = {"m": "minuten", "h": "uur", "d": "dagen"}


class Editor:
    """Draws a draft; what can be chosen is looked up once for each source."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._found: dict[Source, list[tuple[str, str]]] = {}

    def group(self, group: Group, path: str = ROOT) -> GroupEditor:
        """The controls of a group and all in it."""
        return GroupEditor(
            path,
            modes=[Option(value, name, value == group.mode) for value, name in _MODES.items()],
            parts=[self._part(each, f"{path}.{number}") for number, each in enumerate(group.parts)],
            has_room=path.count(".") + 2 < DEPTH,
        )

    def _part(self, part: Row | Group, path: str) -> PartEditor:
        if isinstance(part, Group):
            return PartEditor(path, group=self.group(part, path))
        return PartEditor(path, row=self._row(part, path))

    def _row(self, row: Row, path: str) -> RowEditor:
        described = FIELDS[row.field]
        operators = [(each.value, described.words_of(each).choice) for each in described.operators]
        return RowEditor(
            path,
            fields=_options([(key, each.name.capitalize()) for key, each in FIELDS.items()], [row.field]),
            operators=_options(operators, [row.operator.value]),
            takes=row.takes,
            choices=self._choices(described.source, row.values),
            value=next(iter(row.values), ""),
            unit=row.unit,
        )

    def _choices(self, source: Source | None, chosen: tuple[str, ...]) -> list[Option]:
        """What exists, and what was chosen and is gone."""
        if source is None:
            return []
        if source not in self._found:
            self._found[source] = list(_SOURCES[source](self._workplace))
        found = self._found[source]
        known = {value for value, _ in found}
        gone = [(each, "(bestaat niet meer)") for each in chosen if each not in known]
        return _options([*found, *gone], chosen)


def _options(pairs: Iterable[tuple[str, str]], chosen: Iterable[str]) -> list[Option]:
    return [Option(value, name, value in set(chosen)) for value, name in pairs]


def _inboxes(workplace: Workplace) -> Iterable[tuple[str, str]]:
    rows = InboxAddress.objects.filter(organisation_id__in=workplace.ids).order_by("name", "kind")
    for each in rows:
        yield str(each.id), f"{workplace.organisations[each.organisation_id].name}: {each.name} ({each.kind})"


def _members(workplace: Workplace) -> Iterable[tuple[str, str]]:
    yield from ((ME, "mijzelf"), (NOBODY, "niemand"))
    rows = Member.objects.current().filter(organisation_id__in=workplace.own_ids).select_related("person")
    yield from ((str(each.id), str(each)) for each in rows.order_by("person__name"))


def _labels(workplace: Workplace) -> Iterable[tuple[str, str]]:
    names = Label.objects.filter(organisation_id__in=workplace.ids).values_list("name", flat=True)
    return sorted({name.lower(): (name, name) for name in names}.values())


def _topic_groups(_: Workplace) -> Iterable[tuple[str, str]]:
    groups = Topic.objects.order_by("group").values_list("group", flat=True).distinct()
    return ((each, each) for each in groups)


def _organisations(workplace: Workplace) -> Iterable[tuple[str, str]]:
    named = sorted(workplace.organisations.values(), key=lambda each: each.name)
    return ((str(each.id), each.name) for each in named)


_SOURCES: Mapping[Source, Callable[[Workplace], Iterable[tuple[str, str]]]] = {
    Source.STATUS: lambda _: [(each.value, str(each.label)) for each in Conversation.Status],
    Source.KIND: lambda _: [(each.value, str(each.label)) for each in Conversation.Kind],
    Source.PRIORITY: lambda _: [(str(each.value), str(each.label)) for each in Conversation.Priority],
    Source.CHANNEL: lambda _: [(kind, channel.name) for kind, channel in CHANNELS.items()],
    Source.LANGUAGE: lambda _: list(settings.LANGUAGES),
    Source.TOPIC: lambda _: Topic.objects.values_list("slug", "label"),
    Source.TOPIC_GROUP: _topic_groups,
    Source.LABEL: _labels,
    Source.INBOX: _inboxes,
    Source.MEMBER: _members,
    Source.ORGANISATION: _organisations,
}


@dataclass(frozen=True)
class Listed:
    """A view among the others."""

    view: SavedView
    may_change: bool

    @property
    def url(self) -> str:
        """The conversations in it."""
        return list_url(Choice(view_id=str(self.view.id)))

    @property
    def audience(self) -> str:
        """Who sees it, in words."""
        return AUDIENCES[Audience(self.view.audience)].format(name=self.view.organisation.name)


@dataclass(frozen=True)
class Matches:
    """What the draft would hold now."""

    #: What is still to be filled in; then the rest is empty.
    refusal: str = ""
    count: str = ""
    sentence: str = ""
    problems: list[str] = field(default_factory=list)
    rows: list[ListRow] = field(default_factory=list)
    condition: Condition | None = None


def matches_of(draft: Group, workplace: Workplace, now: datetime) -> Matches:
    """How many conversations a draft holds now, and the first of them."""
    try:
        condition = condition_of(json_in(draft))
    except Refused as refusal:
        return Matches(str(refusal))
    answer = ask(condition, Asker(now, tuple(workplace.ids), workplace.member_ids))
    first = answer.rows.order_by("-last_message_at").prefetch_related("contact", "topic", "assignee__person")
    return Matches(
        count=count_words(capped_count(answer.rows, MOST_COUNTED)),
        sentence=answer.sentence,
        problems=answer.problems,
        rows=[row_of(each, Choice(), workplace, now=now) for each in first[:SAMPLE]],
        condition=condition,
    )

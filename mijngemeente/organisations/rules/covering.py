"""Which team answers now: the own one, or the first by agreement that is open and has room."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from .hours import OpeningHours, local_date, moment

#: What crowds decided is looked at again after this, as no clock says when there is room.
CROWD_LASTS = timedelta(minutes=5)


class Moment(StrEnum):
    """When something holds, by the hours of the organisation whose resident asks."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"


MOMENTS: Mapping[Moment, str] = {
    Moment.ALWAYS: "altijd",
    Moment.OPEN: "alleen tijdens openingstijd",
    Moment.CLOSED: "alleen buiten openingstijd",
}


def holds_now(when: Moment, *, is_open: bool) -> bool:
    """Whether it holds while the organisation is open, or closed."""
    return when is Moment.ALWAYS or (when is Moment.OPEN) == is_open


class Line(IntEnum):
    """How much a question asks of who answers it; each line does the ones before it as well."""

    FIRST = 1
    SECOND = 2
    ALL = 3


LINES: Mapping[Line, str] = {
    Line.FIRST: "gewone vragen, meldingen, complimenten en meningen",
    Line.SECOND: "ook klachten, aanvallen en vragen waar een afdeling bij nodig is",
    Line.ALL: "alles, ook formele berichten zoals een bezwaar",
}

_SECOND_KINDS = frozenset({"complaint", "attack", "crisis_signal"})


def line_of(kind: str, *, is_formal: bool, asks_department: bool, is_alarm: bool) -> Line:
    """Which line a conversation is for; `kind` is a value of `Conversation.Kind`.

    Whoever is there helps a person in danger.
    """
    if is_alarm:
        return Line.FIRST
    if is_formal or kind == "formal":
        return Line.ALL
    return Line.SECOND if kind in _SECOND_KINDS or asks_department else Line.FIRST


@dataclass(frozen=True)
class Asked:
    """What is known of a conversation to find who covers it."""

    channel: str
    #: Empty while it has no topic.
    topic_group: str = ""
    line: Line = Line.FIRST
    #: The team that has it now, which counts it among its own already.
    covered_by: int | None = None


@dataclass(frozen=True)
class Terms:
    """What a team does for another organisation."""

    provider_id: int
    starts_on: date
    #: The last day; None: until somebody ends it.
    ends_on: date | None = None
    #: Both empty for all of them.
    channels: frozenset[str] = frozenset()
    topic_groups: frozenset[str] = frozenset()
    reaches: Line = Line.ALL
    moment: Moment = Moment.ALWAYS
    #: It helps once more than this wait at the own team; None: always.
    helps_above: int | None = None
    #: It takes no more at a time than this; None: any number.
    most_open: int | None = None

    @property
    def is_limited(self) -> bool:
        """It is for some conversations only, so its people see no others."""
        return is_limited(self.channels, self.topic_groups, self.reaches)

    def are_about(self, asked: Asked) -> bool:
        """Whether the conversation is one of those, whatever the hour."""
        return (
            (not self.channels or asked.channel in self.channels)
            and (not self.topic_groups or asked.topic_group in self.topic_groups)
            and asked.line <= self.reaches
        )

    def hold_on(self, day: date) -> bool:
        """Whether they are in force."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def is_limited(channels: Collection[str], topic_groups: Collection[str], reaches: int) -> bool:
    """Whether an agreement is for some conversations only."""
    return bool(channels or topic_groups) or reaches != Line.ALL


@dataclass(frozen=True)
class Crowd:
    """How busy it is."""

    #: Open conversations of nobody at the own team.
    waiting: int = 0
    #: Provider → open conversations of this organisation that it has.
    taken: Mapping[int, int] = field(default_factory=dict)


class Because(StrEnum):
    """Why another team has a conversation."""

    CLOSED = "closed"
    BUSY = "busy"
    AGREED = "agreed"
    RULE = "rule"
    LENT = "lent"


BECAUSE: Mapping[Because, str] = {
    Because.CLOSED: "Buiten openingstijd",
    Because.BUSY: "Drukte",
    Because.AGREED: "Volgens afspraak",
    Because.RULE: "Volgens een regel",
    Because.LENT: "Door een collega gegeven",
}


@dataclass(frozen=True)
class Cover:
    """Who answers, and until when that stands."""

    #: None: the own team.
    provider_id: int | None = None
    #: None for the own team.
    because: Because | None = None
    #: When to look again; None: until something else changes than the hour.
    until: datetime | None = None
    #: Of the assignment rule that says so.
    rule_id: UUID | None = None


@dataclass(frozen=True)
class Clocks:
    """When everybody concerned is open."""

    own: OpeningHours
    #: Provider → its hours.
    theirs: Mapping[int, OpeningHours]


def who_covers(
    asked: Asked, agreements: Iterable[Terms], clocks: Clocks, crowd: Crowd, at: datetime
) -> Cover:
    """The first agreement, in order, that is about the conversation, holds now and can take it.

    Agreements are not followed further: who covers for us hands nothing on to who covers for them, so two
    that cover each other never pass a conversation round.
    """
    changes: list[datetime] = []
    for terms in agreements:
        if not terms.are_about(asked):
            continue
        changes += _changes(terms, clocks, at)
        if not is_on_duty(terms, clocks, at):
            continue
        if _is_crowded_out(terms, asked, crowd):
            changes.append(at + CROWD_LASTS)
            continue
        return Cover(terms.provider_id, _because(terms, clocks, at), min(changes, default=None))
    return Cover(until=min(changes, default=None))


def _changes(terms: Terms, clocks: Clocks, at: datetime) -> Iterator[datetime]:
    """The moments ahead at which this agreement may decide otherwise."""
    today = local_date(at)
    if today < terms.starts_on:
        yield moment(terms.starts_on, 0)
        return
    if terms.ends_on is not None:
        if terms.ends_on < today:
            return
        yield moment(terms.ends_on + timedelta(days=1), 0)
    hours = [clocks.theirs[terms.provider_id]]
    if terms.moment is not Moment.ALWAYS:
        hours.append(clocks.own)
    yield from (each.next_change(at) for each in hours)


def is_on_duty(terms: Terms, clocks: Clocks, at: datetime) -> bool:
    """Whether the team works for the organisation at that moment."""
    return (
        terms.hold_on(local_date(at))
        and holds_now(terms.moment, is_open=clocks.own.is_open(at))
        and clocks.theirs[terms.provider_id].is_open(at)
    )


def _is_crowded_out(terms: Terms, asked: Asked, crowd: Crowd) -> bool:
    has_it = asked.covered_by == terms.provider_id
    taken = crowd.taken.get(terms.provider_id, 0) - has_it
    is_full = terms.most_open is not None and taken >= terms.most_open
    # What was taken because of a crowd stays until the hour changes, or it would go to and fro.
    is_quiet = terms.helps_above is not None and crowd.waiting <= terms.helps_above and not has_it
    return is_full or is_quiet


def _because(terms: Terms, clocks: Clocks, at: datetime) -> Because:
    if terms.helps_above is not None:
        return Because.BUSY
    return Because.AGREED if clocks.own.is_open(at) else Because.CLOSED

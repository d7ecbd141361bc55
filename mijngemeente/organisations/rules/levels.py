"""Which service level holds for a conversation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Case:
    """What is asked about one conversation to find its service level."""

    kind: str
    channel: str
    priority: int
    topic: str


@dataclass(frozen=True)
class Scope:
    """Which conversations a service level is for; empty is all of them."""

    kind: str = ""
    channel: str = ""
    priority: int | None = None
    topic: str = ""

    def fits(self, case: Case) -> bool:
        """Whether the conversation is one of them."""
        return (
            self.kind in ("", case.kind)
            and self.channel in ("", case.channel)
            and self.priority in (None, case.priority)
            and self.topic in ("", case.topic)
        )

    @property
    def weight(self) -> tuple[int, ...]:
        """More conditions weigh more; of as many, topic before kind before priority before channel."""
        asked = (bool(self.topic), bool(self.kind), self.priority is not None, bool(self.channel))
        return (sum(asked), *asked)


@dataclass(frozen=True)
class Amber:
    """When the clock turns amber."""

    #: Otherwise in working minutes before the end.
    is_percent: bool = True
    number: int = 75

    def after(self, norm: timedelta) -> timedelta:
        """How much working time passes before it."""
        if self.is_percent:
            return norm * self.number / 100
        return max(norm - timedelta(minutes=self.number), timedelta())


@dataclass(frozen=True)
class Level:
    """A service level, in working time; None where there is no norm."""

    scope: Scope = field(default_factory=Scope)
    first_reply: timedelta | None = None
    next_reply: timedelta | None = None
    solution: timedelta | None = None
    amber: Amber = field(default_factory=Amber)
    #: Time does not count while a department has the turn.
    pauses_for_department: bool = False


@dataclass(frozen=True)
class Usual:
    """What holds until an organisation says otherwise.

    Ours, not a norm of the country ("aanvulling"): two working days of eight hours is what the engagement
    rules promise a resident from the first day.
    """

    first_reply_minutes: int = 2 * 480
    next_reply_minutes: int = 2 * 480
    solution_minutes: int = 10 * 480

    @property
    def level(self) -> Level:
        """As the clock reads it."""
        return Level(
            first_reply=timedelta(minutes=self.first_reply_minutes),
            next_reply=timedelta(minutes=self.next_reply_minutes),
            solution=timedelta(minutes=self.solution_minutes),
        )


USUAL = Usual()


def level_for(levels: Iterable[Level], case: Case) -> Level:
    """The most specific level that fits, or the usual one."""
    fitting = [each for each in levels if each.scope.fits(case)]
    return max(fitting, key=lambda each: each.scope.weight, default=USUAL.level)

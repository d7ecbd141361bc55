"""The service levels of an organisation, as its administrator reads them."""

from dataclasses import dataclass

from django.utils import timezone

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.queries import Shift, shift_by
from mijngemeente.organisations.models import ServiceLevel
from mijngemeente.organisations.queries import hours_of
from mijngemeente.organisations.rules.hour_words import example_words
from mijngemeente.organisations.rules.levels import Level

from .. import rules


@dataclass(frozen=True)
class Norm:
    """One service level."""

    level: ServiceLevel
    #: Which conversations it is for; empty for all.
    scope: str
    first_reply: str
    next_reply: str
    solution: str
    warning: str


def general_level_of(organisation_id: int) -> ServiceLevel:
    """The level for everything, or the usual one while none was written."""
    rows = ServiceLevel.objects.filter(
        organisation_id=organisation_id, kind="", channel="", priority=None, topic=None
    )
    return rows.first() or ServiceLevel(organisation_id=organisation_id)


def exceptions_of(organisation_id: int) -> list[Norm]:
    """The levels for some conversations, the least specific first."""
    rows = ServiceLevel.objects.filter(organisation_id=organisation_id).select_related("topic")
    named = [each for each in rows if not each.is_general]
    return [norm_of(each) for each in sorted(named, key=lambda each: each.level.scope.weight)]


def norm_of(row: ServiceLevel) -> Norm:
    """The level in words."""
    level = row.level
    number = "%" if row.warns == ServiceLevel.Warns.PERCENT else " minuten voor het einde"
    return Norm(
        row,
        _scope_words(row),
        first_reply=rules.norm_length_words(level.first_reply),
        next_reply=rules.norm_length_words(level.next_reply),
        solution=rules.norm_length_words(level.solution),
        warning=f"bij {row.warns_at}{number}",
    )


def _scope_words(row: ServiceLevel) -> str:
    said = [
        str(Conversation.Kind(row.kind).label) if row.kind else "",
        CHANNELS[row.channel].name if row.channel in CHANNELS else row.channel,
        "" if row.priority is None else f"voorrang {Conversation.Priority(row.priority).label}",
        str(row.topic or ""),
    ]
    return ", ".join(filter(None, said))


@dataclass(frozen=True)
class Trial:
    """What a level would mean."""

    example: str
    shift: Shift | None


def trial_of(row: ServiceLevel) -> Trial:
    """What the level would mean for one question, and for what is open now."""
    others = ServiceLevel.objects.filter(organisation_id=row.organisation_id).exclude(id=row.id)
    levels: list[Level] = [*(each.level for each in others), row.level]
    return Trial(example_of(row), shift_by(row.organisation_id, levels))


def example_of(row: ServiceLevel) -> str:
    """What the first norm of the level means for one question; empty without one."""
    norm = row.level.first_reply
    return example_words(hours_of(row.organisation_id), norm, timezone.now()) if norm else ""

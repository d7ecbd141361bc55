"""What stands on the pages about what people can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mijngemeente.organisations.models import Member
from mijngemeente.team.library import national
from mijngemeente.team.rules.library import LEVEL_NAMES, Competency

from . import queries
from .models import OwnScore, SecondScore, Sharing
from .rules import KEPT_MONTHS, SMALLEST_GROUP, Form


@dataclass(frozen=True)
class Line:
    """One competency on a form."""

    competency: Competency
    #: What is chosen, as text; "" for nothing.
    level: str
    evidence: str
    problem: str = ""
    #: What others say beside it.
    seconds: tuple[str, ...] = ()
    #: What the person says, where a manager fills in beside it.
    own: str = ""

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """Level, its name and what one sees somebody do."""
        words = ("Doet dit nog niet.", *self.competency.levels)
        return [(str(level), LEVEL_NAMES[level], each) for level, each in enumerate(words)]

    @property
    def chosen_words(self) -> str:
        """The level by name, or ""."""
        return LEVEL_NAMES[int(self.level)] if self.level in {"0", "1", "2", "3", "4"} else ""


def own_context(member: Member, form: Form, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """The own page; `typed` is what could not be kept."""
    scores, seconds = queries.own_scores(member), queries.second_scores(member)
    shown = _as_typed(scores) if typed is None else typed
    lines = [
        _own_line(each, shown, form.problems.get(code, ""), seconds.get(code, []))
        for code, each in national().competencies.items()
    ]
    return {
        "lines": lines,
        "problems": len(form.problems),
        "filled": len(scores),
        "managers": queries.managers_for(member),
        "kept_months": KEPT_MONTHS,
    }


def _as_typed(scores: Mapping[str, OwnScore]) -> dict[str, str]:
    levels = {f"level.{code}": str(each.level) for code, each in scores.items()}
    return levels | {f"evidence.{code}": each.evidence for code, each in scores.items()}


def _own_line(
    competency: Competency, typed: Mapping[str, str], problem: str, seconds: list[SecondScore]
) -> Line:
    level, evidence = (typed.get(f"{name}.{competency.code}", "") for name in ("level", "evidence"))
    beside = tuple(f"{each.by}: {LEVEL_NAMES[each.level]}" for each in seconds)
    return Line(competency, level, evidence, problem, beside)


def person_context(sharing: Sharing, scores: Mapping[str, OwnScore]) -> dict[str, Any]:
    """What was shared, in the order of the library, with the manager's own view beside it."""
    seconds = queries.second_scores(sharing.member)
    lines = [
        _beside(each, scores[code], seconds.get(code, []), sharing.manager)
        for code, each in national().competencies.items()
        if code in scores
    ]
    return {"member": sharing.member, "sharing": sharing, "lines": lines}


def _beside(competency: Competency, score: OwnScore, seconds: list[SecondScore], manager: Member) -> Line:
    mine = next((str(each.level) for each in seconds if each.by_id == manager.id), "")
    own = f"{score.level} ({LEVEL_NAMES[score.level]})"
    return Line(competency, mine, score.evidence, own=own)


def team_context(organisation_id: int) -> dict[str, Any]:
    """Totals, and how many competencies have none to show."""
    totals = queries.team_totals(organisation_id)
    names = national().competencies
    return {
        "rows": [(names[each.competency].name, each) for each in totals if each.people is not None],
        "withheld": sum(each.people is None for each in totals),
        "smallest": SMALLEST_GROUP,
    }

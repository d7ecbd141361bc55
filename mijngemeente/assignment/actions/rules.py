"""Making, ordering and switching rules."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from mijngemeente.conversations.rules.conditions import Condition, json_of
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules.covering import Moment
from mijngemeente.platform import audit
from mijngemeente.platform.order import moved

from .. import queries
from ..errors import NobodyNamed, NotWorking, RuleGone
from ..models import AssignmentRule, RuleMember


@dataclass(frozen=True)
class Outline:
    """What a rule says."""

    name: str
    condition: Condition
    members: tuple[Member, ...] = ()
    team: Organisation | None = None
    moment: Moment = Moment.ALWAYS
    most_open: int | None = None
    needs_skill: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "name": self.name,
            "condition": json_of(self.condition),
            "team": self.team,
            "moment": self.moment.value,
            "most_open": self.most_open,
            "needs_skill": self.needs_skill,
        }


def keep_rule(
    *, organisation: Organisation, outline: Outline, by: Member, rule: AssignmentRule | None = None
) -> AssignmentRule:
    """Make a rule below the others, or change one; either way it is off until it was tried.

    Raises NobodyNamed, and RuleGone when a colleague removed it meanwhile.
    """
    if not outline.members and outline.team is None:
        raise NobodyNamed
    with transaction.atomic():
        kept = _changed(rule, outline) if rule else _made(organisation, outline)
        _name_takers(kept, outline.members)
        audit.record("rule.kept", kept, by=by)
    return kept


def _made(organisation: Organisation, outline: Outline) -> AssignmentRule:
    last = (
        AssignmentRule.objects.filter(organisation=organisation).aggregate(last=Max("position"))["last"] or 0
    )
    return AssignmentRule.objects.create(organisation=organisation, position=last + 1, **outline.columns)


def _changed(rule: AssignmentRule, outline: Outline) -> AssignmentRule:
    if not _same(rule).update(**outline.columns, is_on=False, problem="", changed_at=timezone.now()):
        raise RuleGone
    return rule


def _name_takers(rule: AssignmentRule, members: tuple[Member, ...]) -> None:
    """Who stays keeps their turn."""
    wanted = {each.id for each in members}
    known = RuleMember.objects.filter(organisation_id=rule.organisation_id, rule=rule)
    known.exclude(member__in=wanted).delete()
    present = set(known.values_list("member_id", flat=True))
    RuleMember.objects.bulk_create(
        RuleMember(organisation_id=rule.organisation_id, rule=rule, member_id=each)
        for each in sorted(wanted - present)
    )


def switch_on(*, rule: AssignmentRule, by: Member) -> bool:
    """Let the rule decide from now on; False if it did. Raises NotWorking when what it names is gone."""
    problem = queries.trouble_of(rule, timezone.now())
    if problem:
        raise NotWorking(problem)
    with transaction.atomic():
        switched = _same(rule).filter(is_on=False).update(is_on=True, problem="") == 1
        if switched:
            audit.record("rule.switched_on", rule, by=by)
    return switched


def switch_off(*, rule: AssignmentRule, by: Member | None, problem: str = "") -> bool:
    """Let the rule decide no more; False if it did not. Without `by` it switches itself off."""
    with transaction.atomic():
        switched = _same(rule).filter(is_on=True).update(is_on=False, problem=problem[:300]) == 1
        if switched:
            audit.record("rule.switched_off", rule, by=by)
    return switched


def check_rules(*, organisation_id: int, now: datetime) -> list[AssignmentRule]:
    """Switch off each rule whose person, team or word is gone; returns those."""
    gone = []
    for rule in queries.rules_at_work(organisation_id):
        problem = queries.trouble_of(rule, now)
        if problem and switch_off(rule=rule, by=None, problem=problem):
            gone.append(rule)
    return gone


def move_rule(*, rule: AssignmentRule, by: Member, steps: int) -> None:
    """Put a rule so many places further down. Raises RuleGone."""
    with transaction.atomic():
        rows = AssignmentRule.objects.select_for_update().filter(organisation_id=rule.organisation_id)
        try:
            wanted = moved(list(rows.values_list("id", flat=True)), rule.id, steps)
        except ValueError as error:
            raise RuleGone from error
        for position, each in enumerate(wanted, 1):
            rows.filter(id=each).update(position=position)
        audit.record("rule.moved", rule, by=by)


def remove_rule(*, rule: AssignmentRule, by: Member) -> None:
    """Take a rule away; what it gave stays given."""
    with transaction.atomic():
        if _same(rule).delete()[0]:
            audit.record("rule.removed", rule, by=by)


def _same(rule: AssignmentRule) -> "QuerySet[AssignmentRule]":
    return AssignmentRule.objects.filter(organisation_id=rule.organisation_id, id=rule.id)

"""What somebody may read: their own, who looked, what was shared with them, and totals of a team."""

from django.db.models import Q, QuerySet

from mijngemeente.organisations.models import Member
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.audit import AuditLine
from mijngemeente.team.library import national

from .models import OwnScore, SecondScore, Sharing
from .rules import Total, totals

#: Lines on the page that tells who looked.
SHOWN = 200


def own_scores(member: Member) -> dict[str, OwnScore]:
    """Competency → what this person says of themselves."""
    return {each.competency: each for each in OwnScore.objects.filter(member=member)}


def second_scores(member: Member) -> dict[str, list[SecondScore]]:
    """Competency → what managers say beside it."""
    found: dict[str, list[SecondScore]] = {}
    for each in SecondScore.objects.filter(member=member).select_related("by__person").order_by("scored_at"):
        found.setdefault(each.competency, []).append(each)
    return found


def readings_of(member: Member) -> QuerySet[AuditLine]:
    """Who looked at this person's scores, the latest first."""
    rows = AuditLine.objects.filter(verb="scores.viewed", subject_id=member.id, conversation_id=None)
    return rows.select_related("member__person").order_by("-at")[:SHOWN]


def managers_for(member: Member) -> list[tuple[Member, Sharing | None]]:
    """With whom this person may share, by name, and whether they did.

    Whoever is a manager no more stays until the person withdraws it: they may become one again.
    """
    shared = {each.manager_id: each for each in Sharing.objects.filter(member=member, withdrawn_at=None)}
    there = Member.objects.current().filter(organisation_id=member.organisation_id).exclude(id=member.id)
    rows = there.filter(Q(roles__contains=[Role.MANAGER.value]) | Q(id__in=shared))
    return [(each, shared.get(each.id)) for each in rows.select_related("person").order_by("person__name")]


def shared_with(manager: Member) -> QuerySet[Sharing]:
    """Who lets this manager look, by name and never by score."""
    rows = Sharing.objects.filter(manager=manager, withdrawn_at=None, member__left_at=None)
    return rows.select_related("member__person").order_by("member__person__name")


def team_totals(organisation_id: int) -> list[Total]:
    """Of everybody who works here now, without who they are."""
    rows = OwnScore.objects.filter(organisation_id=organisation_id, member__left_at=None)
    levels: dict[str, list[int]] = {}
    for competency, level in rows.values_list("competency", "level"):
        levels.setdefault(competency, []).append(level)
    return totals(levels, national().competencies)
